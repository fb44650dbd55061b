"""Which of the recorded exchanges a visitor wants to see."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import escape

from webapp.wire.record.exchange import Exchange

_TAG = 48  # characters around a name in the list; it stands in an attribute, and to be read
_ROOM = 128 * 1024  # characters for the names in the list, of each kind: a browser's own names all have a place
PREFIX = "/wire"


class Listed(NamedTuple):
    """One exchange as the list shows it, plain values that a template has at once: it may be one of fifty.

    `crossed` are the kinds of what it names (`sent`, `set`, `deleted`, `withheld`), each with the names that the page
    has a place for, and with the number of the others.
    """

    number: int
    title: str
    status: int
    ahead: bool
    at: datetime
    crossed: list[tuple[str, tuple[str, ...], int]]
    silent: bool
    leads_on: bool


@dataclass(frozen=True)
class Chosen:
    """What an address asks for; `name` and `path` are parts of a cookie's name and of a path, "" for any."""

    sets: bool
    sends: bool
    name: str
    path: str
    own: bool

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Chosen":
        """Return what the query of an address asks for. Any text will do."""
        return cls(
            sets="set" in arguments,
            sends="sent" in arguments,
            name=arguments.get("name", "").strip(),
            path=arguments.get("path", "").strip(),
            own="own" in arguments,
        )

    @property
    def narrows(self) -> bool:
        """Tell whether it leaves out any exchange but the wire's own."""
        return bool(self.sets or self.sends or self.name or self.path)

    def fits(self, exchange: Exchange) -> bool:
        """Tell whether an exchange is among those asked for."""
        if is_own(exchange) and not self.own:
            return False
        if self.path and self.path.casefold() not in unquote(exchange.path.partition("?")[0]).casefold():
            return False
        sent, written = (name for name, _ in exchange.sent), (line.name for line in exchange.written)
        if self.sets or self.sends:
            return not (self.sets and not self._named(written)) and not (self.sends and not self._named(sent))
        return not self.name or self._named([*sent, *written, *(line.name for line in exchange.withheld)])

    def listed(self, shown: Mapping[int, Exchange]) -> Iterator[Listed]:
        """Yield what the list says of each exchange; names that were asked for come first where room is short."""
        room = _ROOM // max(len(shown), 1)
        for (number, exchange), (_, following) in pairwise([*shown.items(), (0, None)]):
            yield Listed(
                number,
                exchange.title,
                exchange.status,
                exchange.ahead,
                exchange.at,
                [(kind, *_few(self._ordered(names), room)) for kind, names in exchange.names.items()],
                not exchange.sent and not exchange.written,
                following is not None and exchange.leads_to(following),
            )

    def _ordered(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: not self._named([name]))) if self.name else names

    def _named(self, names: Iterable[str]) -> bool:
        return any(self.name.casefold() in name.casefold() for name in names)


def is_own(exchange: Exchange) -> bool:
    """Tell whether a page of the wire itself was asked for."""
    return f"{exchange.path.partition('?')[0]}/".startswith(f"{PREFIX}/")


@lru_cache(64)  # exchange after exchange brings the same cookies
def _few(names: tuple[str, ...], room: int) -> tuple[tuple[str, ...], int]:
    sizes = accumulate(_TAG + 2 * len(escape(name)) for name in names)
    shown = tuple(name for name, size in zip(names, sizes, strict=True) if size <= room)
    return shown, len(names) - len(shown)
