"""The cookie policy: every declaration, as a visitor reads it."""

from typing import Any, NamedTuple

from webapp.cookies import Category, Declaration, current_jar, registry
from webapp.i18n import N_
from webapp.wire.record.masking import mask
from webapp.wire.show import explain
from webapp.wire.show.told import came

# What each category is called, and what one gets from it.
CATEGORIES = {
    Category.NECESSARY: (
        N_("Necessary"),
        N_("They keep you logged in, protect the forms you send, and hold what you put there yourself. Always on."),
    ),
    Category.PREFERENCES: (
        N_("Preferences"),
        N_("Your colours, your language and how you like pages to look are there again when you come back."),
    ),
    Category.HISTORY: (
        N_("History"),
        N_("We greet you when you return, lead back to what you looked at, mark what is new and suggest what fits."),
    ),
}


class Entry(NamedTuple):
    """One declaration, its name on the wire, and what each of its cookies says that came with this request."""

    cookie: Declaration[Any]
    name: str
    says: list[str]


def policy() -> dict[Category, list[Entry]]:
    """Return the entries of each category, in the order of CATEGORIES and by name."""
    jar, declared, arrived = current_jar(), registry(), came()
    found: dict[Category, list[Entry]] = {category: [] for category in CATEGORIES}
    for cookie in sorted(declared, key=jar.wire_name):
        says = [explain.says(cookie, name, mask(declared, name, text)) for name, text in arrived.get(cookie, ())]
        found[cookie.category].append(Entry(cookie, jar.wire_name(cookie), says))
    return found
