"""What is said once of a cookie: what it is for, how long it stays, who may see it, how its value is written."""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from .codecs import Codec
from .header import TOKEN

T = TypeVar("T")
LONGEST = timedelta(days=400)  # RFC 6265bis section 5.5: a user agent caps every lifetime there


class Category(enum.Enum):
    """What a visitor may allow or refuse as a whole."""

    NECESSARY = "necessary"
    PREFERENCES = "preferences"
    HISTORY = "history"


@dataclass(frozen=True, kw_only=True, eq=False)
class Declaration(Generic[T]):
    """The declaration of one cookie; reading, writing, the dock, the policy and the tests derive from it.

    `max_age` None makes a session cookie. `signed` adds a signature of the cookie's own and a server-checked age.
    `secret` says that who holds the value can act as its owner, so no page ever shows it whole.
    `private` says that the value holds what somebody wrote or gathered here: it goes with the history when they clear
    that at log-out, whatever its category.
    `library` names the library that writes the cookie itself; such a cookie is described here, not written.
    `apart` begins the name on plain http, where no name prefix keeps it apart from a cookie that other programs of this
    host have under the same name: cookies ignore ports.
    `says` returns what one value says, a sentence in the visitor's language, of a family's key ("" else) and the value;
    of a `secret` cookie it gets the text that a page may show in the place of the value. `does` is what the cookie does
    to a page that read it. `aside` says that the cookie is no part of what the app is for, but helps to look at it.
    `former` says that only earlier versions wrote it: it is still read, and deleted where it comes.
    """

    name: str
    purpose: str
    does: str = ""
    says: Callable[[str, Any], str] | None = None
    category: Category
    codec: Codec[T]
    default: T | None = None
    max_age: timedelta | None = None
    signed: bool = False
    secret: bool = False
    private: bool = False
    http_only: bool = True
    same_site: str = "Lax"
    path: str = "/"
    library: str | None = None
    apart: str = ""
    aside: bool = False
    former: bool = False

    many = False  # whether `name` is only how the names of several cookies begin
    tells = False  # whether a name alone says that the app wrote the cookie

    def __post_init__(self) -> None:
        if not TOKEN.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no cookie name: use a token as in RFC 9110 section 5.6.2")
        if self.name.startswith("__") or self.apart.startswith("__"):
            raise ValueError(f"{self.name!r}: leave name prefixes to the jar, which adds __Host- under https")
        if self.max_age is not None and not timedelta(0) < self.max_age <= LONGEST:
            raise ValueError(f"{self.name!r}: a lifetime is positive and at most 400 days")
        if self.same_site not in ("Strict", "Lax"):
            raise ValueError(f"{self.name!r}: same_site is Strict or Lax")
        if not self.path.startswith("/"):
            raise ValueError(f"{self.name!r}: a path starts with a slash")

    def members(self, keys: "Callable[[Declaration[Any]], Iterable[str]]") -> "Sequence[Declaration[T]]":
        """Return the cookies of this declaration that a browser holds, whose jar has those `keys` of a family."""
        return [self]

    @property
    def unseen(self) -> bool:
        """Tell whether to suppose it where a request does not bring it: no page at `/` sees a narrower path.

        Few browsers hold a former one, and not for long: nobody supposes it.
        """
        return self.path != "/" and not self.former

    def prefix(self, secure: bool) -> str:
        """Return what this cookie's name begins with on the wire: under https a name prefix (RFC 6265bis 4.1.3)."""
        if not secure:
            return self.apart
        return "__Host-" if self.path == "/" else "__Secure-"

    @cached_property
    def wire_names(self) -> tuple[str, str]:
        """The names on the wire, on plain http and under https."""
        return self.prefix(False) + self.name, self.prefix(True) + self.name

    def attributes(self, secure: bool) -> list[str]:
        """Return what every line of this cookie says beside its lifetime."""
        words = [f"Path={self.path}", f"SameSite={self.same_site}"]
        return [*words, *["HttpOnly"] * self.http_only, *["Secure"] * secure]
