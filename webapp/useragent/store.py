"""The cookie store: what is kept, when it expires, and what goes when it is full (RFC 6265bis, 5.7)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .dates import LATEST
from .engines import Engine
from .urls import is_address


@dataclass(frozen=True, slots=True)
class Cookie:
    """One stored cookie. `expires` is None for a session cookie; `partition` is a top-level site, or None."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: Literal["Strict", "Lax", "None", "Default"]
    partition: str | None
    expires: datetime | None
    creation: datetime

    @property
    def partitioned(self) -> bool:
        """Whether it is kept apart for each top-level site."""
        return self.partition is not None

    @property
    def identity(self) -> tuple:
        """What makes two lines speak of one cookie."""
        return (self.name, self.domain, self.host_only, self.path, self.partition)

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
        self._buckets: dict[str, dict[tuple, Cookie]] = {}
        self._last_access: dict[tuple, datetime] = {}
        self._in_domain: Counter[str] = Counter()
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
        if cookie.identity not in bucket:
            self._in_domain[cookie.domain] += 1
        elif not keep_place:
            del bucket[cookie.identity]
        bucket[cookie.identity] = cookie
        self._last_access[cookie.identity] = now
        if cookie.expires:
            self._next_expiry = min(self._next_expiry, cookie.expires)

    def remove(self, cookie: Cookie) -> None:
        """Remove the stored cookie with the identity of `cookie`."""
        del self._buckets[_bucket(cookie.domain)][cookie.identity]
        self._in_domain[cookie.domain] -= 1
        del self._last_access[cookie.identity]

    def touch(self, cookie: Cookie, now: datetime) -> None:
        """Note that `cookie` was sent."""
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

    def make_room(self, cookie: Cookie, engine: Engine) -> tuple[Cookie, ...]:
        """Evict what is too much now that `cookie` has come, and return it.

        Of a domain that has too many, those without Secure go first; otherwise the one that was used longest ago.
        """
        evicted: list[Cookie] = []
        if self._in_domain[cookie.domain] > engine.domain_limit:
            same_domain = [each for each in self.around(cookie.domain) if each.domain == cookie.domain]
            same_domain.sort(key=lambda each: (each.secure, self._last_access[each.identity]))
            evicted += same_domain[: len(same_domain) - engine.domain_keep]
        if len(self) - len(evicted) > engine.total_limit:
            gone = {each.identity for each in evicted}
            rest = [each for each in self if each.identity not in gone]
            rest.sort(key=lambda each: self._last_access[each.identity])
            evicted += rest[: len(rest) - engine.total_limit]
        for each in evicted:
            self.remove(each)
        return tuple(evicted)
