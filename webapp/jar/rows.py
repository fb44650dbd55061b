"""What can be said of each cookie of this request: it tells name and value, the declaration the rest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import request
from itsdangerous.encoding import base64_decode, bytes_to_int

from webapp import clock
from webapp.cookies import Cookie, Family, Jar, Registry, bare, codecs, current_jar, registry
from webapp.house import house
from webapp.i18n import N_
from webapp.sandbox import Sandbox
from webapp.wire.record.masking import mask
from webapp.wire.show import explain

NOT_OURS = N_("Not Crumb's")
LONGEST_HEADER = 8192  # octets of Cookie header that many servers read: gunicorn answers 431 above 8190


@dataclass(frozen=True)
class Row:
    """One cookie of the request, its value masked where it is a credential.

    `cookie` is its declaration, of a family that of the member; None for a cookie that the site never set. `strange`
    says that the name is one of the site's and the value is not.
    `accepted` tells whether the server takes the value for what it says, None where nobody can tell.
    `born` is when it was set, where its value tells. `before` counts the cookies of the same name that came before it,
    `after` those that came after it.
    """

    name: str
    value: str
    size: int
    cookie: Cookie | None
    says: str
    accepted: bool | None
    strange: bool
    born: datetime | None
    before: int
    after: int

    @property
    def purpose(self) -> str:
        """Return what it is for, to be translated."""
        return explain.purpose(self.cookie, self.strange)

    @property
    def owner(self) -> str:
        """Return the title of the feature that it belongs to, to be translated; what is not ours says so."""
        return house().title_of(self.cookie) if self.cookie and not self.strange else NOT_OURS

    @property
    def plain(self) -> bool:
        """Tell whether a visitor may write the value by hand: it is declared, and trusted by nobody."""
        return (
            self.cookie is not None
            and not (self.cookie.signed or self.cookie.secret or self.cookie.library)
            and not self.cookie.many
        )

    @property
    def deletable(self) -> bool:
        """Tell whether the site can delete it: what it set itself, since a deletion names the path."""
        return self.cookie is not None and not self.cookie.many

    @property
    def lifetime(self) -> timedelta | None:
        """Return how long it is kept; None for a session cookie, or when nobody can tell."""
        return self.cookie.max_age if self.cookie and not self.strange else None

    @property
    def passed(self) -> timedelta | None:
        """Return how much of its lifetime is over, where that can be told."""
        return clock.now() - self.born if self.born and self.lifetime else None


def rows() -> list[Row]:
    """Return a row for each cookie of the request, in the order of its header."""
    jar, declared = current_jar(), registry()
    names = [name for name, _ in jar.received]
    return [_row(jar, declared, place, names) for place in range(len(names))]


def find(name: str) -> Row | None:
    """Return the row of a name; of several with that name the first, which is the one the server reads."""
    jar = current_jar()
    names = [each for each, _ in jar.received]
    return _row(jar, registry(), names.index(name), names) if name in names else None


def header_size() -> int:
    """Return the octets of the Cookie header."""
    return len(request.headers.get("Cookie", ""))


def _row(jar: Jar, declared: Registry, place: int, names: list[str]) -> Row:
    name, value = jar.received[place]
    found = declared.find(name)
    strange = found is not None and not jar.wrote(found, name, value)
    cookie = _declaration(jar, found, name, strange)
    shown, accepted, born = mask(declared, name, value), None, None
    if cookie is not None and not isinstance(cookie, Sandbox):
        try:
            decoded = jar.decode(cookie, value)
        except ValueError:
            accepted = False
        else:
            accepted, born = True, _born(cookie, value, decoded)
    return Row(
        name=name,
        value=shown,
        size=len(name) + len(value),
        cookie=cookie,
        says="" if strange else explain.says(cookie, name, shown),
        accepted=accepted,
        strange=strange,
        born=born,
        before=names[:place].count(name),
        after=names[place + 1 :].count(name),
    )


def _declaration(jar: Jar, found: Cookie | None, name: str, strange: bool) -> Cookie | None:
    """Return the declaration of a cookie whose name it answers to, of a family that of the member."""
    if isinstance(found, Family):
        try:
            return found[bare(name).removeprefix(found.name)]
        except KeyError:
            return None
    if found is None or isinstance(found, Sandbox):
        return found
    former = found.library and not strange  # under the name that it had before
    return found if former or jar.wire_name(found) == name else None


def _born(cookie: Cookie, value: str, decoded: Any) -> datetime | None:
    """Return the moment that stands in an accepted value; None where there is none, or one that is still to come."""
    if cookie.signed:  # the part before the signature (itsdangerous.TimestampSigner)
        born = datetime.fromtimestamp(bytes_to_int(base64_decode(value.split(".")[-2])), UTC)
    elif isinstance(cookie.codec, codecs.Timestamp):
        born = decoded
    elif isinstance(cookie.codec, codecs.Stamped):
        born, _ = decoded
    else:
        return None
    return born if born <= clock.now() else None
