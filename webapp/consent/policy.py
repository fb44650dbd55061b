"""The cookie policy: every declaration, as a visitor reads it."""

from dataclasses import dataclass

from flask import current_app

from webapp.cookies import Category, Cookie, current_jar, registry
from webapp.i18n import N_

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
# What a package is called for those who don't know it; a site is called by its title.
_OWNERS = {
    "webapp.security": N_("Protection of forms"),
    "webapp.wire": N_("The cookie dock"),
    "webapp.consent": N_("Your choice about cookies"),
    "webapp.preferences": N_("Preferences"),
    "webapp.visits": N_("Visits"),
    "webapp.accounts": N_("Accounts"),
    "webapp.tutorial": N_("Your first cookie"),
    "webapp.lab": N_("The lab"),
    "webapp.lab.cross": N_("The cross-site bench"),
    "webapp.lab.stolen": N_("Stolen"),
    "webapp.lessons": N_("Lessons"),
    "webapp.classroom": N_("The instructor's side"),
    "webapp.httpbin": N_("Calls for programs"),
}


@dataclass(frozen=True)
class Entry:
    """One declaration: its name on the wire, whom it belongs to (to be translated), how many came with this request."""

    cookie: Cookie
    name: str
    attributes: str
    owner: str
    arrived: int


def policy() -> dict[Category, list[Entry]]:
    """Return the entries of each category, in the order of CATEGORIES and by name."""
    entries = sorted(map(_entry, registry()), key=lambda entry: entry.name)
    return {category: [entry for entry in entries if entry.cookie.category is category] for category in CATEGORIES}


def owner_title(cookie: Cookie) -> str:
    """Return what the package that declared a cookie is called, a text to be translated."""
    owner = registry().owner(cookie)
    site = current_app.extensions["crumb.sites"].get(owner.rpartition(".")[2])
    return site.title if site else _OWNERS.get(owner, owner)


def _entry(cookie: Cookie) -> Entry:
    jar = current_jar()
    return Entry(
        cookie=cookie,
        name=jar.wire_name(cookie),
        attributes="; ".join(cookie.attributes(current_app.config["SECURE"])),
        owner=owner_title(cookie),
        arrived=len([one for one, _ in jar.received if registry().find(one) is cookie]),
    )
