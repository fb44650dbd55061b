"""What can be said of each cookie of this request: it tells name and value, the declaration the rest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from itsdangerous.encoding import base64_decode, bytes_to_int

from webapp import clock
from webapp.cookies import Cookie, Family, bare, codecs, current_jar, registry, whose
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
    names = [name for name, _ in current_jar().received]
    return [_row(place, names) for place in range(len(names))]


def find(name: str) -> Row | None:
    """Return the row of a name; of several with that name the first, which is the one the server reads."""
    names = [each for each, _ in current_jar().received]
    return _row(names.index(name), names) if name in names else None


def header_size() -> int:
    """Return the octets of the Cookie header."""
    return len(request.headers.get("Cookie", ""))


def _row(place: int, names: list[str]) -> Row:
    name, value = current_jar().received[place]
    cookie = declaration(name, value)
    shown, accepted = mask(registry(), name, value), _accepted(cookie, value)
    strange = registry().find(name) is not whose(name, value)
    return Row(
        name=name,
        value=shown,
        size=len(name) + len(value),
        cookie=cookie,
        says="" if strange else explain.says(cookie, name, shown),
        accepted=accepted,
        strange=strange,
        born=_born(cookie, value) if cookie and accepted else None,
        before=names[:place].count(name),
        after=names[place + 1 :].count(name),
    )


def declaration(name: str, value: str) -> Cookie | None:
    """Return the declaration of a cookie, of a family that of the member."""
    cookie = registry().find(name)
    if isinstance(cookie, Family):
        try:
            return cookie[bare(name).removeprefix(cookie.name)]
        except KeyError:
            return None
    if cookie is None or isinstance(cookie, Sandbox):
        return cookie
    former = cookie.library and whose(name, value)  # under the name that it had before
    return cookie if former or current_jar().wire_name(cookie) == name else None


def _accepted(cookie: Cookie | None, value: str) -> bool | None:
    if cookie is None or isinstance(cookie, Sandbox):
        return None
    try:
        current_jar().decode(cookie, value)
    except ValueError:
        return False
    return True


def _born(cookie: Cookie, value: str) -> datetime | None:
    """Return the moment that stands in an accepted value; None where there is none, or one that is still to come."""
    if cookie.signed:  # the part before the signature (itsdangerous.TimestampSigner)
        born = datetime.fromtimestamp(bytes_to_int(base64_decode(value.split(".")[-2])), UTC)
    elif isinstance(cookie.codec, codecs.Timestamp):
        born = current_jar().decode(cookie, value)
    elif isinstance(cookie.codec, codecs.Stamped):
        born, _ = current_jar().decode(cookie, value)
    else:
        return None
    return born if born <= clock.now() else None
