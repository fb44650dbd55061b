"""The toy shop behind the cache, the two browsers before it, and what comes of their requests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from webapp.cookies import codecs, pair
from webapp.lab.notes import Note
from webapp.useragent import UserAgent

from .cache import Answer, Cache, Request, Served

GUEST = "lab-guest"
NAME = codecs.Text(20)
_PAGE = "http://shop.example/lab/cached/page"
# What the shop says of caching. The last is what Crumb's own pages say.
RULES = {
    "bare": (("Cache-Control", "max-age=600"),),
    "vary": (("Cache-Control", "max-age=600"), ("Vary", "Cookie")),
    "private": (("Cache-Control", "private, max-age=600"),),
    "no-store": (("Cache-Control", "no-store"),),
    "ours": (("Cache-Control", "private, no-cache"), ("Vary", "Cookie")),
}


@dataclass(frozen=True)
class Visit:
    """One request of one of the browsers, `you` or `second`: its Cookie header, and what it got, by the shop's rule."""

    by: str
    rule: str
    cookie: str
    served: Served
    at: datetime


def set_cookie(name: str) -> str:
    """Return the line that makes a browser somebody of that name."""
    return f"{pair(GUEST, NAME.encode(name))}; Path=/lab/cached; HttpOnly"


def shop(rule: str, stranger: str) -> Callable[[Request], Answer]:
    """Return the shop: it greets by the cookie, gives a name to a stranger, and says who one is with every answer."""

    def answer(request: Request) -> Answer:
        name = NAME.decode(request.headers.get("cookie", "").partition("=")[2]) or stranger
        return Answer((*RULES[rule], ("Set-Cookie", set_cookie(name))), name)

    return answer


def ask(cache: Cache, rule: str, cookie: str, stranger: str, at: datetime) -> Served:
    """Let a browser with that Cookie header, "" for none, ask the cache for the shop's page."""
    return cache.ask(Request(_PAGE, {"cookie": cookie} if cookie else {}), at, shop(rule, stranger))


def replay(notes: Iterable[Note]) -> tuple[list[Visit], UserAgent]:
    """Return what came of each request that was noted, the oldest first, and the second browser as it is then."""
    cache, second, visits = Cache(), UserAgent(), []
    for note in notes:
        if note.kind != "ask":
            continue
        by, rule, cookie, stranger = (note.data[key] for key in ("by", "rule", "cookie", "stranger"))
        if by == "second":
            cookie = second.cookie_header(_PAGE, now=note.at)
        served = ask(cache, rule, cookie, stranger, note.at)
        if by == "second":
            for line in served.answer.values("Set-Cookie"):
                second.receive(_PAGE, line, now=note.at)
        visits.append(Visit(by, rule, cookie, served, note.at))
    return visits, second


def harms(rule: str) -> dict[str, bool]:
    """Return which harm a cache does under a rule: what one got, another gets, who should not.

    `name`: a stranger gets the page of somebody with a name. `cookie`: a stranger gets the name that the stranger
    before was given. `own`: who has logged out gets the page of before, from their own browser's cache.
    """
    ada, at = pair(GUEST, "Ada"), datetime(2026, 1, 1, tzinfo=UTC)

    def same(cache: Cache, first: str, second: str) -> bool:
        answers = [ask(cache, rule, cookie, str(number), at).answer for number, cookie in enumerate((first, second))]
        return answers[0].content == answers[1].content

    return {"name": same(Cache(), ada, ""), "cookie": same(Cache(), "", ""), "own": same(Cache(shared=False), ada, "")}
