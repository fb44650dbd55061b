"""The calls of a cookie, for whoever declared it: each asks the jar of this request."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from itertools import chain, islice
from operator import itemgetter
from types import EllipsisType
from typing import Any

from .current import current_jar
from .declaration import Declaration, T


@dataclass(frozen=True, kw_only=True, eq=False)
class Cookie(Declaration[T]):
    """One cookie, by its declaration."""

    def get(self) -> T | None:
        """Return the value as the next request would read it: the default when absent, forged, malformed or expired."""
        return current_jar().get(self)

    def set(self, value: T, *, max_age: timedelta | EllipsisType | None = ...) -> None:
        """Ask for one `Set-Cookie` line; `max_age` may shorten the declared lifetime (None: to the browser's session).

        ValueError when the codec refuses the value or a browser would refuse the cookie.
        """
        current_jar().set(self, value, self.max_age if isinstance(max_age, EllipsisType) else max_age)

    def delete(self, *, strange: bool = False) -> None:
        """Ask for the line that removes the cookie (same name, path and attributes, a date in the past).

        One of this name that the app never wrote goes only where `strange` says so.
        """
        current_jar().delete(self, strange=strange)


@dataclass(frozen=True, kw_only=True, eq=False)
class Member(Cookie[T]):
    """One cookie of a family, whose name no other program would make up."""

    tells = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Family(Cookie[T]):
    """Cookies that share a declaration and differ in the end of their name, such as `recent_shop.<slug>`.

    One small cookie an item survives what one cookie with a list does not: two tabs that write at the same time.
    `key` is the pattern of the varying part; at most `limit` members are kept, the smallest values go first.
    `index`, of a family below a narrower path, is a family at `/` with the same keys: whoever writes a member writes
    there too, so that every page knows which members there are.
    """

    key: str
    limit: int
    index: "Family[Any] | None" = None

    many = tells = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.path != "/" and not (self.index and self.index.path == "/"):
            raise ValueError(
                f"{self.name!r}: a family's path is /, or it has an index there, else no page could find its members "
                "to delete them"
            )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a key, ready to be matched in full."""
        return re.compile(self.key, re.ASCII)

    @lru_cache(maxsize=1024)  # noqa: B019 - declarations live as long as the process
    def __getitem__(self, key: str) -> Cookie[T]:
        """Return the declaration of one member; KeyError when `key` does not match the family's pattern."""
        if not self.pattern.fullmatch(key):
            raise KeyError(key)
        values: dict[str, Any] = {field: getattr(self, field) for field in Cookie.__dataclass_fields__}
        return Member(**{**values, "name": self.name + key})

    def items(self) -> list[tuple[str, T]]:
        """Return the members that this browser holds as (key, value), the newest (largest value) first."""
        return self._sorted()[: self.limit]

    def add(self, key: str, value: T) -> None:
        """Write one member and delete the oldest beyond the limit."""
        self[key].set(value)
        for old, _ in self._sorted()[self.limit :]:
            self[old].delete()

    def clear(self) -> None:
        """Delete every member that this browser holds, and what the index says of them."""
        for member in self.members(current_jar().keys):
            member.delete()
        if self.index:
            self.index.clear()

    def members(self, keys: Callable[[Declaration[Any]], Iterable[str]]) -> list[Cookie[T]]:
        """Return the members that a jar's `keys` and the index tell of."""
        return [self[key] for key in islice(self._keys(keys), self._most)]

    def held(self) -> list[str]:
        """Return the keys of the members that this browser holds, by this request or by the index."""
        return list(islice(self._keys(current_jar().keys), self._most))

    @property
    def _most(self) -> int:
        return self.limit + 50  # a forged header may name thousands

    def _keys(self, keys: Callable[[Declaration[Any]], Iterable[str]]) -> Iterator[str]:
        found = dict.fromkeys(chain(keys(self), keys(self.index))) if self.index else keys(self)
        return filter(self.pattern.fullmatch, found)

    def _sorted(self) -> list[tuple[str, T]]:
        jar, newest = current_jar(), itemgetter(1)
        ours = ((key, value) for key in self._keys(jar.keys) if (value := jar.get(self[key])) is not None)
        return sorted(islice(ours, self._most), key=newest, reverse=True)
