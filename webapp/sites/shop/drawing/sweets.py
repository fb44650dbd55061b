"""The shapes that pastries and cakes come in."""

import math

from .canvas import Canvas, around, circle, fluted, oval, path, rounded, smooth, turned


def block(c: Canvas) -> None:
    """A cube, seen from a corner."""
    c.solid(rounded([(60, 24), (101, 43), (101, 72), (60, 95), (19, 72), (19, 43)], 7), height=2)
    c.fill(rounded([(60, 63), (101, 44), (101, 73), (60, 95)], 5), c.shade, 0.75)
    c.fill(rounded([(60, 63), (60, 95), (19, 73), (19, 44)], 5), c.shade, 0.3)
    c.fill(rounded([(60, 23), (102, 43), (60, 63), (18, 43)], 7), c.light, 0.7)
    c.spots = [(44, 42), (62, 33), (76, 45)]
    c.track = [(60 + u - v, 43 + (u + v) * 0.47) for u in range(-18, 19, 4) for v in range(-18, 19, 4)]
    c.track += [(x, 52 + abs(60 - x) * -0.46 + 10 + y) for x in range(23, 99, 4) for y in range(4, 28, 4)]


def croissant(c: Canvas) -> None:
    """A curved roll of seven folds."""
    for degrees, size in ((82, 0.44), (63, 0.62), (35, 0.82), (0, 1)):
        for side in (-1, 1) if degrees else (1,):
            angle = math.radians(degrees * side)
            x, y = 60 + 38 * math.sin(angle), 87 - 36 * math.cos(angle)
            tilt = side * degrees * 1.25
            c.solid(smooth(turned(oval(18 * size + 1, 25 * size, 12), tilt, x, y)), height=3.5, glow=(x, y - 3))
            for u in (-6, 5):
                fold = turned([(u * size, -16 * size), (u * 1.5 * size, 0), (u * size, 15 * size)], tilt, x, y)
                c.line(path(fold), c.shade, 1.6, 0.45)


def parcel(c: Canvas) -> None:
    """A pillow of leaves, chocolate looking out at the end."""
    c.solid(rounded(turned([(-43, -22), (38, -22), (43, 0), (38, 24), (-43, 24)], -12), 15), height=7)
    for u in range(-30, 26, 9):
        c.line(path(turned([(u - 3, 16), (u + 8, -15)], -12, 60, 56)), c.shade, 2, 0.5)
        c.line(path(turned([(u - 1, 16), (u + 10, -15)], -12, 60, 56)), c.light, 2, 0.8)
    end = turned([(0, 0)], 0, 97, 52)[0]
    c.fill(smooth(turned(oval(8.5, 22), -12, *end)), c.shade)
    c.fill(smooth(turned(oval(6.8, 19.5), -12, *end)), "#f4d59a")
    c.line(smooth(turned(oval(4, 14), -12, *end)), c.crust, 1.5)
    for v in (-8, 8):
        x, y = turned([(0, v)], -12, *end)[0]
        c.fill(circle(x, y, 4, 5), c.filling[0])
        c.fill(circle(x - 0.6, y - 1, 2.4, 3), c.filling[2], 0.7)


def tart(c: Canvas) -> None:
    """A fluted case, filled to the rim."""
    shade, filling, gleam = c.filling
    c.solid(fluted(60, 57, 40, 24, 2), height=7)
    c.line(
        "".join(path(p) for p in zip(around(60, 57, 33, 24), around(60, 57, 38, 24), strict=True)), c.shade, 1.8, 0.6
    )
    c.fill(circle(60, 56, 33.5, 32.5), c.shade)
    c.fill(circle(60, 57.5, 32, 30.5), filling)
    c.line("M38 48A26 24 0 0 1 56 33", gleam, 4, 0.9)
    c.line(circle(60, 57.5, 31, 29.5), shade, 1.5, 0.5)
    c.area = (60, 57, 25, 23)


def pie(c: Canvas) -> None:
    """A round pie with a lattice."""
    shade, filling, _ = c.filling
    c.solid(fluted(60, 57, 41, 22, 2.2), height=7)
    c.fill(circle(60, 56, 34, 33), shade)
    c.fill(circle(60, 57.5, 33, 31.5), filling)
    c.area = (60, 57, 27, 26)
    c.dashes(c.places(16, 8), shade, 4, 5, 0.6)
    for angle in (25, 115):
        for offset in (-22, -7.5, 7.5, 22):
            reach = math.sqrt(34**2 - offset**2)
            c.rope(path(turned([(-reach, offset), (reach, offset)], angle, 60, 55.5)), 7.5, shadow=False)


def spiral(c: Canvas) -> None:
    """A bun rolled up like a snail."""
    c.solid(c.blob(60, 57, 40, 39, 0.02), height=6)
    turns = [
        (60 + r * math.cos(t), 56 + r * math.sin(t))
        for t, r in ((0.35 * i, 1.2 + 0.62 * i) for i in range(54))
    ]  # fmt: skip
    c.line(path(turns), c.light, 5, 0.55)
    c.line(path([(x + 0.5, y + 1.5) for x, y in turns]), "#53230c", 3, 0.85)
    c.area = (60, 55, 33, 32)


def strudel(c: Canvas) -> None:
    """A log with its cut end, apples and raisins within."""
    shade, filling, gleam = c.filling
    c.solid(rounded(turned([(-44, -19), (40, -19), (44, 4), (40, 22), (-44, 22)], -14), 15), height=7)
    for u in (-30, -14, 2):
        c.line(path(turned([(u - 4, 14), (u + 5, -15)], -14, 60, 55)), c.shade, 2.4, 0.55)
    c.area = (50, 52, 30, 14)
    area, c.area = c.area, (93, 53, 6, 11)
    c.fill(smooth(turned(oval(11, 21), -14, 93, 52)), c.shade)
    c.fill(smooth(turned(oval(9, 18.5), -14, 93, 52)), filling)
    c.dashes(c.places(6, 5), shade, 3.4, 3)
    c.dots(c.places(4, 6), "#4a2335", 4)
    c.dashes(c.places(3, 6), gleam, 2.6, 3)
    c.area = area


def diamonds(c: Canvas) -> None:
    """Four pieces cut as diamonds."""
    c.spots = []
    for x, y in ((60, 33), (37, 57), (83, 57), (60, 81)):
        c.solid(rounded([(x, y - 22), (x + 21, y), (x, y + 22), (x - 21, y)], 4), height=5, glow=(x, y))
        c.line(path([(x - 15, y + 1.5), (x, y + 16.5), (x + 15, y + 1.5)]), c.shade, 1.4, 0.5)
        c.spots.append((x, y - 1))


def pinwheel(c: Canvas) -> None:
    """A folded star of pastry around a filling."""
    shade, filling, gleam = c.filling
    c.solid(rounded(turned([(-36, -36), (36, -36), (36, 36), (-36, 36)], 6), 9), height=5)
    for angle in (6, 96, 186, 276):
        wing = rounded(turned([(-5, -2), (-36, -35), (2, -36)], angle), 7)
        c.fill(wing, c.shade, 0.8)
        c.fill(rounded(turned([(-5, -5), (-35, -37), (1, -38)], angle), 7), c.light)
        c.line(path(turned([(-7, -11), (-24, -30)], angle)), c.crust, 1.6)
    c.fill(circle(60, 58, 19.5), shade)
    c.fill(circle(60, 57, 18), filling)
    c.line("M48 53q3-8 11-8", gleam, 3)
    c.area = (60, 56, 13, 13)


def shell(c: Canvas) -> None:
    """Two little sponges with ribs."""
    for x, y, angle in ((74, 52, 24), (47, 64, -14)):
        fan = turned(
            [
                (0, 33),
                (-7, 30),
                (-16, 10),
                (-22, -8),
                (-19, -24),
                (-8, -33),
                (8, -33),
                (19, -24),
                (22, -8),
                (16, 10),
                (7, 30),
            ],
            angle,
            x,
            y,
        )
        c.solid(smooth(fan), height=5, glow=(x, y))
        for u in (-15, -8.5, 0, 8.5, 15):
            c.line(path(turned([(u * 0.28, 26), (u, -22 + abs(u) * 0.35)], angle, x, y)), c.shade, 2, 0.55)
            c.line(path(turned([(u * 0.28 + 2, 24), (u + 2.6, -21 + abs(u) * 0.35)], angle, x, y)), c.light, 1.5, 0.9)


def muffin(c: Canvas) -> None:
    """A muffin in its paper, seen from the side."""
    c.solid(rounded([(31, 58), (89, 58), (82, 95), (38, 95)], 5), ("#8e7f66", "#f4ead6", "#fffaf0"), 3, (60, 76))
    pleats = [[(x, 62), (60 + (x - 60) * 0.74, 93)] for x in range(37, 88, 7)]
    c.line("".join(path(pleat) for pleat in pleats), "#c9b894", 2)
    c.solid(
        smooth(
            [
                (22, 60),
                (20, 48),
                (30, 36),
                (36, 26),
                (52, 22),
                (66, 19),
                (80, 25),
                (90, 36),
                (100, 46),
                (99, 60),
                (80, 66),
                (60, 63),
                (40, 66),
            ]
        ),
        height=3.5,
        glow=(60, 44),
    )
    c.area = (60, 42, 30, 15)


def flower(c: Canvas) -> None:
    """A fluted tart with a dome of jam under a little lattice."""
    shade, filling, gleam = c.filling
    c.solid(fluted(60, 57, 38, 10, 3.5), height=5)
    c.solid(circle(60, 55, 24, 23), (shade, filling, gleam), 3, (60, 53), shadow=False)
    for angle in (45, 135):
        for offset in (-8, 8):
            c.rope(path(turned([(-21, offset), (21, offset)], angle, 60, 55)), 5, shadow=False)


def bun(c: Canvas) -> None:
    """A round bun, shining, with currants."""
    c.solid(c.blob(60, 57, 40, 38, 0.02), height=7)
    c.area = (60, 55, 31, 29)
    c.dots(c.places(9, 10), "#2e1712", 5)
    c.line("M34 44Q40 30 54 26", "#fff", 4, 0.5)


def stollen(c: Canvas) -> None:
    """A folded loaf with its cut end: raisins and almonds."""
    c.solid(rounded([(14, 50), (24, 32), (94, 32), (104, 52), (100, 78), (18, 78)], 14), height=6)
    c.area = (93, 56, 7, 15)
    c.fill(smooth(turned(oval(12, 24), 0, 93, 56)), c.shade)
    c.fill(smooth(turned(oval(10, 21.5), 0, 93, 56)), "#f3d894")
    c.dots(c.places(6, 6), "#4a2335", 4.4)
    c.dashes(c.places(4, 7), "#fff6df", 3, 3)
    top = [
        (16, 50),
        (22, 38),
        (36, 34),
        (60, 32),
        (80, 34),
        (84, 48),
        (78, 58),
        (84, 66),
        (70, 72),
        (56, 67),
        (40, 73),
        (22, 70),
    ]
    c.iced = smooth(top)
    c.area = (50, 51, 32, 17)


SWEET_SHAPES = {
    "block": block,
    "bun": bun,
    "croissant": croissant,
    "diamonds": diamonds,
    "flower": flower,
    "muffin": muffin,
    "parcel": parcel,
    "pie": pie,
    "pinwheel": pinwheel,
    "shell": shell,
    "spiral": spiral,
    "stollen": stollen,
    "strudel": strudel,
    "tart": tart,
}
