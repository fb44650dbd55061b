"""The calls of a cookie, for whoever declared it: each asks the jar of this request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import islice
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

    def delete(self) -> None:
        """Ask for the line that removes the cookie (same name, path and attributes, a date in the past)."""
        current_jar().delete(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Family(Cookie[T]):
    """Cookies that share a declaration and differ in the end of their name, such as `recent_shop.<slug>`.

    One small cookie an item survives what one cookie with a list does not: two tabs that write at the same time.
    `key` is the pattern of the varying part; at most `limit` members are kept, the smallest values go first.
    """

    key: str
    limit: int

    many = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.path != "/":
            raise ValueError(f"{self.name!r}: a family's path is /, else no page could find its members to delete them")

    @lru_cache(maxsize=1024)  # noqa: B019 - declarations live as long as the process
    def __getitem__(self, key: str) -> Cookie[T]:
        """Return the declaration of one member; KeyError when `key` does not match the family's pattern."""
        if not re.fullmatch(self.key, key, re.ASCII):
            raise KeyError(key)
        values: dict[str, Any] = {field: getattr(self, field) for field in Cookie.__dataclass_fields__}
        return Cookie(**{**values, "name": self.name + key})

    def items(self) -> list[tuple[str, T]]:
        """Return the members that this browser holds as (key, value), the newest (largest value) first."""
        return self._sorted()[: self.limit]

    def add(self, key: str, value: T) -> None:
        """Write one member and delete the oldest beyond the limit."""
        self[key].set(value)
        for old, _ in self._sorted()[self.limit :]:
            self[old].delete()

    def clear(self) -> None:
        """Delete every member that this browser holds."""
        for key, _ in list(self._members()):
            self[key].delete()

    def _sorted(self) -> list[tuple[str, T]]:
        newest: Any = lambda member: member[1]  # noqa: E731
        return sorted(self._members(), key=newest, reverse=True)

    def _members(self) -> Iterator[tuple[str, T]]:
        jar = current_jar()
        keys = filter(re.compile(self.key, re.ASCII).fullmatch, jar.keys(self))
        for key in islice(keys, self.limit + 50):  # a forged header may name thousands
            if (value := jar.get(self[key])) is not None:
                yield key, value
