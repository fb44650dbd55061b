"""What the cookies of a request told the site, for pages that say so in words."""

from typing import Any, NamedTuple

from webapp.cookies import Category, Declaration, current_jar, registry
from webapp.i18n import gettext
from webapp.wire.record.masking import mask

from . import explain


class Told(NamedTuple):
    """The cookies of one declaration that came: the name of the first, what it says, and how many they are."""

    cookie: Declaration[Any]
    name: str
    says: str
    number: int


def came() -> dict[Declaration[Any], list[tuple[str, str]]]:
    """Return the names and values of the site's own cookies that came, by their declarations."""
    jar, find, found = current_jar(), registry().find, {}
    for name, text in jar.received:
        if (cookie := find(name)) and jar.wrote(cookie, name, text):
            found.setdefault(cookie, []).append((name, text))
    return found


def told() -> tuple[list[Told], int]:
    """Return what came by declaration, and how many cookies are not the site's.

    Necessary cookies come last: they say least about a person.
    """
    found = [_told(cookie, *pairs[0], len(pairs)) for cookie, pairs in came().items()]
    found.sort(key=lambda each: each.cookie.category is Category.NECESSARY)
    return found, len(current_jar().received) - sum(each.number for each in found)


def _told(cookie: Declaration[Any], name: str, text: str, number: int) -> Told:
    shown = mask(registry(), name, text) if cookie.secret or cookie.signed else text
    return Told(cookie, name, explain.says(cookie, name, shown) or gettext(cookie.purpose), number)
