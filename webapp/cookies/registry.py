"""The registry: every declaration of one app, found by the name that a browser sends."""

from collections.abc import Iterator

from .declaration import Cookie, Family

_PREFIXES = ("__Host-", "__Secure-")


class Registry:
    """The declarations of one app; collected per app, since a global registry would leak between tests."""

    def __init__(self) -> None:
        self._cookies: dict[str, Cookie] = {}
        self._families: dict[str, Family] = {}
        self._owners: dict[str, str] = {}

    def declare(self, owner: str, *cookies: Cookie) -> None:
        """Add declarations of the package `owner`; ValueError when two would answer to one name."""
        for cookie in cookies:
            if self.find(cookie.name) or any(known.startswith(cookie.name) for known in self._families):
                raise ValueError(f"the cookie name {cookie.name!r} is declared twice")
            (self._families if isinstance(cookie, Family) else self._cookies)[cookie.name] = cookie
            self._owners[cookie.name] = owner

    def find(self, name: str) -> Cookie | None:
        """Return the declaration that a name on the wire belongs to, None for a stranger's cookie."""
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        if name in self._cookies:
            return self._cookies[name]
        return next((family for start, family in self._families.items() if name.startswith(start)), None)

    def owner(self, cookie: Cookie) -> str:
        """Return the package that declared the cookie."""
        return self._owners[cookie.name]

    def __iter__(self) -> Iterator[Cookie]:
        yield from self._cookies.values()
        yield from self._families.values()
