"""What a cookie, an attribute or a value on the wire means, in words."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from webapp import clock
from webapp.cookies import Cookie, Family, bare, pair, registry
from webapp.i18n import N_, duration, gettext, moment
from webapp.useragent.dates import parse_cookie_date
from webapp.wire.record.exchange import SetCookie

_ATTRIBUTES = {
    "Max-Age": N_("How long the browser keeps the cookie: %(duration)s. Browsers cap this at 400 days."),
    "Expires": N_("When the browser throws the cookie away: %(moment)s (UTC). Max-Age, where given, beats it."),
    "Path": N_("The browser sends the cookie to this path and those below only. It tidies up; it protects nothing."),
    "HttpOnly": N_("Scripts in the page can neither read nor change the cookie."),
    "Secure": N_("The browser sends the cookie over secure connections only."),
    "SameSite=Lax": N_("Other sites may link here with the cookie, but not post forms or load pictures with it."),
    "SameSite=Strict": N_("The browser sends the cookie with no request that another site causes."),
    "SameSite=None": N_("The browser sends the cookie with requests from other sites too. That needs Secure."),
    "Domain": N_("Subdomains get the cookie as well. Without this attribute only this very host does."),
    "Partitioned": N_("Embedded in another site, the cookie is kept in a store of its own for that site."),
}
_UNKNOWN = N_("Not one of Crumb's cookies: another program of this host's set it, or somebody by hand.")
_STRANGE = N_(
    "A cookie of this name, not ours: Crumb never wrote this value. Cookies ignore ports, so another program of this "
    "host set it, or somebody by hand. It stays until you do something here that needs the name."
)
TAKEN = N_(
    "Another program's cookie has this name, and merely looking at a page does not overwrite it. Delete it in “My "
    "cookies”, and ours can be kept."
)
NO_LIFETIME = N_("No Max-Age and no Expires: a session cookie, gone when the browser's session ends.")
GONE = N_("Zero seconds, or a date in the past: the browser deletes the cookie now.")


def attribute(name: str, value: str) -> str:
    """Return a sentence on one attribute of a Set-Cookie line, "" for one unknown (RFC 6265bis section 4.1.2)."""
    if name == "Max-Age" and re.fullmatch("-?[0-9]{1,9}", value):
        seconds = int(value)
        return gettext(GONE) if seconds <= 0 else gettext(_ATTRIBUTES[name], duration=duration(seconds))
    if name == "Expires":
        when = parse_cookie_date(value)
        if when is None:
            return ""
        return gettext(GONE) if when.year <= 1970 else gettext(_ATTRIBUTES[name], moment=moment(when))
    known = _ATTRIBUTES.get(name) or _ATTRIBUTES.get(pair(name, value))
    return gettext(known) if known else ""  # of an empty text a catalogue has its own head


def kept(line: SetCookie) -> str:
    """Return how long a Set-Cookie line lets the browser keep the cookie, in a few words (RFC 6265bis section 5.7)."""
    attributes = dict(line.attributes)
    if line.deletes:
        return gettext("The browser deletes it.")
    if re.fullmatch("[0-9]{1,9}", attributes.get("Max-Age", "")):
        return gettext("Kept %(duration)s.", duration=duration(int(attributes["Max-Age"])))
    when = parse_cookie_date(attributes.get("Expires", ""))
    return gettext("Kept until %(moment)s (UTC).", moment=moment(when)) if when else gettext("Goes with the browser.")


class Lifetime(NamedTuple):
    """How long the cookie of a line is kept, and how much of that is over, in seconds; `ends` is the moment."""

    passed: int
    whole: int
    ends: datetime


def lifetime(line: SetCookie, at: datetime) -> Lifetime | None:
    """Return the lifetime that a line gives, written `at` a moment (RFC 6265bis section 5.7), None for none."""
    attributes = dict(line.attributes)
    if re.fullmatch("[0-9]{1,9}", attributes.get("Max-Age", "")):
        ends = at + timedelta(seconds=int(attributes["Max-Age"]))
    else:
        ends = parse_cookie_date(attributes.get("Expires", "")) or at
    whole = int((ends - at).total_seconds())
    return Lifetime(min(int((clock.now() - at).total_seconds()), whole), whole, ends) if whole > 0 else None


def purpose(cookie: Cookie | None, strange: bool = False) -> str:
    """Return what a cookie is for, to be translated; `strange` says that the name is ours and the value is not."""
    if strange:
        return _STRANGE
    return cookie.purpose if cookie else _UNKNOWN


def says(cookie: Cookie | None, name: str, value: str) -> str:
    """Return what a value says, masked as a page shows it: a sentence, "" where nothing can be said.

    A moment that is still to come was made up, and says nothing.
    """
    if cookie is None or cookie.says is None or not value:
        return ""
    declared = registry().find(name) or cookie  # of a member the family, which tells where its key begins
    key = bare(name).removeprefix(declared.name) if declared.many else ""
    if isinstance(declared, Family) and not declared.pattern.fullmatch(key):
        return ""
    if declared.secret:
        return cookie.says(key, value)
    try:
        decoded = declared.codec.decode(value.rsplit(".", 2)[0] if declared.signed else value)
    except ValueError:
        return ""
    parts = decoded if isinstance(decoded, tuple) else (decoded,)
    made_up = any(isinstance(part, datetime) and clock.is_made_up(part) for part in parts)
    return "" if made_up else cookie.says(key, decoded)
