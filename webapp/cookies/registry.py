"""The registry: every declaration of one app, found by the name that a browser sends."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .declaration import Declaration
from .header import bare


class Registry:
    """The declarations of one app; collected per app, since a global registry would leak between tests."""

    def __init__(self) -> None:
        self._cookies: dict[str, Declaration[Any]] = {}
        self._starts: dict[str, Declaration[Any]] = {}
        self._apart: dict[str, Declaration[Any]] = {}
        self._begins: tuple[str, ...] = ()
        self._owners: dict[str, str] = {}

    def declare(self, owner: str, *cookies: Declaration[Any]) -> None:
        """Add declarations of the package `owner`; ValueError when two would answer to one name."""
        for cookie in cookies:
            others = (*self._starts, *self._cookies) if cookie.many else ()
            if self.find(cookie.name) or any(cookie.name and known.startswith(cookie.name) for known in others):
                raise ValueError(f"the cookie name {cookie.name!r} is declared twice")
            (self._starts if cookie.many else self._cookies)[cookie.name] = cookie
            if cookie.apart:
                self._apart[cookie.apart + cookie.name] = cookie
            self._owners[cookie.name] = owner
            self._begins = tuple(filter(None, self._starts))
            Registry.find.cache_clear()

    @lru_cache(maxsize=4096)  # noqa: B019 - a registry lives as long as its app; a page asks for each name four times
    def find(self, name: str) -> Declaration[Any] | None:
        """Return the declaration that a name on the wire belongs to, None for a stranger's cookie."""
        name = bare(name)
        if found := self._cookies.get(name) or self._apart.get(name):
            return found
        if not name.startswith(self._begins):  # most of what a header of strangers brings
            return None
        return next(cookie for start, cookie in self._starts.items() if start and name.startswith(start))

    def owner(self, cookie: Declaration[Any]) -> str:
        """Return the package that declared the cookie, or the family that it is a member of."""
        declared = self.find(cookie.name) or cookie
        return self._owners[declared.name]

    def __iter__(self) -> Iterator[Declaration[Any]]:
        yield from self._cookies.values()
        yield from self._starts.values()
