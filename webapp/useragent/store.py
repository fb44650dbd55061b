"""The cookie store: what is kept, when it expires, and what goes when it is full (RFC 6265bis, 5.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .dates import LATEST
from .engines import Engine
from .urls import is_address, registrable_domain

SameSite = Literal["Strict", "Lax", "None", "Default"]
Priority = Literal["Low", "Medium", "High"]
Identity = tuple[str, str, bool, str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Cookie:
    """One stored cookie. `expires` is None for a session cookie; `partition` is a top-level site, or None.

    `between`: the top-level site is its own, and yet a page of another one stands between them.
    """

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: SameSite
    partition: str | None
    expires: datetime | None
    creation: datetime
    priority: Priority = "Medium"
    between: bool = False

    @property
    def partitioned(self) -> bool:
        """Whether it is kept apart for each top-level site."""
        return self.partition is not None

    @property
    def identity(self) -> Identity:
        """What makes two lines speak of one cookie."""
        return (self.name, self.domain, self.host_only, self.path, self.partition, self.between)

    @property
    def pair(self) -> str:
        """The cookie as the Cookie header has it."""
        return f"{self.name}={self.value}" if self.name else self.value


def _bucket(domain: str) -> str:
    return domain if is_address(domain) else ".".join(domain.rsplit(".", 2)[-2:])


class Store:
    """Cookies in buckets by the last two labels of their domain, so that a request looks only at what may concern it.

    Two domains of which one covers the other share a bucket: a domain of one label is a public suffix, and covers none.
    """

    def __init__(self) -> None:
        self._buckets: dict[str, dict[Identity, Cookie]] = {}
        self._last_access: dict[Identity, datetime] = {}
        self._next_expiry = LATEST

    def __iter__(self) -> Iterator[Cookie]:
        for bucket in self._buckets.values():
            yield from bucket.values()

    def __len__(self) -> int:
        return len(self._last_access)

    def around(self, host: str) -> list[Cookie]:
        """Return the cookies of `host` and of its neighbours, those that came first first."""
        return list(self._buckets.get(_bucket(host), {}).values())

    def get(self, cookie: Cookie) -> Cookie | None:
        """Return the stored cookie with the identity of `cookie`."""
        return self._buckets.get(_bucket(cookie.domain), {}).get(cookie.identity)

    def put(self, cookie: Cookie, now: datetime, *, keep_place: bool) -> None:
        """Store `cookie`. With `keep_place` it stands where its predecessor stood, otherwise behind all others."""
        bucket = self._buckets.setdefault(_bucket(cookie.domain), {})
        if not keep_place:
            bucket.pop(cookie.identity, None)
        bucket[cookie.identity] = cookie
        self._last_access[cookie.identity] = now
        if cookie.expires:
            self._next_expiry = min(self._next_expiry, cookie.expires)

    def remove(self, cookie: Cookie) -> None:
        """Remove the stored cookie with the identity of `cookie`."""
        del self._buckets[_bucket(cookie.domain)][cookie.identity]
        del self._last_access[cookie.identity]

    def touch(self, cookie: Cookie, now: datetime, engine: Engine) -> None:
        """Note that `cookie` was sent."""
        if now - self._last_access[cookie.identity] >= engine.used_every:
            self._last_access[cookie.identity] = now

    def sweep(self, now: datetime) -> None:
        """Remove the cookies that have expired."""
        if now < self._next_expiry:
            return
        for cookie in [each for each in self if each.expires and each.expires <= now]:
            self.remove(cookie)
        self._next_expiry = min((each.expires for each in self if each.expires), default=LATEST)

    def end_session(self) -> None:
        """Remove the session cookies."""
        for cookie in [each for each in self if each.expires is None]:
            self.remove(cookie)

    def make_room(self, cookie: Cookie, now: datetime, engine: Engine) -> tuple[Cookie, ...]:
        """Evict what is too much now that `cookie` has come, and return it: first of its domain, then of all."""
        evicted = self._too_many(cookie, engine) if len(self._buckets[_bucket(cookie.domain)]) > 1 else []
        for each in evicted:
            self.remove(each)
        if len(self) > engine.total_limit:
            for each in self._too_many_in_all(now, engine):
                self.remove(each)
                evicted.append(each)
        return tuple(evicted)

    def _too_many_in_all(self, now: datetime, engine: Engine) -> list[Cookie]:
        counted = [each for each in self if engine.total_has_partitions or not each.partitioned]
        if len(counted) <= engine.total_limit:
            return []
        unused = [each for each in counted if now - self._last_access[each.identity] >= engine.total_spares]
        unused.sort(key=lambda each: (engine.total_plain_first and each.secure, self._last_access[each.identity]))
        return unused[: len(counted) - engine.total_keep]

    def _too_many(self, cookie: Cookie, engine: Engine) -> list[Cookie]:
        sharing = self.around(cookie.domain)
        if engine.counts_sites:
            site = registrable_domain(cookie.domain)
            sharing = [
                each
                for each in sharing
                if each.partition == cookie.partition and registrable_domain(each.domain) == site
            ]
        else:
            sharing = [each for each in sharing if each.domain == cookie.domain]
        sharing.sort(key=lambda each: self._last_access[each.identity])
        if not (engine.counts_sites and cookie.partitioned):
            excess = len(sharing) - engine.domain_keep if len(sharing) > engine.domain_limit else 0
            return _EVICTION[engine.evicts](sharing, cookie, excess) if excess else []
        victims = sharing[: len(sharing) - engine.partition_keep] if len(sharing) > engine.partition_limit else []
        if engine.partition_bytes and _size(sharing) > engine.partition_bytes:
            while _size(sharing[len(victims) :]) > engine.partition_keep_bytes:
                victims = sharing[: len(victims) + 1]
        return victims


def _size(cookies: list[Cookie]) -> int:
    return sum(len(each.name) + len(each.value) for each in cookies)


# Each is given the cookies that share a limit, those unused longest first, the newcomer among them, and how many are to
# go at most.


def _plain_first(sharing: list[Cookie], _newcomer: Cookie, excess: int) -> list[Cookie]:
    """Those without Secure go before those with it."""
    return sorted(sharing, key=lambda each: each.secure)[:excess]


def _one_kind(sharing: list[Cookie], newcomer: Cookie, excess: int) -> list[Cookie]:
    """Firefox: of those without Secure as many as there are; only where there are none, Secure ones.

    For a newcomer without Secure no Secure cookie goes: the newcomer itself does.
    """
    others = [each for each in sharing if each is not newcomer]
    plain = [each for each in others if not each.secure]
    return (plain or (others if newcomer.secure else [newcomer]))[:excess]


def _by_priority(sharing: list[Cookie], _newcomer: Cookie, excess: int) -> list[Cookie]:
    """Chromium: in rounds, each of which leaves a number of cookies of its priority alone."""
    victims: list[Cookie] = []
    for priority, left_alone, secure_too in _ROUNDS:
        level = [each for each in sharing if each.priority == priority and each not in victims]
        plain = [each for each in level if not each.secure]
        protected = left_alone if secure_too else max(left_alone, len(level) - len(plain))
        number = min(len(level) - protected, excess - len(victims))
        victims += (level if secure_too else plain)[: max(number, 0)]
    return victims


_ROUNDS = [
    ("Low", 30, False),
    ("Low", 30, True),
    ("Medium", 50, False),
    ("High", 70, False),
    ("Medium", 50, True),
    ("High", 70, True),
]
_EVICTION = {"plain first": _plain_first, "one kind": _one_kind, "priorities": _by_priority}
