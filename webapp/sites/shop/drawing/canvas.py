"""What pictures of baked goods are made of: solid pieces, ropes of dough, lines and scattered crumbs."""

import math
from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]

# Crust in the shade, crust, crust in the light.
DOUGHS = {
    "cream": ("#c39b62", "#f0d9a8", "#fbeccb"),
    "blond": ("#b5833f", "#e8c384", "#f6dfae"),
    "oat": ("#94794b", "#cfb283", "#e4cfa8"),
    "golden": ("#a05f1e", "#dd9a45", "#f2c079"),
    "amber": ("#7d4014", "#bd6f2e", "#d9955a"),
    "caramel": ("#6b2f0c", "#b05a1a", "#d98a3e"),
    "chestnut": ("#692f10", "#ad5a22", "#d18645"),
    "brown": ("#5e3a1c", "#9c6a39", "#c08f5a"),
    "dark": ("#3f2415", "#75482a", "#966544"),
    "cocoa": ("#2e170e", "#5d3420", "#7d4e35"),
    "black": ("#1d120d", "#46301f", "#634a36"),
}

# Filling in the shade, filling, its gleam.
FILLINGS = {
    "none": ("#8a5a2a", "#c98f50", "#f0c890"),
    "apple": ("#b98b2b", "#efd07a", "#fff0bd"),
    "caramel": ("#7a3d0d", "#b8651c", "#e59c4c"),
    "cheese": ("#c98d24", "#f3c75c", "#ffe7a3"),
    "chocolate": ("#26120a", "#4a2717", "#7a4d35"),
    "custard": ("#d39a1f", "#f8ce55", "#ffeaa6"),
    "lemon": ("#d9ae12", "#fbe04e", "#fff6b0"),
    "pineapple": ("#b8700c", "#eba422", "#ffd877"),
    "poppy": ("#14131a", "#2c2a36", "#565368"),
    "redcurrant": ("#7d0f22", "#c4203a", "#f2798a"),
    "spinach": ("#274d22", "#45803a", "#7fb568"),
    "zaatar": ("#3f4a1b", "#6f7a33", "#a3a65a"),
}


def number(value: float) -> str:
    """Write a coordinate as short as one decimal allows."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def path(points: Iterable[Point], closed: bool = False) -> str:
    """Return straight lines through the points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("z" if closed else "")


def smooth(points: Sequence[Point]) -> str:
    """Return a closed curve that the points pull at."""
    ends = [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(points, [*points[1:], points[0]], strict=True)]
    start = f"M{number(ends[-1][0])} {number(ends[-1][1])}"
    return (
        start
        + "".join(
            f"Q{number(x)} {number(y)} {number(u)} {number(v)}" for (x, y), (u, v) in zip(points, ends, strict=True)
        )
        + "z"
    )


def rounded(points: Sequence[Point], radius: float) -> str:
    """Return a polygon with round corners."""
    parts = []
    for index, (x, y) in enumerate(points):
        near = []
        for u, v in (points[index - 1], points[(index + 1) % len(points)]):
            share = min(radius / math.hypot(u - x, v - y), 0.5)
            near.append((x + (u - x) * share, y + (v - y) * share))
        (a, b), (c, d) = near
        parts.append(f"{number(a)} {number(b)}Q{number(x)} {number(y)} {number(c)} {number(d)}")
    return "M" + "L".join(parts) + "z"


def circle(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Return a circle, or an ellipse, as a path."""
    ry = rx if ry is None else ry
    half = f"a{number(rx)} {number(ry)} 0 1 0 "
    return f"M{number(x - rx)} {number(y)}{half}{number(2 * rx)} 0{half}{number(-2 * rx)} 0z"


def around(x: float, y: float, radius: float, count: int, start: float = 0) -> list[Point]:
    """Return `count` points on a circle, from `start` degrees on."""
    angles = (math.radians(start + 360 * index / count) for index in range(count))
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def turned(points: Iterable[Point], degrees: float, x: float = 60, y: float = 58) -> list[Point]:
    """Return the points, given relative to (x, y), turned about it."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in points]


def oval(rx: float, ry: float, count: int = 16) -> list[Point]:
    """Return points about (0, 0) whose smooth curve is an oval, longer and fuller than an ellipse."""
    angles = [2 * math.pi * index / count for index in range(count)]
    return [
        (rx * math.cos(angle), ry * math.copysign(abs(math.sin(angle)) ** 0.8, math.sin(angle))) for angle in angles
    ]


def fluted(x: float, y: float, radius: float, waves: int, depth: float = 2.5) -> str:
    """Return a round with a wavy edge."""
    points = around(x, y, radius, waves * 2)
    return smooth(
        [
            (x + (u - x) * scale, y + (v - y) * scale)
            for index, (u, v) in enumerate(points)
            for scale in [1 + depth / radius * (-1) ** index]
        ]
    )


class Canvas:
    """A picture in the making: shapes draw on it and leave word where a topping may go.

    `spots` are the places for single pieces (one almond each), `area` the ellipse (x, y, rx, ry) to strew on, `track`
    the points to strew along instead, `iced` the path that icing covers.
    """

    def __init__(self, chance: Random, dough: str, filling: str) -> None:
        self.chance = chance
        self.shade, self.crust, self.light = DOUGHS[dough]
        self.filling = FILLINGS[filling]
        self.spots: list[Point] = [(60, 57)]
        self.area = (60.0, 57.0, 30.0, 30.0)
        self.track: list[Point] = []
        self.iced = ""
        self._parts: list[str] = []
        self._outlines: dict[str, str] = {}

    def markup(self) -> str:
        """Return all that was drawn."""
        outlines = "".join(f'<path id="{key}" d="{d}"/>' for d, key in self._outlines.items())
        drawn = "".join(self._parts)
        return f'<defs>{outlines}</defs><g stroke-linecap="round" stroke-linejoin="round">{drawn}</g>'

    def fill(self, d: str, colour: str, opacity: float = 1, edge: tuple[str, float] | None = None) -> None:
        """Fill a path, with an edge of a colour and width if one is wanted."""
        stroke = f' stroke="{edge[0]}" stroke-width="{number(edge[1])}"' if edge else ""
        self._parts.append(f'<path d="{d}" fill="{colour}"{stroke}{_opacity(opacity)}/>')

    def line(self, d: str, colour: str, width: float, opacity: float = 1) -> None:
        """Stroke a path."""
        self._parts.append(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{number(width)}"{_opacity(opacity)}/>'
        )

    def solid(
        self,
        d: str,
        colours: tuple[str, str, str] | None = None,
        height: float = 3.5,
        glow: Point = (59, 55),
        shadow: bool = True,
    ) -> None:
        """Draw a piece that stands `height` above the plate: shadow, side, top, and light upon it around `glow`."""
        shade, crust, light = colours or (self.shade, self.crust, self.light)
        key = self._outlines.setdefault(d, f"o{len(self._outlines)}")
        x, y = glow
        if shadow:
            self._parts.append(f'<use href="#{key}" x="1" y="{number(height + 3)}" fill="#2b1a10" opacity=".22"/>')
        self._parts.append(
            f'<use href="#{key}" y="{number(height)}" fill="{shade}"/><use href="#{key}" fill="{crust}"/>'
            f'<use href="#{key}" transform="translate({number(x * 0.16)} {number(y * 0.16 - 1)}) scale(.84)" '
            f'fill="{light}" opacity=".5"/>'
        )

    def rope(self, d: str, width: float, shadow: bool = True) -> None:
        """Draw a rolled piece of dough along a path."""
        key = self._outlines.setdefault(d, f"o{len(self._outlines)}")
        strokes = [
            (0, 2, self.shade, width, 1),
            (0, 0, self.crust, width - 1, 1),
            (-0.6, -width * 0.16, self.light, width * 0.4, 0.75),
        ]
        if shadow:
            strokes.insert(0, (1, 5, "#2b1a10", width, 0.22))
        uses = "".join(
            f'<use href="#{key}" x="{number(x)}" y="{number(y)}" stroke="{colour}" stroke-width="{number(wide)}"'
            f"{_opacity(opacity)}/>"
            for x, y, colour, wide, opacity in strokes
        )
        self._parts.append(f'<g fill="none">{uses}</g>')

    def blob(
        self, x: float, y: float, rx: float, ry: float | None = None, wobble: float = 0.03, count: int = 18
    ) -> str:
        """Return a round that no machine made."""
        points = [
            (u * scale, v * scale)
            for u, v in around(0, 0, 1, count)
            for scale in [1.02 + self.chance.uniform(-wobble, wobble)]
        ]
        return smooth([(x + u * rx, y + v * (ry or rx)) for u, v in points])

    def places(self, count: int, gap: float, spread: float = 2.5) -> list[Point]:
        """Return up to `count` chance places at least `gap` apart, in the area or along the track."""
        found: list[Point] = []
        x, y, rx, ry = self.area
        for _ in range(count * 12):
            if len(found) == count:
                break
            angle, radius = self.chance.uniform(0, 2 * math.pi), math.sqrt(self.chance.random())
            if self.track:
                u, v = self.chance.choice(self.track)
                place = (u + spread * radius * math.cos(angle), v + spread * radius * math.sin(angle))
            else:
                place = (x + rx * radius * math.cos(angle), y + ry * radius * math.sin(angle))
            if all(math.dist(place, other) >= gap for other in found):
                found.append(place)
        return found

    def dots(self, places: Iterable[Point], colour: str, width: float, opacity: float = 1) -> None:
        """Draw a dot on each place."""
        self.line("".join(f"M{number(x)} {number(y)}h.01" for x, y in places), colour, width, opacity)

    def dashes(self, places: Iterable[Point], colour: str, width: float, length: float, opacity: float = 1) -> None:
        """Draw a short stroke on each place, each lying as it fell."""
        strokes = []
        for x, y in places:
            angle = self.chance.uniform(0, math.pi)
            u, v = length * math.cos(angle), length * math.sin(angle)
            strokes.append(f"M{number(x - u / 2)} {number(y - v / 2)}l{number(u)} {number(v)}")
        self.line("".join(strokes), colour, width, opacity)


def _opacity(value: float) -> str:
    return "" if value == 1 else f' opacity="{number(value) if value >= 1 else f"{value:.2f}".lstrip("0")}"'
