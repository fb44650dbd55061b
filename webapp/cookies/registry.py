"""The registry: every declaration of one app, found by the name that a browser sends."""

from collections.abc import Iterator

from .declaration import Cookie
from .header import bare


class Registry:
    """The declarations of one app; collected per app, since a global registry would leak between tests."""

    def __init__(self) -> None:
        self._cookies: dict[str, Cookie] = {}
        self._starts: dict[str, Cookie] = {}
        self._owners: dict[str, str] = {}

    def declare(self, owner: str, *cookies: Cookie) -> None:
        """Add declarations of the package `owner`; ValueError when two would answer to one name."""
        for cookie in cookies:
            if self.find(cookie.name) or any(cookie.name and known.startswith(cookie.name) for known in self._starts):
                raise ValueError(f"the cookie name {cookie.name!r} is declared twice")
            (self._starts if cookie.many else self._cookies)[cookie.name] = cookie
            self._owners[cookie.name] = owner

    def find(self, name: str) -> Cookie | None:
        """Return the declaration that a name on the wire belongs to, None for a stranger's cookie."""
        name = bare(name)
        if name in self._cookies:
            return self._cookies[name]
        return next((cookie for start, cookie in self._starts.items() if start and name.startswith(start)), None)

    def owner(self, cookie: Cookie) -> str:
        """Return the package that declared the cookie, or the family that it is a member of."""
        return self._owners.get(cookie.name) or self._owners[self.find(cookie.name).name]

    def __iter__(self) -> Iterator[Cookie]:
        yield from self._cookies.values()
        yield from self._starts.values()
