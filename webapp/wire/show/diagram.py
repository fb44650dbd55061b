"""The sequence diagram of exchanges: where every arrow and every word of it stands. The template draws them.

All lengths are units of the picture, which is as wide as its column: so it is narrow, and readable at 320 px.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import responses

from webapp.i18n import gettext, ngettext
from webapp.wire.record.exchange import Exchange

WIDTH = 340
BROWSER, SERVER = 36, WIDTH - 36  # where the two lifelines stand
_LINE = 17  # from one line of text to the next
_ROOM = 33  # characters between the lifelines
_MOST = 3  # lines for the names of one kind, before the rest is counted; the list beside the picture has them all


@dataclass(frozen=True)
class Text:
    """One line of text, centred between the lifelines; `tone` says what it speaks of."""

    y: int
    text: str
    tone: str


@dataclass
class Drawn:
    """One exchange: its texts, the heights of its two arrows, and where the next begins if it is the redirect's aim."""

    number: int
    texts: list[Text] = field(default_factory=list)
    there: int = 0
    back: int = 0
    joined: int | None = None


@dataclass(frozen=True)
class Diagram:
    """The whole picture."""

    height: int
    exchanges: list[Drawn]


def draw(exchanges: Mapping[int, Exchange]) -> Diagram:
    """Return the diagram of exchanges by their number, the oldest first."""
    drawn: list[Drawn] = []
    before: Exchange | None = None
    y = 34
    for place, (number, exchange) in enumerate(exchanges.items(), 1):
        joins = before is not None and before.leads_to(exchange)
        one = Drawn(number)
        y += 2 * _LINE if joins else _LINE
        y = _write(one, y, "call", _cut(f"{place}. {exchange.method} {exchange.path}"))
        y = _write(one, y, "sent", _names("↑ " + gettext("sent"), [name for name, _ in exchange.sent]))
        one.there = y - 9
        y = _write(one, y + 10, "call", [f"{exchange.status} {responses.get(exchange.status, '')}".strip()])
        y = _write(one, y, "set", _names("↓ " + gettext("set"), _written(exchange, False)))
        y = _write(one, y, "deleted", _names("↓ " + gettext("deleted"), _written(exchange, True)))
        y = _write(one, y, "withheld", _names("✕ " + gettext("withheld"), [line.name for line in exchange.withheld]))
        one.back = y - 9
        if joins:
            drawn[-1].joined = one.there
        drawn.append(one)
        before = exchange
    return Diagram(y + _LINE, drawn)


def _write(one: Drawn, y: int, tone: str, lines: Iterable[str]) -> int:
    """Put lines below each other, and return where the next one goes."""
    for line in lines:
        one.texts.append(Text(y, line, tone))
        y += _LINE
    return y


def _written(exchange: Exchange, deletes: bool) -> list[str]:
    """Return the names of one kind, each once: a deletion may take a line for each path."""
    return list(dict.fromkeys(line.name for line in exchange.written if line.deletes is deletes))


def _cut(text: str) -> list[str]:
    """Return a text in at most two lines."""
    first, rest = text[:_ROOM], text[_ROOM:]
    return [first, *([rest if len(rest) <= _ROOM else rest[: _ROOM - 1] + "…"] if rest else [])]


def _names(word: str, names: list[str]) -> list[str]:
    """Return names behind a word in lines that fit; what is too much is counted."""
    if not names:
        return []
    lines = [word]
    for place, name in enumerate(names):
        shown = name if len(name) <= _ROOM else name[: _ROOM - 1] + "…"
        shown = (shown or gettext("(no name)")) + "," * (place < len(names) - 1)
        if len(lines[-1]) + 1 + len(shown) <= _ROOM:
            lines[-1] += f" {shown}"
        elif len(lines) < _MOST or place == len(names) - 1:
            lines.append(shown)
        else:
            return [*lines, ngettext("and %(num)s more", "and %(num)s more", len(names) - place)]
    return lines
