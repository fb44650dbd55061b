"""The user agent: what a browser does with Set-Cookie lines, and what it sends back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from . import rules
from .decide import Request, belongs_to, build_cookie, is_secure, may_send, may_store, near_misses
from .engines import ENGINES, Engine, ThirdParty
from .parse import parse_line
from .rules import Step, note, refused, warning
from .store import Cookie, Store
from .urls import Location, locate, registrable_domain


@dataclass(frozen=True, slots=True)
class _Decision:
    steps: tuple[Step, ...]

    @property
    def reasons(self) -> tuple[Step, ...]:
        """The rules that were against it; empty when nothing was."""
        return tuple(step for step in self.steps if step.kind == "refused")

    @property
    def warnings(self) -> tuple[Step, ...]:
        """What its author may not have meant."""
        return tuple(step for step in self.steps if step.kind == "warning")


@dataclass(frozen=True, slots=True)
class Verdict(_Decision):
    """What became of one Set-Cookie line, and by which rules; the last step always names the outcome.

    `cookie` is the cookie as read (None when the line could not be), `replaced` the one that stood in its place
    (also the one deleted), `evicted` those that had to go to make room.
    """

    outcome: Literal["stored", "replaced", "deleted", "nothing-to-delete", "refused"]
    cookie: Cookie | None = None
    replaced: Cookie | None = None
    evicted: tuple[Cookie, ...] = ()

    @property
    def stored(self) -> bool:
        """Whether the cookie is in the store now."""
        return self.outcome in ("stored", "replaced")


@dataclass(frozen=True, slots=True)
class Answer(_Decision):
    """Whether one stored cookie goes with a request, and by which rules; the last step names the outcome."""

    cookie: Cookie

    @property
    def sent(self) -> bool:
        return not self.reasons


class UserAgent:
    """A browser as far as cookies go. It has no clock: every call is told `now`, an aware datetime.

    `engine` is a name in `ENGINES`, such as "spec" (RFC 6265bis), or an `Engine`. `decide.Request` says what the other
    keywords of the calls mean. `third_party` is what its visitor chose to do with the cookies of third parties; None:
    nothing.
    """

    def __init__(self, engine: str | Engine = "spec", *, third_party: ThirdParty | None = None) -> None:
        chosen = ENGINES[engine] if isinstance(engine, str) else engine
        self.engine = replace(chosen, third_party=third_party) if third_party else chosen
        self._store = Store()

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """All that is stored, without regard to time: call `sweep` first where that matters."""
        return tuple(self._store)

    def receive(
        self,
        url: str,
        line: str,
        *,
        now: datetime,
        cross_site: bool = False,
        top_level: bool = True,
        method: str = "GET",
        http_api: bool = True,
        top_level_site: str | None = None,
    ) -> Verdict:
        """Take the value of one Set-Cookie header that a response from `url` carried. No text raises."""
        self.sweep(now)
        request, location = Request(now, cross_site, top_level, method, http_api, top_level_site), locate(url)
        if location is None:
            return Verdict((refused(rules.SCHEME),), "refused")
        read = parse_line(line, self.engine)
        if read.refused:
            return Verdict(tuple(read.steps), "refused")
        cookie, steps = build_cookie(read, location, request, self.engine)
        steps = [*read.steps, *steps, *may_store(cookie, read, location, request, self.engine, self._store)]
        if any(step.kind == "refused" for step in steps):
            return Verdict(tuple(steps), "refused", cookie)
        return self._keep(cookie, steps, location, now)

    def _keep(self, cookie: Cookie, steps: list[Step], location: Location, now: datetime) -> Verdict:
        """Nothing speaks against `cookie`: store it, or delete by it (5.7, steps 23 and 24)."""
        old = self._store.get(cookie)
        if cookie.expires and cookie.expires <= now:
            if old is None:
                near = self._nearest(cookie, location)
                return Verdict((*steps, *near, note(rules.NOTHING_TO_DELETE)), "nothing-to-delete", cookie)
            self._store.remove(old)
            return Verdict((*steps, note(rules.DELETED)), "deleted", cookie, old)
        predecessor = None if old and self.engine.new_value_is_new and old.value != cookie.value else old
        if predecessor:
            cookie = replace(cookie, creation=predecessor.creation)
        self._store.put(cookie, now, keep_place=predecessor is not None)
        evicted = self._store.make_room(cookie, now, self.engine)
        if evicted:
            steps.append(note(rules.EVICTED, count=len(evicted)))
        if cookie in evicted:
            return Verdict((*steps, refused(rules.CROWDED_OUT)), "refused", cookie, old, evicted)
        if old is not None:
            return Verdict((*steps, note(rules.REPLACED)), "replaced", cookie, old, evicted)
        return Verdict((*steps, note(rules.STORED)), "stored", cookie, None, evicted)

    def _nearest(self, cookie: Cookie, location: Location) -> list[Step]:
        """Return in what that stored cookie differs which the author of a deletion may have meant."""
        others = [each for each in self._store.around(location.host) if each.name == cookie.name]
        near = [near_misses(each, cookie) for each in others if belongs_to(each, location)]
        return min(near, key=len, default=[])

    def cookie_header(
        self,
        url: str,
        *,
        now: datetime,
        cross_site: bool = False,
        top_level: bool = True,
        method: str = "GET",
        http_api: bool = True,
        top_level_site: str | None = None,
    ) -> str:
        """Return the Cookie header of a request to `url`, "" for none; with `http_api=False`, document.cookie."""
        self.sweep(now)
        location = locate(url)
        if location is None:
            return ""
        found, request = (
            self._in_order(self._store.around(location.host)),
            Request(now, cross_site, top_level, method, http_api, top_level_site),
        )
        sent = [answer.cookie for answer in self._answers(found, location, request) if answer.sent]
        for cookie in sent:
            self._store.touch(cookie, now, self.engine)
        return "; ".join(cookie.pair for cookie in sent)

    def explain(
        self,
        url: str,
        *,
        now: datetime,
        cross_site: bool = False,
        top_level: bool = True,
        method: str = "GET",
        http_api: bool = True,
        top_level_site: str | None = None,
    ) -> tuple[Answer, ...]:
        """Say of every stored cookie whether a request to `url` carries it, and why, in the order of the header."""
        self.sweep(now)
        location, found = locate(url), self._in_order(self._store)
        if location is None:
            return tuple(Answer((refused(rules.SCHEME),), cookie) for cookie in found)
        request = Request(now, cross_site, top_level, method, http_api, top_level_site)
        answers = list(self._answers(found, location, request))
        sent = [answer for answer in answers if answer.sent]
        for answer, following in pairwise(sent):
            first, second = answer.cookie, following.cookie
            if len(first.path) > len(second.path):
                step = warning(rules.LONGER_PATH_FIRST, name=second.name, path=second.path)
                answers[answers.index(answer)] = Answer((*answer.steps[:-1], step, answer.steps[-1]), first)
        return tuple(answers)

    def would_send(self, cookie: Cookie, url: str, *, now: datetime, **circumstances: Any) -> Answer:
        """Say whether a request to `url` would carry `cookie` if it were stored, and why."""
        location = locate(url)
        if location is None:
            return Answer((refused(rules.SCHEME),), cookie)
        return next(self._answers([cookie], location, Request(now, **circumstances)))

    def _answers(self, cookies: list[Cookie], location: Location, request: Request) -> Iterator[Answer]:
        for cookie in cookies:
            steps = tuple(may_send(cookie, location, request, self.engine))
            refusal = any(step.kind == "refused" for step in steps)
            yield Answer(steps if refusal else (*steps, note(rules.SENT)), cookie)

    def _in_order(self, cookies: Iterable[Cookie]) -> list[Cookie]:
        """Longer paths first, then earlier creation; sorting keeps the order of coming among equals."""
        name = self.engine.ordered_by_name
        return sorted(cookies, key=lambda each: (-len(each.path), each.name if name else "", each.creation))

    def is_same_site(self, url: str, other: str) -> bool:
        """Whether a page at `other` and a request to `url` are of one site, with the scheme where this browser asks."""
        first, second = locate(url), locate(other)
        if first is None or second is None:
            return False
        return first.registrable == second.registrable and (not self.engine.schemeful or first.scheme == second.scheme)

    def sweep(self, now: datetime) -> None:
        """Remove the cookies that have expired. Every other call does so by itself."""
        self._store.sweep(now)

    def clear_site_data(self, url: str) -> None:
        """Do what `Clear-Site-Data: "cookies"` in an answer from `url` asks for (W3C Clear Site Data, section 4.2).

        The cookies of the site go, whatever their host and path; for an insecure `url` as a rule none does.
        """
        location = locate(url)
        if location is None or not (is_secure(location, self.engine) or self.engine.clears_insecure):
            return
        for cookie in self._store.around(location.host):
            if registrable_domain(cookie.domain) == location.registrable:
                self._store.remove(cookie)

    def close(self) -> None:
        """End the browser's session: the session cookies go (5.7)."""
        self._store.end_session()
