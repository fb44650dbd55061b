"""What goes on top: strewn over the area or along the track that the shape left, or one piece on each spot."""

from .canvas import Canvas, around, circle, number, path, smooth, turned


def none(c: Canvas) -> None:
    """Leave it plain."""


def flour(c: Canvas) -> None:
    """A dusting from the proving basket."""
    c.dots(c.places(70, 2.5), "#fff6e2", 2, 0.6)
    c.dots(c.places(12, 9), "#fff6e2", 6, 0.28)


def grain(c: Canvas) -> None:
    """Coarse grains in a dark crumb."""
    c.dashes(c.places(34, 4.5), "#9a7a55", 2, 2.2)
    c.dashes(c.places(20, 5), "#14100d", 2.2, 2)


def sesame(c: Canvas) -> None:
    """Sesame, plenty."""
    places = c.places(50, 4.6, 5)
    c.dots([(x + 0.5, y + 1) for x, y in places], c.shade, 3, 0.5)
    c.dashes(places, "#fdf0d0", 2.5, 2.2)


def nigella(c: Canvas) -> None:
    """A few black seeds."""
    c.dashes(c.places(26, 6), "#1d1a1c", 2, 1.4)


def poppy(c: Canvas) -> None:
    """Poppy seeds to the rim."""
    c.dots(c.places(95, 3.3), "#25242f", 1.9)


def seeds(c: Canvas) -> None:
    """Pumpkin seeds and sunflower seeds."""
    c.dashes(c.places(15, 6), "#5d7a3a", 4, 4.5)
    c.dashes(c.places(17, 5.5), "#e9dcc0", 2.8, 3.5)


def sugar(c: Canvas) -> None:
    """Fine sugar."""
    c.dots(c.places(60, 3), "#fff", 1.8, 0.9)
    c.dots(c.places(8, 12), "#fff", 7, 0.22)


def snow(c: Canvas) -> None:
    """Icing sugar, as thick as snow."""
    x, y, rx, ry = c.area
    c.fill(c.iced or c.blob(x, y, rx, ry, 0.09, 14), "#fffdf8", 0.9 if c.iced else 0.55)
    c.fill(c.blob(x, y - 2, rx * 0.75, ry * 0.7, 0.1, 14), "#fff", 0.45)
    c.dots(c.places(50, 3), "#fff", 2)


def pearl(c: Canvas) -> None:
    """Pearl sugar."""
    places = c.places(30, 6)
    c.dots([(x + 0.5, y + 1) for x, y in places], "#53230c", 4, 0.4)
    c.dashes(places, "#fffdf6", 3.8, 1)


def salt(c: Canvas) -> None:
    """Coarse salt."""
    places = c.places(24, 5, 5)
    c.dashes([(x + 0.4, y + 0.9) for x, y in places], c.shade, 2.8, 0.6, 0.6)
    c.dashes(places, "#fff", 2.8, 0.8)


def chips(c: Canvas) -> None:
    """Chocolate, chopped by hand: some are boulders."""
    places = c.places(13, 12)
    for width, group in ((9, places[:5]), (6, places[5:])):
        c.dashes([(x, y + 1) for x, y in group], c.shade, width + 1, 1.5, 0.6)
        c.dashes(group, "#40200f", width, 2)
    c.dashes([(x - 1.4, y - 1.6) for x, y in places], "#8a5a3c", 1.8, 2)


def oats(c: Canvas) -> None:
    """Rolled oats."""
    places = c.places(26, 7)
    c.dashes([(x + 0.4, y + 0.9) for x, y in places], c.shade, 4.4, 3, 0.5)
    state = c.chance.getstate()
    c.dashes(places, "#f1dfb4", 4, 3.2)
    c.chance.setstate(state)
    c.dashes(places, "#c5a468", 1, 3)


def coconut(c: Canvas) -> None:
    """Grated coconut."""
    c.dashes(c.places(95, 2.4, 5), "#fffdf6", 1.7, 4, 0.95)


def pistachio(c: Canvas) -> None:
    """A pinch of chopped pistachio on each spot."""
    for x, y in c.spots:
        c.dashes([(x, y + 0.8)], "#3f5420", 6.4, 3)
        c.dashes([(x, y)], "#7fa23c", 5.4, 3)
        c.dashes([(x - 0.8, y - 1)], "#bcd37a", 1.8, 2)


def almond(c: Canvas, x: float, y: float, angle: float, colour: str, size: float = 1) -> None:
    """Draw one almond, its tip turned to `angle`."""
    outline = [(0, -8.5), (4.2, -2), (4.4, 4.5), (0, 8), (-4.4, 4.5), (-4.2, -2)]
    points = turned([(u * size, v * size) for u, v in outline], angle, x, y)
    c.fill(smooth(points), colour, edge=("#9a5a20", 1.3))
    c.line(path(turned([(0, -4 * size), (0, 4 * size)], angle, x, y)), "#7a3d12", 0.9, 0.5)


def almonds(c: Canvas) -> None:
    """One almond on each spot."""
    for x, y in c.spots:
        almond(c, x, y, c.chance.uniform(-40, 40), "#fff0d2", 0.85)


def blanched(c: Canvas) -> None:
    """A thin glaze and five blanched almonds in a star."""
    x, y, rx, ry = c.area
    c.fill(c.blob(x, y, rx + 3, ry + 3, 0.02), "#fff", 0.2)
    for index, (u, v) in enumerate(around(60, 55, 15, 5, -90)):
        almond(c, u, v, index * 72, "#fbeccb", 1.2)


def walnut(c: Canvas) -> None:
    """Half a walnut on each spot."""
    lobes = [
        (0, -13),
        (8, -12),
        (11, -5),
        (9, 0),
        (12, 6),
        (7, 12),
        (0, 13),
        (-7, 12),
        (-12, 6),
        (-9, 0),
        (-11, -5),
        (-8, -12),
    ]
    for x, y in c.spots:
        size = 1.1 if len(c.spots) == 1 else 0.65
        points = turned([(u * size, v * size) for u, v in lobes], 24, x, y)
        c.fill(smooth([(u + 0.5, v + 2.2) for u, v in points]), "#3c1f0b", 0.6)
        c.fill(smooth(points), "#c28a50")
        folds = [[(3 * half, v), (8 * half, v - 2)] for half in (-1, 1) for v in (-7, 0, 7)] + [[(0, -11), (0, 11)]]
        folds = [turned([(u * size, v * size) for u, v in fold], 24, x, y) for fold in folds]
        c.line("".join(path(fold) for fold in folds), "#6d3d13", 1.9 * size, 0.85)


def flakes(c: Canvas) -> None:
    """Sliced almonds and candied peel in caramel."""
    outline = [(0, -7), (4.6, -1), (3, 5.5), (-3, 5.5), (-4.6, -1)]
    flakes = "".join(smooth(turned(outline, c.chance.uniform(0, 360), x, y)) for x, y in c.places(13, 10))
    c.fill(flakes, "#fbe9c3", edge=("#9c5a1c", 1.2))
    c.dashes(c.places(6, 14), "#c4203a", 4, 2)
    c.dashes(c.places(5, 14), "#6d9a35", 3.6, 2)


def icing(c: Canvas) -> None:
    """White icing over what the shape says."""
    c.fill(c.iced, "#fffaf0", edge=("#e3d6bd", 1.2))


def cross(c: Canvas) -> None:
    """A cross of plain paste."""
    for d in ("M60 23Q62 56 60 90", "M24 56Q60 53 96 57"):
        c.line(d, "#c9a66b", 8.5, 0.8)
        c.line(d, "#fbeed2", 6.5)


def berries(c: Canvas) -> None:
    """Blueberries, blackberries and a red one."""
    places = c.places(9, 9.5)
    for index, (x, y) in enumerate(sorted(places, key=lambda place: place[1])):
        dark, colour, gleam = (
            ("#7d0f22", "#c4203a", "#f59aa6") if index == len(places) // 2 else ("#1d1f45", "#3d4282", "#8f97d6")
        )
        c.dots([(x, y + 1.2)], dark, 11)
        c.dots([(x, y)], colour, 10)
        c.dots([(x - 1.6, y - 1.9)], gleam, 2.8)


def scorch(c: Canvas) -> None:
    """Spots where the oven was fiercest."""
    spots = (circle(x, y, c.chance.uniform(2.5, 5.5), c.chance.uniform(1.8, 3.4)) for x, y in c.places(9, 11))
    c.fill("".join(spots), "#6b300c", 0.55)


def meringue(c: Canvas) -> None:
    """A collar of meringue, toasted at the tips."""
    dollops = [*around(60, 57, 25.5, 12), (60, 57)]
    c.dots([(x, y + 1.6) for x, y in dollops], "#d8c8a4", 14.6)
    c.dots(dollops, "#fffaf0", 14.6)
    c.line("".join(f"M{number(x - 3)} {number(y + 1.5)}q2-5 4-4.5" for x, y in dollops), "#d3a469", 2.2, 0.8)


def rosemary(c: Canvas) -> None:
    """Sprigs of rosemary and flakes of salt."""
    for x, y in c.places(6, 17):
        angle = c.chance.uniform(0, 180)
        needles = [turned([(0, v), (u, v - 4)], angle, x, y) for v in (-4, 0, 4) for u in (-3.4, 3.4)]
        c.line("".join(path(p) for p in [*needles, turned([(0, -8), (0, 8)], angle, x, y)]), "#3f6b34", 1.7)
    c.dashes(c.places(16, 8), "#fff", 2.2, 0.8)


def leek(c: Canvas) -> None:
    """Rings of leek, and spots of brown."""
    scorch(c)
    places = c.places(12, 10)
    c.dots(places, "#5f9440", 10)
    c.dots(places, "#e3efb4", 6.4)
    c.dots(places, "#a9cb6c", 3)


TOPPINGS = {
    "almonds": almonds,
    "berries": berries,
    "blanched": blanched,
    "chips": chips,
    "coconut": coconut,
    "cross": cross,
    "flakes": flakes,
    "flour": flour,
    "grain": grain,
    "icing": icing,
    "leek": leek,
    "meringue": meringue,
    "nigella": nigella,
    "none": none,
    "oats": oats,
    "pearl": pearl,
    "pistachio": pistachio,
    "poppy": poppy,
    "rosemary": rosemary,
    "salt": salt,
    "scorch": scorch,
    "seeds": seeds,
    "sesame": sesame,
    "snow": snow,
    "sugar": sugar,
    "walnut": walnut,
}
