"""The shapes that cookies and biscuits come in."""

import math
from itertools import pairwise

from .canvas import Canvas, around, circle, fluted, number, path, rounded, smooth, turned

ICING = "#fff7e8"


def cookie(c: Canvas) -> None:
    """A round cookie, not quite round."""
    c.solid(c.blob(60, 57, 39, 38, 0.035), height=4.5)
    c.area = (60, 56, 31, 30)
    c.dashes(c.places(7, 11), c.shade, 1.6, 4, 0.35)


def cracked(c: Canvas) -> None:
    """A round cookie with a cracked top."""
    c.solid(c.blob(60, 57, 39, 38, 0.03), height=5)
    for x, y in around(60, 56, 33, 8, c.chance.uniform(0, 45)):
        points = [(x, y)]
        for share in (0.75, 0.5, 0.28):
            points.append((
                60 + (x - 60) * share + c.chance.uniform(-5, 5), 56 + (y - 56) * share + c.chance.uniform(-5, 5)
            ))  # fmt: skip
        c.line(path(points), c.shade, 2.6, 0.75)
        c.line(path([(u + 1.4, v + 1.6) for u, v in points]), c.light, 1.3, 0.8)
    c.area = (60, 56, 31, 30)


def moulded(c: Canvas) -> None:
    """A biscuit pressed in a mould: the windmill that its baker insists on."""
    c.solid(rounded([(30, 16), (90, 16), (92, 98), (28, 98)], 9), height=4)
    edge = [(x, y) for y in (18, 97) for x in range(34, 90, 7)] + [
        (x, y) for x in (30.5, 89.5) for y in range(24, 96, 7)
    ]
    c.dots(edge, c.shade, 3, 0.5)
    for dx, dy, colour, opacity in ((0.9, 1.1, c.light, 0.9), (0, 0, c.shade, 0.75)):
        c.line(
            path([(50 + dx, 88 + dy), (54 + dx, 52 + dy), (66 + dx, 52 + dy), (70 + dx, 88 + dy)], True),
            colour,
            2.4,
            opacity,
        )
        c.line(f"M{56 + dx} {88 + dy}v-9q4-5 8 0v9M{57 + dx} {66 + dy}h6M40 {92 + dy}h40", colour, 2.2, opacity)
        for angle in (40, 130, 220, 310):
            blade = turned([(0, 0), (27, 0), (27, 7), (8, 7), (8, 0)], angle, 60 + dx, 48 + dy)
            c.line(path(blade), colour, 2.2, opacity)


def carved(c: Canvas) -> None:
    """A dome with the pattern of a carved mould."""
    c.solid(fluted(60, 57, 38, 20, 1.4), height=6)
    petals = [turned([(0, 16), (-5.5, 26), (0, 33.5), (5.5, 26)], angle, 60, 55) for angle in range(0, 360, 30)]
    c.line("".join(smooth([p[0], p[1], p[2], p[3]]) for p in petals), c.shade, 1.9, 0.65)
    c.line(circle(60, 55, 14.5), c.shade, 1.8, 0.6)
    c.line("".join(path([(60, 55), end]) for end in around(60, 55, 10, 8, 22)), c.shade, 1.8, 0.6)
    c.area = (60, 55, 33, 32)


def sandwich(c: Canvas) -> None:
    """Two rounds with a filling, seen from the side."""
    c.solid(circle(60, 73, 39, 20), height=8, glow=(60, 72))
    c.solid(circle(60, 62, 38, 20), c.filling, 8, (60, 62), shadow=False)
    c.solid(circle(60, 43, 39, 20), height=8, glow=(60, 42), shadow=False)
    c.line(circle(60, 43, 31, 14), c.shade, 1.4, 0.3)
    c.track = [(60 + 38 * math.cos(t), 65 + 20 * math.sin(t)) for t in (math.pi * i / 40 for i in range(41))]


def ringlet(c: Canvas) -> None:
    """Three little rings, each closed by one nut."""
    c.spots = []
    for x, y in ((60, 38), (39, 72), (81, 72)):
        c.rope(circle(x, y, 12.5), 14)
        c.spots.append((x, y + 11.5))


def fingers(c: Canvas) -> None:
    """Three fingers, pricked with a fork."""
    for x, y, angle in ((38, 58, -6), (60, 59, 2), (83, 57, 9)):
        c.solid(
            rounded(turned([(-9.5, -35), (9.5, -35), (9.5, 35), (-9.5, 35)], angle, x, y), 5), height=5, glow=(x, y)
        )
        holes = [point for v in range(-25, 30, 10) for point in turned([(-3.6, v), (3.6, v)], angle, x, y)]
        c.dots(holes, c.shade, 2.6, 0.8)
    c.area = (60, 58, 32, 32)


def rusks(c: Canvas) -> None:
    """Three slices of a log that was baked twice."""
    c.spots = []
    for x, y, angle in ((60, 36, -12), (57, 57, -26), (64, 79, -8)):
        slice_ = turned(
            [(-38, 5), (-32, -8), (-12, -11), (14, -10), (34, -7), (39, 4), (30, 10), (0, 11), (-30, 11)], angle, x, y
        )
        c.solid(smooth(slice_), (c.shade, "#f0cf90", "#f9e3b4"), 6, (x, y))
        c.line(smooth(slice_), c.crust, 2.2)
        c.spots += turned([(-19, 0), (1, -2), (20, 1)], angle, x, y)


def dome(c: Canvas) -> None:
    """Three small domes."""
    c.spots = []
    for x, y in ((60, 38), (38, 72), (82, 72)):
        c.solid(c.blob(x, y, 20, 19, 0.03), height=5, glow=(x, y - 1))
        c.line("".join(path([(x, y - 1), end]) for end in around(x, y - 1, 13, 4, 45)), c.shade, 1.6, 0.45)
        c.spots.append((x, y - 1))


def waffle(c: Canvas) -> None:
    """Two thin waffles with syrup between."""
    shade, filling, gleam = c.filling
    c.solid(circle(60, 61, 40, 39), height=3.5)
    c.solid(circle(60, 58.5, 39.5, 38.5), (shade, filling, gleam), 2, shadow=False)
    c.solid(circle(60, 55.5, 40, 39), height=1.5, shadow=False)
    rows = []
    for offset in range(-33, 34, 8):
        reach = math.sqrt(38**2 - offset**2)
        rows += [turned([(-reach, offset), (reach, offset)], angle, 60, 55.5) for angle in (38, 128)]
    c.line("".join(path(row) for row in rows), c.shade, 2.2, 0.7)
    c.line("".join(path([(x - 0.6, y + 1.8) for x, y in row]) for row in rows), c.light, 1, 0.6)


def windows(c: Canvas) -> None:
    """A fluted sandwich with three holes in its lid."""
    _, filling, gleam = c.filling
    c.solid(fluted(60, 60, 38, 16), height=4)
    c.line(circle(60, 58, 36.5), filling, 3)
    c.solid(fluted(60, 55, 38, 16), height=1.5, shadow=False)
    for x, y in around(60, 55, 16, 3, -90):
        c.fill(circle(x, y, 10.8), c.shade)
        c.fill(circle(x, y + 0.8, 9.8), filling)
        c.line(f"M{number(x - 4.5)} {number(y - 2.5)}q2.5-3.5 6-2.5", gleam, 2.4)
    c.track = [p for radius in (30, 33) for p in around(60, 55, radius, 30)]


def halves(c: Canvas) -> None:
    """A soft round, one half under white icing, one under dark."""
    shade, filling, gleam = c.filling
    c.solid(circle(60, 57, 40, 39), height=5)
    c.fill("M66 21A35.5 34.5 0 0 1 54 90z", shade)
    c.fill("M66 20A35.5 34.5 0 0 1 54 88.5z", filling)
    c.line("M78 32q12 9 11 24", gleam, 3, 0.8)
    c.iced = "M66 20A35.5 34.5 0 0 0 54 88.5z"


def checks(c: Canvas) -> None:
    """Two boards of four by four."""
    for x, y, angle, half in ((70, 46, 14, 23), (51, 67, -9, 25)):
        c.solid(
            rounded(turned([(-half, -half), (half, -half), (half, half), (-half, half)], angle, x, y), 5),
            height=5,
            glow=(x, y),
        )
        step = half / 2 - 0.7
        for row in range(-2, 2):
            for col in range(-2, 2):
                if (row + col) % 2:
                    u, v = col * step, row * step
                    c.fill(
                        path(turned([(u, v), (u + step, v), (u + step, v + step), (u, v + step)], angle, x, y), True),
                        c.filling[1],
                    )


def forked(c: Canvas) -> None:
    """A round cookie marked crosswise with a fork."""
    c.solid(c.blob(60, 57, 39, 38, 0.035), height=5)
    marks = [
        turned([(-20 + abs(v) / 3, v), (20 - abs(v) / 3, v)], angle, 60, 56)
        for angle in (20, 110)
        for v in (-15, -5, 5, 15)
    ]
    c.line("".join(path(mark) for mark in marks), c.shade, 3.4, 0.55)
    c.line("".join(path([(x + 0.8, y + 2.4) for x, y in mark]) for mark in marks), c.light, 1.5, 0.9)
    c.area = (60, 56, 31, 30)


def hardtack(c: Canvas) -> None:
    """A square biscuit with a grid of holes."""
    c.solid(rounded(turned([(-35, -34), (35, -35), (34, 34), (-35, 35)], -7), 7), height=6)
    holes = turned([(u, v) for u in range(-24, 25, 12) for v in range(-24, 25, 12)], -7, 60, 57)
    c.dots(holes, c.shade, 4)
    c.dots([(x + 0.4, y + 1) for x, y in holes], "#5c3d18", 2)
    for _ in range(3):
        c.area = (60, 57, 28, 28)
        c.fill(c.blob(*c.places(1, 1)[0], 6, 4, 0.1, 9), c.shade, 0.2)


def fortune(c: Canvas) -> None:
    """A folded cookie, and the slip that says when the ferry leaves."""
    slip = turned([(-30, -5.5), (22, -5.5), (22, 5.5), (-30, 5.5)], 14, 74, 88)
    c.solid(rounded(slip, 1), ("#b9b09c", "#fffdf6", "#fff"), 1)
    for offset, end in ((-2, 18), (1.8, 8)):
        c.line(path(turned([(-14, offset), (end, offset)], 14, 74, 88)), "#b23e3e", 1.5)
    c.solid(
        "M13 64C12 38 32 22 56 22C84 22 108 38 107 66C106 84 92 90 81 81"
        "C72 73 67 66 61 66C55 66 50 75 41 82C29 91 14 82 13 64z"
    )
    c.fill(
        "M61 66C67 66 72 73 81 81C92 90 106 84 107 66C106 52 99 41 89 34C96 50 94 66 84 68C74 69 66 62 61 66z",
        c.shade,
        0.35,
    )
    c.line("M61 66C64 52 74 40 90 35", c.shade, 2.4, 0.7)
    c.line("M24 54Q30 36 48 30", "#fff", 4, 0.5)


def crescents(c: Canvas) -> None:
    """Three small crescents."""
    outline = [(-24, 12), (-22, -4), (-11, -16), (11, -16), (22, -4), (24, 12), (16, 10), (8, -1), (-8, -1), (-16, 10)]
    for x, y, angle in ((40, 42, -32), (78, 50, 22), (52, 82, -8)):
        c.solid(smooth(turned(outline, angle, x, y)), height=5, glow=(x, y - 6))
        c.track += turned([(-18, 0), (-13, -5), (-7, -8), (0, -8), (7, -8), (13, -5), (18, 0)], angle, x, y)


def star(c: Canvas) -> None:
    """A star of six points."""

    def points(outer: float, inner: float, y: float) -> list:
        pairs = zip(around(60, y, outer, 6, -90), around(60, y, inner, 6, -60), strict=True)
        return [point for pair in pairs for point in pair]

    c.solid(rounded(points(45, 25, 58), 5), height=3.5)
    c.iced = rounded(points(38, 21, 57.5), 6)


def heart(c: Canvas) -> None:
    """A thin heart with a wavy line of icing."""
    outline = [(0, 40), (-22, 21), (-41, 2), (-41, -21), (-25, -34), (-7, -29), (0, -18)]
    outline += [(-x, y) for x, y in outline[:0:-1] if x]
    c.solid(smooth(turned(outline, -6)), height=3.5)
    wave = turned([(x * 0.74, y * 0.74 - 1) for x, y in outline], -6, 60, 57)
    c.dots([p for a, b in pairwise([*wave, wave[0]]) for p in (a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))], ICING, 3.4)
    c.iced = smooth(turned([(x * 0.3, y * 0.3 - 2) for x, y in outline], -6, 60, 57))


def figure(c: Canvas) -> None:
    """A gingerbread man with a ferryman's cap."""
    limbs = "M60 50V66M60 52L33 49M60 52L87 49M58 64L45 91M62 64L75 91"
    c.rope(limbs, 20)
    c.rope("M60 32v.01", 33)
    c.line("M60 48V64", c.crust, 23)
    c.line("M30 44v10M90 44v10M39 87l10 5M81 87l-10 5", ICING, 2.4)
    c.line("M53 38q7 6 14 0", ICING, 2.2)
    c.dots([(54, 31), (66, 31)], ICING, 4)
    c.dots([(60, 51), (60, 59), (60, 67)], "#b23e3e", 5)
    c.iced = "M45 22C46 12 74 12 75 22C78 26 74 27 72 26H48C46 27 42 26 45 22z"


COOKIE_SHAPES = {
    "carved": carved,
    "checks": checks,
    "cookie": cookie,
    "cracked": cracked,
    "crescents": crescents,
    "dome": dome,
    "figure": figure,
    "fingers": fingers,
    "forked": forked,
    "fortune": fortune,
    "halves": halves,
    "hardtack": hardtack,
    "heart": heart,
    "moulded": moulded,
    "ringlet": ringlet,
    "rusks": rusks,
    "sandwich": sandwich,
    "star": star,
    "waffle": waffle,
    "windows": windows,
}
