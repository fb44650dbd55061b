"""What the visitor's choice means for each category."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from flask import current_app

from webapp import clock
from webapp.cookies import Category, Consent, Registry, current_jar, forget, registry
from webapp.cookies.direct import this_g, this_request
from webapp.i18n import N_
from webapp.signals import choice_made
from webapp.wire.record.exchange import fetched_ahead

from .cookies import CONSENT, OPTIONAL, Choice

Answer = Literal["yes", "session", "waits", "refused", "signal", "unseen"]
_WHY = {
    "session": N_("You refused the cookies of this category: what you choose by hand goes when you close the browser."),
    "waits": N_("Held back until you choose."),
    "refused": N_("You refused the cookies of this category."),
    "signal": N_("Your browser sends Sec-GPC: 1 (Global Privacy Control): a no to history, until you allow it."),
    "unseen": N_("Nobody looks at this yet: your browser fetched the page ahead, or asked for its header lines alone."),
}


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


def answers(chosen: Choice | None, revision: str, signal: bool, unseen: bool = False) -> dict[Category, Answer]:
    """Return what a visitor's choice and their browser's signal say to each optional category.

    Preferences are only written when the visitor asks for one, so they are kept until the visitor refuses, and even
    then for the browser's session (Article 29 Working Party, opinion 04/2012, section 3.6). History waits for a yes,
    and the signal is a no until then. A no still counts when the visitor is to be asked again.

    An answer that nobody looks at is no visit, and nobody's choice: `unseen` holds back what is allowed.
    """
    found = {category: _answer(category, chosen, revision, signal) for category in OPTIONAL}
    held: Answer = "unseen"
    return {category: held if unseen and answer in ("yes", "session") else answer for category, answer in found.items()}


def _answer(category: Category, chosen: Choice | None, revision: str, signal: bool) -> Answer:
    if category is Category.PREFERENCES:
        return "session" if chosen and category not in chosen.allowed else "yes"
    if chosen is None:
        return "signal" if signal else "waits"
    if category not in chosen.allowed:
        return "refused"
    return "yes" if chosen.revision == revision else "waits"


@dataclass(frozen=True)
class _Consent:
    chosen: Choice | None
    answers: dict[Category, Answer]


def _here() -> _Consent:
    known = this_g()
    if "consent" not in known:
        chosen, request = CONSENT.get(), this_request()
        unseen = request.method == "HEAD" or fetched_ahead(request)
        known.consent = _Consent(chosen, answers(chosen, revision(), global_privacy_control(), unseen))
    return known.consent


def recorded() -> Choice | None:
    """Return what the visitor chose last, perhaps of an older revision."""
    return _here().chosen


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
    """Record a choice, and take back every cookie that it does not cover; a yes by hand counts more than the signal."""
    CONSENT.set(Choice(wanted, revision(), clock.now()))
    this_g().pop("consent", None)
    for category in OPTIONAL:
        if category not in wanted:
            forget(category)
    choice_made.send(current_app._get_current_object())


def global_privacy_control() -> bool:
    """Tell whether the browser sends `Sec-GPC: 1` (Global Privacy Control): a no to history, until asked."""
    return this_request().headers.get("Sec-GPC") == "1"


def allowed(category: Category) -> Consent:
    """Answer the jar's question: may a cookie of this category be written, and for how long?"""
    answer = "yes" if category is Category.NECESSARY else _here().answers[category]
    return answer if answer in ("yes", "session") else "no"


def why_withheld(category: Category) -> str | None:
    """Return why cookies of a category are not written, or not for long, to be translated; None when they are."""
    return None if category is Category.NECESSARY else _WHY.get(_here().answers[category])


def take_back_refused() -> None:
    """Take back the cookies of a refused category that still arrive: from another path, another tab, an older choice.

    The jar reads a cookie that is about to be deleted as absent, so nothing uses them either, and the jar need not
    ask for consent on every read. Where nobody said no yet, what arrives may be read: it came by an earlier yes.
    """
    gone = {category for category, answer in _here().answers.items() if answer in ("refused", "signal")}
    if not gone:
        return
    find = registry().find
    if any((cookie := find(name)) and cookie.category in gone for name, _ in current_jar().received):
        for category in gone:
            forget(category)
