"""A cache by RFC 9111 in miniature: what it may store, and when it answers in the place of the server behind it.

Left out are validation (4.3), so that what is stale or `no-cache` is never served, invalidation (4.4), ranges (3.3),
guessed lifetimes (4.2.2) and what a request itself says of caching (5.2.1).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from werkzeug.http import parse_list_header

# What decides, by the word for it, and where RFC 9111 says so.
SECTIONS = {
    "method": "3",
    "status": "3",
    "no-store": "5.2.2.5",
    "private": "5.2.2.7",
    "authorization": "3.5",
    "undated": "3",
    "empty": "4",
    "vary": "4.1",
    "no-cache": "5.2.2.4",
    "stale": "4.2",
}
_HEURISTIC = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501}  # RFC 9110 section 15.1, without 206
_LONGEST = 2**31  # seconds (RFC 9111 section 1.2.2)


@dataclass(frozen=True)
class Request:
    """A request; the names of its header fields are in lower case."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"


@dataclass(frozen=True)
class Answer:
    """A response: its header lines, in order, and what it holds."""

    headers: tuple[tuple[str, str], ...]
    content: str = ""
    status: int = 200

    def values(self, name: str) -> list[str]:
        """Return the values of the header lines of one name."""
        return [value for each, value in self.headers if each.lower() == name.lower()]

    @property
    def directives(self) -> dict[str, str]:
        """The directives of Cache-Control, of several of one name the first (4.2.1); one without a value has ""."""
        found: dict[str, str] = {}
        for part in parse_list_header(",".join(self.values("Cache-Control"))):
            name, _, value = part.partition("=")
            found.setdefault(name.strip().lower(), value.strip().strip('"'))
        return found


@dataclass(frozen=True)
class Stored:
    """An answer that is kept, with the request that it was for, and when it came."""

    request: Request
    answer: Answer
    at: datetime


@dataclass(frozen=True)
class Served:
    """What a request got: why it was not answered from the cache, None where it was; and why it was not kept then."""

    answer: Answer
    missed: str | None
    unkept: str | None = None


def refusal(request: Request, answer: Answer, shared: bool = True) -> str | None:
    """Return why a cache may not store an answer, a word of SECTIONS; None where it may (section 3)."""
    said = answer.directives
    if request.method != "GET":
        return "method"
    if answer.status < 200 or answer.status in (206, 304):
        return "status"
    if "no-store" in said:
        return "no-store"
    if shared and "private" in said:  # with names of fields, too: it is left to the cache
        return "private"
    if shared and "authorization" in request.headers and not {"public", "s-maxage", "must-revalidate"} & said.keys():
        return "authorization"
    dated = {"public", "max-age", "s-maxage" if shared else "private"} & said.keys() or answer.values("Expires")
    return None if dated or answer.status in _HEURISTIC else "undated"


def lifetime(answer: Answer, at: datetime, shared: bool = True) -> timedelta:
    """Return how long an answer that came at that moment is fresh; none at all where that can't be read (4.2.1)."""
    said = answer.directives
    for name in ("s-maxage", "max-age") if shared else ("max-age",):
        if name in said:
            return timedelta(seconds=_seconds(said[name]) or 0)
    try:
        ends, (came, *_) = _date(answer.values("Expires")[0]), [*map(_date, answer.values("Date")), at]
    except (IndexError, ValueError):
        return timedelta(0)
    return max(ends - came, timedelta(0))


def age(stored: Stored, now: datetime) -> timedelta:
    """Return how old an answer is, with the time that it spent in caches on the way here (4.2.3)."""
    before = next(iter(stored.answer.values("Age")), "")
    return timedelta(seconds=_seconds(before) or 0) + (now - stored.at)


def selects(stored: Stored, request: Request) -> bool:
    """Tell whether a request has the header fields for which a stored answer was chosen (4.1)."""
    names = [name.lower() for name in parse_list_header(",".join(stored.answer.values("Vary")))]
    return "*" not in names and all(
        stored.request.headers.get(name, "").strip() == request.headers.get(name, "").strip() for name in names
    )


def found(kept: Iterable[Stored], request: Request, now: datetime, shared: bool = True) -> Stored | str:
    """Return which answer of those that are kept, the newest last, serves a request, or why none does (section 4)."""
    here = [each for each in kept if each.request.url == request.url]
    chosen = [each for each in here if selects(each, request)]
    if request.method != "GET":
        return "method"
    if not here:
        return "empty"
    if not chosen:
        return "vary"
    if "no-cache" in chosen[-1].answer.directives:
        return "no-cache"
    fresh = lifetime(chosen[-1].answer, chosen[-1].at, shared) > age(chosen[-1], now)
    return chosen[-1] if fresh else "stale"


class Cache:
    """One cache, `shared` by all who ask through it, or of one browser alone."""

    def __init__(self, shared: bool = True) -> None:
        self._shared = shared
        self._kept: list[Stored] = []

    def ask(self, request: Request, now: datetime, origin: Callable[[Request], Answer]) -> Served:
        """Answer a request, by what is kept, else by asking the server behind it."""
        kept = found(self._kept, request, now, self._shared)
        if isinstance(kept, Stored):
            headers = tuple(each for each in kept.answer.headers if each[0].lower() != "age")
            seconds = str(int(age(kept, now).total_seconds()))
            return Served(replace(kept.answer, headers=(*headers, ("Age", seconds))), None)  # section 5.1
        answer = origin(request)
        unkept = refusal(request, answer, self._shared)
        if unkept is None:
            self._kept.append(Stored(request, answer, now))
        return Served(answer, kept, unkept)


def _seconds(text: str) -> int | None:
    return min(int(text), _LONGEST) if re.fullmatch("[0-9]{1,20}", text, re.ASCII) else None


def _date(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
