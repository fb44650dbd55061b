"""A cookie is declared once: what it is for, how long it stays, who may see it, how its value is written."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from types import EllipsisType
from typing import Any

from .codecs import Codec
from .header import TOKEN
from .jar import Jar, current_jar

LONGEST = timedelta(days=400)  # RFC 6265bis section 5.5: a user agent caps every lifetime there


class Category(enum.Enum):
    """What a visitor may allow or refuse as a whole."""

    NECESSARY = "necessary"
    PREFERENCES = "preferences"
    HISTORY = "history"


@dataclass(frozen=True, kw_only=True, eq=False)
class Cookie:
    """The declaration of one cookie; reading, writing, the dock, the policy and the tests derive from it.

    `max_age` None makes a session cookie. `signed` adds a signature of the cookie's own and a server-checked age.
    `secret` says that who holds the value can act as its owner, so no page ever shows it whole.
    `private` says that the value holds what somebody wrote or gathered here: it goes with the history when they clear
    that at log-out, whatever its category.
    `library` names the library that writes the cookie itself; such a cookie is described here, not written.
    """

    name: str
    purpose: str
    category: Category
    codec: Codec
    default: Any = None
    max_age: timedelta | None = None
    signed: bool = False
    secret: bool = False
    private: bool = False
    http_only: bool = True
    same_site: str = "Lax"
    path: str = "/"
    library: str | None = None

    many = False  # whether `name` is only how the names of several cookies begin

    def __post_init__(self) -> None:
        if not TOKEN.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no cookie name: use a token as in RFC 9110 section 5.6.2")
        if self.name.startswith("__"):
            raise ValueError(f"{self.name!r}: leave name prefixes to the jar, which adds __Host- under https")
        if self.max_age is not None and not timedelta(0) < self.max_age <= LONGEST:
            raise ValueError(f"{self.name!r}: a lifetime is positive and at most 400 days")
        if self.same_site not in ("Strict", "Lax"):
            raise ValueError(f"{self.name!r}: same_site is Strict or Lax")
        if not self.path.startswith("/"):
            raise ValueError(f"{self.name!r}: a path starts with a slash")

    def get(self) -> Any:
        """Return the value as the next request would read it: the default when absent, forged, malformed or expired."""
        return current_jar().get(self)

    def set(self, value: Any, *, max_age: timedelta | EllipsisType | None = ...) -> None:
        """Ask for one `Set-Cookie` line; `max_age` may shorten the declared lifetime (None: to the browser's session).

        ValueError when the codec refuses the value or a browser would refuse the cookie.
        """
        current_jar().set(self, value, self.max_age if max_age is ... else max_age)

    def delete(self) -> None:
        """Ask for the line that removes the cookie (same name, path and attributes, a date in the past)."""
        current_jar().delete(self)

    def prefix(self, secure: bool) -> str:
        """Return the name prefix that this cookie carries on the wire (RFC 6265bis section 4.1.3)."""
        if not secure:
            return ""
        return "__Host-" if self.path == "/" else "__Secure-"

    def attributes(self, secure: bool) -> list[str]:
        """Return what every line of this cookie says beside its lifetime."""
        words = [f"Path={self.path}", f"SameSite={self.same_site}"]
        return [*words, *["HttpOnly"] * self.http_only, *["Secure"] * secure]


@dataclass(frozen=True, kw_only=True, eq=False)
class Family(Cookie):
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
    def __getitem__(self, key: str) -> Cookie:
        """Return the declaration of one member; KeyError when `key` does not match the family's pattern."""
        if not re.fullmatch(self.key, key, re.ASCII):
            raise KeyError(key)
        values = {field: getattr(self, field) for field in Cookie.__dataclass_fields__}
        return Cookie(**{**values, "name": self.name + key})

    def items(self) -> list[tuple[str, Any]]:
        """Return the members that this browser holds as (key, value), the newest (largest value) first."""
        return sorted(self._members(), key=lambda member: member[1], reverse=True)[: self.limit]

    def add(self, key: str, value: Any) -> None:
        """Write one member and delete the oldest beyond the limit."""
        self[key].set(value)
        members = sorted(self._members(), key=lambda member: member[1], reverse=True)
        for old, _ in members[self.limit :]:
            self[old].delete()

    def clear(self) -> None:
        """Delete every member that this browser holds."""
        for key, _ in list(self._members()):
            self[key].delete()

    def _members(self) -> Iterator[tuple[str, Any]]:
        jar: Jar = current_jar()
        keys = filter(re.compile(self.key, re.ASCII).fullmatch, jar.keys(self))
        for key in islice(keys, self.limit + 50):  # a forged header may name thousands
            if (value := jar.get(self[key])) is not None:
                yield key, value
