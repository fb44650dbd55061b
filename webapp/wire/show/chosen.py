"""Which of the recorded exchanges a visitor wants to see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from webapp.wire.record.exchange import Exchange

PREFIX = "/wire"


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
        if self.path.casefold() not in unquote(exchange.path.partition("?")[0]).casefold():
            return False
        sent, written = (name for name, _ in exchange.sent), (line.name for line in exchange.written)
        if self.sets or self.sends:
            return not (self.sets and not self._named(written)) and not (self.sends and not self._named(sent))
        return not self.name or self._named([*sent, *written, *(line.name for line in exchange.withheld)])

    def _named(self, names: Iterable[str]) -> bool:
        return any(self.name.casefold() in name.casefold() for name in names)


def is_own(exchange: Exchange) -> bool:
    """Tell whether a page of the wire itself was asked for."""
    return f"{exchange.path.partition('?')[0]}/".startswith(f"{PREFIX}/")
