"""What the visitor's choice means for each category."""

from functools import lru_cache
from hashlib import sha256

from flask import g, request

from webapp import clock
from webapp.cookies import Category, Registry, current_jar, forget, registry
from webapp.i18n import N_

from .cookies import CONSENT, OPTIONAL, Choice

_WAITS = N_("They wait for your yes: you have not chosen yet, or our cookies have changed since you did.")
_REFUSED = N_("You refused the cookies of this category.")
_ALL = frozenset(OPTIONAL)
_GPC = N_("Your browser sends Sec-GPC: 1 (Global Privacy Control), which we take as a no to history.")


def revision() -> str:
    """Return what stands for the kind of all optional cookies: names, categories, lifetimes, paths.

    With another revision the visitor is asked again; another wording of a purpose is no reason to ask.
    """
    return _revision(registry())


@lru_cache(maxsize=8)  # every page asks, and the declarations of an app stand when it starts
def _revision(declared: Registry) -> str:
    kinds = sorted(
        f"{cookie.name} {cookie.category.value} {cookie.max_age} {cookie.path}"
        for cookie in declared
        if cookie.category in OPTIONAL
    )
    return sha256("\n".join(kinds).encode()).hexdigest()[:6]


def recorded() -> Choice | None:
    """Return what the visitor chose last, perhaps of an older revision; read once a request."""
    if "consent" not in g:
        g.consent = CONSENT.get()
    return g.consent


def choice() -> Choice | None:
    """Return what the visitor chose; None when they were never asked, or when what they were asked has changed."""
    chosen = recorded()
    return chosen if chosen and chosen.revision == revision() else None


def asks() -> str | None:
    """Return whether the visitor is to be asked: None, `first`, or `again` where the declarations have changed."""
    if choice():
        return None
    return "again" if recorded() else "first"


def choose(wanted: frozenset[Category]) -> None:
    """Record a choice, and take back every cookie that it does not cover; no history against the browser's own no."""
    if global_privacy_control():
        wanted -= {Category.HISTORY}
    CONSENT.set(Choice(wanted, revision(), clock.now()))
    g.pop("consent", None)
    g.pop("allowed", None)
    for category in refused():
        forget(category)


def global_privacy_control() -> bool:
    """Tell whether the browser sends `Sec-GPC: 1` (Global Privacy Control): a no to history, whatever was chosen."""
    return request.headers.get("Sec-GPC") == "1"


def refused() -> frozenset[Category]:
    """Return what the visitor or their browser said no to; a no still counts when the visitor is to be asked again."""
    chosen = recorded()
    by_visitor = _ALL - chosen.allowed if chosen else frozenset()
    return by_visitor | {Category.HISTORY} if global_privacy_control() else by_visitor


def allowed(category: Category) -> bool:
    """Answer the jar's question: may a cookie of this category be written?

    Until the visitor chose, preferences are kept, since these are only written when the visitor asks for one; history
    waits for a yes.
    """
    if category is Category.NECESSARY:
        return True
    if "allowed" not in g:
        waiting = set() if choice() else {Category.HISTORY}
        g.allowed = _ALL - refused() - waiting
    return category in g.allowed


def why_withheld(category: Category) -> str | None:
    """Return why cookies of a category are not written in this request, to be translated; None when they are."""
    if allowed(category):
        return None
    if category is Category.HISTORY and global_privacy_control():
        return _GPC
    return _REFUSED if category in refused() else _WAITS


def take_back_refused() -> None:
    """Take back the cookies of a refused category that still arrive: from another path, another tab, an older choice.

    The jar reads a cookie that is about to be deleted as absent, so nothing uses them either, and the jar need not
    ask for consent on every read. Where nobody said no yet, what arrives may be read: it came by an earlier yes.
    """
    gone = refused()
    if not gone:
        return
    find = registry().find
    if any((cookie := find(name)) and cookie.category in gone for name, _ in current_jar().received):
        for category in gone:
            forget(category)
