"""Each cookie of a paste in words: what it says of itself, and what each engine would do with its line."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from webapp.cookies import pair
from webapp.lab.forms import shown
from webapp.lab.predict import everywhere
from webapp.useragent import Step
from webapp.useragent.urls import locate, path_match
from webapp.wire.record.exchange import SetCookie
from webapp.wire.show import explain

from .found import ATTRIBUTES, Found, address

MOST = 40  # cookies that are shown
_LONGEST, _PARTS = 6000, 40  # octets and semicolons of a line that is asked about; 4096 are name and value
_LEAST, _BEGINNING = 12, 4  # octets of a value that is shown whole, and of a longer one at first
_RULES = 5  # that one verdict names
_SECRET = re.compile(r'[^\x00-\x20\x7f",;=]')  # of the rest each letter means something to a browser


@dataclass(frozen=True)
class Verdict:
    """What some engines would do with a line, and the rules that say so."""

    outcome: str
    engines: list[str]
    reasons: list[Step]


@dataclass(frozen=True)
class Explained:
    """One cookie in words. `at` is the address that the model was asked about, which `found.url` tells or not.

    `brief` is the line with the beginning of a long value alone; `query` asks why the cookie is not sent.
    """

    found: Found
    name: str
    brief: str
    size: int
    attributes: dict[str, str]
    at: str
    verdicts: list[Verdict]
    query: str

    @property
    def hidden(self) -> bool:
        """Whether the value waits to be opened: it is long enough to be a secret."""
        return self.size > _LEAST

    @property
    def line(self) -> str:
        """The line as text."""
        return shown(self.found.line)


def explained(found: Found, engine: str, now: datetime) -> Explained:
    """Explain a cookie to a visitor of an engine."""
    line = SetCookie(found.line, None)
    _, semicolon, rest = found.line.partition(";")
    begins = shown(pair(line.name, line.value[:_BEGINNING]))
    written = {ATTRIBUTES.get(name.lower(), ""): value for name, value in line.attributes}
    written["SameSite"] = written.get("SameSite", "").capitalize()
    says = {name: text for name, value in written.items() if name and (text := explain.attribute(name, value))}
    at = found.url or _assumed(written)
    fits = len(found.line) <= _LONGEST and found.line.count(";") < _PARTS
    return Explained(
        found=found,
        name=shown(line.name),
        brief=shown(found.line) if len(line.value) <= _LEAST else f"{begins}…{semicolon}{shown(rest)}",
        size=len(line.value),
        attributes=says,
        at=at,
        verdicts=_verdicts(found.line, engine, at, now) if fits and found.kind != "sent" else [],
        query=_query(found, at, written.get("Path", "/")) if fits else "",
    )


def _query(found: Found, at: str, path: str) -> str:
    """Return what asks on: of the value its length, of the address, which may hold secrets, what Path says alone."""
    location = locate(at)
    asked = location.origin + (path if path and path_match(location.path, path) else "/")
    return urlencode({"line": shown(masked(found.line)), "set_by": asked, "to": asked})


def _assumed(written: dict[str, str]) -> str:
    """Return an address that may set a cookie of which the paste does not tell where it was set."""
    host, path = written.get("Domain", "").lstrip(".") or "www.example.com", written.get("Path", "/")
    return address(f"https://{host}{path if path.startswith('/') else '/'}") or "https://www.example.com/"


def _verdicts(line: str, engine: str, at: str, now: datetime) -> list[Verdict]:
    """Return the verdicts, each with all engines that come to it for the same reasons."""
    verdicts: dict[tuple[str, ...], Verdict] = {}
    for name, (fate,) in everywhere([line], engine, at, at, now).items():
        told = [step for step in fate.reasons if fate.outcome != "stored" or step.kind != "note"]
        key = (fate.outcome, *map(str, told))
        verdicts.setdefault(key, Verdict(fate.outcome, [], told[:_RULES])).engines.append(name)
    return list(verdicts.values())


def masked(line: str) -> str:
    """Return a line with an x for each octet of its value, and of what is no attribute: just as long, and no secret."""
    first, *attributes = line.split(";")
    name, equals, value = first.partition("=")
    hidden = name + equals + _SECRET.sub("x", value) if equals else _SECRET.sub("x", name)
    known = (part.partition("=")[0].strip(" \t").lower() in ATTRIBUTES for part in attributes)
    parts = (part if kept else _SECRET.sub("x", part) for part, kept in zip(attributes, known, strict=True))
    return ";".join([hidden, *parts])
