"""The shapes that bread, rolls and savoury bakes come in, and the register of all shapes."""

import math

from .canvas import Canvas, around, circle, number, oval, path, rounded, smooth, turned
from .cookies import COOKIE_SHAPES
from .sweets import SWEET_SHAPES

CRUMB = "#f7e6c4"


def slash(c: Canvas, d: str, width: float = 4) -> None:
    """Draw a cut that opened in the oven: pale within, one edge in the shade."""
    c.line(d, c.shade, width + 1.6, 0.7)
    c.line(d, CRUMB, width - 0.8, 0.75)


def curve(points: list, lift: float) -> str:
    """Return an arc from the first point to the last, bent by `lift`."""
    (x, y), (u, v) = points
    length = math.hypot(u - x, v - y) or 1
    a, b = (x + u) / 2 + (v - y) / length * lift, (y + v) / 2 - (u - x) / length * lift
    return f"M{number(x)} {number(y)}Q{number(a)} {number(b)} {number(u)} {number(v)}"


def round_loaf(c: Canvas) -> None:
    """A boule with a leaf of cuts."""
    c.solid(c.blob(60, 57, 39, 36), height=5)
    for offset, reach in ((-15, 20), (0, 25), (15, 20)):
        slash(c, curve([(60 + offset - 4, 57 - reach), (60 + offset - 4, 57 + reach - 4)], -7))
    c.area = (60, 55, 33, 30)


def crossed(c: Canvas) -> None:
    """A round loaf cut into quarters."""
    c.solid(c.blob(60, 57, 39, 36), height=6)
    for start, end in (((60, 24), (60, 88)), ((26, 56), (94, 56))):
        slash(c, curve([start, end], 2), 5.5)
    c.area = (60, 55, 33, 30)


def wheel(c: Canvas) -> None:
    """A round loaf scored like a wheel."""
    c.solid(c.blob(60, 57, 41, 39, 0.015), height=5)
    for radius in (14, 26, 36):
        c.line(circle(60, 56, radius, radius * 0.95), c.shade, 1.8, 0.6)
    for inner, outer, count, start in ((4, 14, 4, 45), (14, 26, 8, 0), (26, 36, 16, 11)):
        pairs = zip(around(60, 56, inner, count, start), around(60, 56, outer, count, start), strict=True)
        c.line("".join(path(pair) for pair in pairs), c.shade, 1.6, 0.6)
    c.area = (60, 56, 36, 34)


def batard(c: Canvas) -> None:
    """A long loaf with an ear."""
    c.solid(smooth(turned(oval(45, 26), -24)), height=6)
    for step in (-20, 0, 20):
        slash(c, curve(turned([(step - 9, 17), (step + 9, -17)], -24), -5))
    c.area = (60, 56, 35, 24)


def baguette(c: Canvas) -> None:
    """Two baguettes, one upon the other."""
    for y, angle in ((66, -52), (57, -33)):
        c.solid(smooth(turned(oval(50, 10.5), angle, 60, y)), height=4)
        for step in range(-34, 35, 17):
            slash(c, curve(turned([(step - 8, 4.5), (step + 8, -4.5)], angle, 60, y), -2), 3)


def tin(c: Canvas) -> None:
    """A loaf with straight sides and a dome, seen from the front."""
    c.solid(rounded([(26, 88), (26, 58), (18, 50), (24, 32), (96, 32), (102, 50), (94, 58), (94, 88)], 12), height=4)
    c.fill(rounded([(27, 56), (18, 48), (24, 31), (96, 31), (102, 48), (93, 56)], 11), c.crust)
    c.line("M27 57Q60 62 93 57", c.shade, 2, 0.6)
    c.area = (60, 45, 35, 10)


def sliced(c: Canvas) -> None:
    """Two dark slices."""
    for x, y, angle in ((67, 50, 12), (53, 64, -6)):
        c.solid(rounded(turned([(-27, -25), (27, -25), (27, 25), (-27, 25)], angle, x, y), 7), height=5, glow=(x, y))
    c.area = (53, 64, 24, 21)


def braid(c: Canvas) -> None:
    """A plait of three strands, thick in the middle."""
    c.fill(smooth(turned(oval(50, 20), -30, 61, 65)), "#2b1a10", 0.22)
    for end in (-45, 45):
        c.solid(smooth(turned(oval(9, 6, 8), -30, *turned([(end, 0)], -30)[0])), height=4, shadow=False)
    for index in range(-4, 5):
        size = 1 - 0.09 * abs(index)
        side = (-1) ** index
        x, y = turned([(index * 9, 8.5 * size * side)], -30)[0]
        tilt = -30 + 38 * side
        c.solid(smooth(turned(oval(20 * size, 12.5 * size, 8), tilt, x, y)), height=3, glow=(x, y), shadow=False)
        c.track += turned([(-6 * size, 0), (3 * size, 0)], tilt, x, y)


def furrowed(c: Canvas) -> None:
    """A long flat bread with furrows."""
    c.solid(smooth(turned(oval(48, 25), -32)), height=3.5)
    for offset in (-14, -7, 0, 7, 14):
        reach = 40 - abs(offset) * 0.6
        c.line(path(turned([(-reach, offset), (reach, offset)], -32)), c.shade, 3, 0.5)
        c.line(path(turned([(-reach, offset - 2.4), (reach, offset - 2.4)], -32)), c.light, 1.6, 0.7)
    c.area = (60, 58, 34, 22)


def ring(c: Canvas) -> None:
    """A fat ring."""
    c.rope(circle(60, 57, 24.5), 27)
    c.track = around(60, 55, 24.5, 40)
    c.line("M44 40A23 23 0 0 1 64 33", "#fff", 3, 0.4)


def twist(c: Canvas) -> None:
    """A thin ring of two strands."""
    c.rope(circle(60, 57, 31), 16)
    for (x, y), (u, v) in zip(around(60, 57, 25, 18), around(60, 57, 37.5, 18, 16), strict=True):
        c.line(curve([(x, y), (u, v)], 3), c.shade, 2, 0.75)
    c.track = around(60, 56, 31, 60)


def pretzel(c: Canvas) -> None:
    """The knot, thin arms over a fat belly with a burst."""
    c.rope(
        "M60 60C70 67 68 44 80 37C94 29 104 44 99 60C94 80 78 91 60 91"
        "C42 91 26 80 21 60C16 44 26 29 40 37C52 44 50 67 60 60",
        12.5,
    )
    c.line("M42 86Q60 94 78 86", CRUMB, 6, 0.8)
    for d in ("M70 44C66 62 48 68 38 83", "M50 44C54 62 72 68 82 83"):
        c.rope(d, 8.5)
    c.track = [
        (22, 60),
        (26, 72),
        (98, 58),
        (94, 72),
        (36, 37),
        (84, 37),
        (98, 48),
        (22, 48),
        (46, 73),
        (74, 73),
        (60, 62),
    ]


def rosette(c: Canvas) -> None:
    """A round roll with five folds from the middle."""
    c.solid(c.blob(60, 57, 39, 38, 0.015), height=6)
    for end in around(60, 56, 35, 5, -40):
        c.line(curve([(60, 56), end], 10), c.shade, 3, 0.65)
        c.line(curve([(61, 54), (end[0] + 2, end[1] - 2)], 10), c.light, 2, 0.9)
    c.area = (60, 56, 33, 33)


def roll(c: Canvas) -> None:
    """Two oval rolls with one cut each."""
    for x, y, angle in ((71, 46, -28), (50, 68, -16)):
        c.solid(smooth(turned(oval(27, 19), angle, x, y)), height=5, glow=(x, y - 2))
        slash(c, curve(turned([(-17, 2), (17, 2)], angle, x, y), 5))
    c.track = [p for x, y in ((71, 44), (50, 66)) for r in (6, 14) for p in turned(oval(r * 1.35, r * 0.8), -22, x, y)]


def flat(c: Canvas) -> None:
    """Two flat breads, puffed up."""
    for x, y in ((72, 49), (53, 64)):
        c.solid(c.blob(x, y, 32, 30), height=3, glow=(x, y))
    c.area = (53, 63, 25, 23)


def dimpled(c: Canvas) -> None:
    """A slab with dents that hold oil."""
    c.solid(rounded([(24, 26), (96, 24), (97, 90), (23, 91)], 15), height=5)
    spots = [
        (36 + 16 * col + c.chance.uniform(-3, 3), 37 + 14 * row + c.chance.uniform(-2, 2))
        for row in range(4)
        for col in range(4)
    ]
    c.fill("".join(circle(x, y, 4.6, 3.6) for x, y in spots), c.shade, 0.5)
    c.fill("".join(circle(x, y + 0.9, 3.6, 2.4) for x, y in spots), "#f6d34c", 0.7)
    c.area = (60, 57, 31, 29)


def topped(c: Canvas) -> None:
    """A flat bread spread to near its edge."""
    c.solid(c.blob(60, 57, 41, 39), height=3.5)
    shade, filling, gleam = c.filling
    c.fill(c.blob(60, 56.5, 33, 31, 0.06), filling)
    c.area = (60, 56, 29, 27)
    c.dashes(c.places(34, 4), shade, 2.6, 2)
    c.dashes(c.places(22, 5), gleam, 2, 2.5)


def pasty(c: Canvas) -> None:
    """A half moon with a crimped edge."""
    c.solid("M17 72C20 42 40 28 60 28C80 28 100 42 103 72C104 80 98 84 90 84H30C22 84 16 80 17 72z", height=5)
    arc = [(60 + 43 * math.cos(t), 72 - 42 * math.sin(t)) for t in (math.pi * i / 13 for i in range(14))]
    for x, y in arc:
        c.solid(circle(x, y, 6.2), height=1.5, glow=(x, y), shadow=False)
    for x in (48, 60, 72):
        slash(c, curve([(x - 3, 68), (x + 3, 58)], 0), 2.6)


def triangle(c: Canvas) -> None:
    """Three corners pinched together over a filling."""
    corners = [(60, 16), (104, 86), (16, 86)]
    c.solid(rounded(corners, 26), height=6)
    shade, filling, gleam = c.filling
    window = rounded([(60, 44), (79, 75), (41, 75)], 9)
    c.fill(window, shade)
    c.fill(rounded([(60, 48), (76, 75), (44, 75)], 8), filling)
    c.area = (60, 67, 8, 6)
    c.dots(c.places(9, 3.4), gleam, 2)
    for corner, inner in zip(corners, [(60, 44), (79, 75), (41, 75)], strict=True):
        toward = [(inner[0] * 0.5 + corner[0] * 0.5, inner[1] * 0.5 + corner[1] * 0.5 + (2 if corner[1] < 60 else -2))]
        c.line(path([inner, *toward]), c.shade, 2.6, 0.7)
    c.line(window, c.light, 2.2, 0.9)


def straws(c: Canvas) -> None:
    """A sheaf of twisted sticks."""
    for x, angle in ((35, -11), (86, 12), (52, -4), (69, 5)):
        start, end = turned([(0, -34), (0, 34)], angle, x, 58)
        c.rope(path([start, end]), 11)
        twists = [turned([(-4.5, y + 3.5), (4.5, y - 3.5)], angle, x, 58) for y in range(-30, 32, 8)]
        c.line("".join(path(pair) for pair in twists), c.shade, 2, 0.7)


SHAPES = {
    "baguette": baguette,
    "batard": batard,
    "braid": braid,
    "crossed": crossed,
    "dimpled": dimpled,
    "flat": flat,
    "furrowed": furrowed,
    "pasty": pasty,
    "pretzel": pretzel,
    "ring": ring,
    "roll": roll,
    "rosette": rosette,
    "round": round_loaf,
    "sliced": sliced,
    "straws": straws,
    "tin": tin,
    "topped": topped,
    "triangle": triangle,
    "twist": twist,
    "wheel": wheel,
    **COOKIE_SHAPES,
    **SWEET_SHAPES,
}
