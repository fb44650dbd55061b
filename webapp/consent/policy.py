"""The cookie policy: every declaration, as a visitor reads it."""

from dataclasses import dataclass

from flask import current_app

from webapp.cookies import Category, Cookie, current_jar, registry, whose
from webapp.house import house
from webapp.i18n import N_
from webapp.wire.record.masking import mask
from webapp.wire.show import explain

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


@dataclass(frozen=True)
class Entry:
    """One declaration: its name on the wire, whom it belongs to (to be translated), how many came with this request.

    `says` is what each of those says.
    """

    cookie: Cookie
    name: str
    attributes: str
    owner: str
    arrived: int
    says: list[str]


def policy() -> dict[Category, list[Entry]]:
    """Return the entries of each category, in the order of CATEGORIES and by name."""
    entries = sorted(map(_entry, registry()), key=lambda entry: entry.name)
    return {category: [entry for entry in entries if entry.cookie.category is category] for category in CATEGORIES}


def _entry(cookie: Cookie) -> Entry:
    jar = current_jar()
    arrived = [(name, text) for name, text in jar.received if whose(name, text) is cookie]
    return Entry(
        cookie=cookie,
        name=jar.wire_name(cookie),
        attributes="; ".join(cookie.attributes(current_app.config["SECURE"])),
        owner=house().title_of(cookie),
        arrived=len(arrived),
        says=[explain.says(cookie, name, mask(registry(), name, text)) for name, text in arrived],
    )
