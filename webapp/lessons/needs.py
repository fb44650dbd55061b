"""What a step needs of the visitor and of this installation: one list for all lessons."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user

from webapp.address import location
from webapp.house import house
from webapp.i18n import N_
from webapp.useragent import ENGINES
from webapp.wire.record.exchange import engine_of

from .lesson import Seen


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that has to be there: `short` names it in a list, `says` asks for it before a step.

    `met` tells whether it is there, None where only the visitor can know. `brings` is what crosses the wire when
    somebody gets it. The bar has a button or a link that brings it, by the need's key.
    """

    short: str
    says: str
    met: Callable[[], bool | None]
    brings: tuple[Seen, ...] = ()


def _keeps(category: str) -> bool:
    return current_app.jinja_env.globals["why_withheld"](category) is None


def _is_trustworthy() -> bool:
    here, engine = location(), ENGINES[engine_of(request.headers.get("User-Agent", ""))]
    return here.scheme == "https" or (here.is_loopback and engine.trusts_loopback)


_ROLES = {"attacker", "tracker", "social", "shop", "forum", "crowd", "guest"}
NEEDS = {
    "logged_in": Need(
        short=N_("logged in"),
        says=N_("This step is for somebody who is logged in."),
        met=lambda: current_user.is_authenticated,
        brings=(
            Seen(method="POST", path="/login"),
            Seen(method="POST", path="/login/drawn"),
            Seen(method="POST", path="/register"),
        ),
    ),
    "remembered": Need(
        short=N_("remembered"),
        says=N_("This step is for somebody who is logged in, with “… and remember me”."),
        met=lambda: current_user.remembered_until is not None,
    ),
    "password": Need(
        short=N_("an account with a password"),
        says=N_("This step asks for a password, and your account has none. Take another one for it."),
        met=lambda: current_user.ends is None if current_user.is_authenticated else None,
    ),
    "history": Need(
        short=N_("history allowed"),
        says=N_("This step needs cookies of your history, and your choice does not allow them."),
        met=lambda: _keeps("history"),
        brings=(Seen(method="POST", path="/consent"),),
    ),
    "preferences": Need(
        short=N_("preferences allowed"),
        says=N_("This step needs preferences that last, and your choice keeps them for this session only."),
        met=lambda: _keeps("preferences"),
    ),
    "script": Need(
        short=N_("JavaScript"),
        says=N_("This step needs JavaScript, and in your browser it is off."),
        met=lambda: None,
    ),
    "close": Need(
        short=N_("closing the browser"),
        says=N_("Closing the browser closes your other pages too: keep what you need of them."),
        met=lambda: None,
    ),
    "secure": Need(
        short=N_("https or localhost"),
        says=N_("This browser keeps no `Secure` cookie of this address: the step needs https."),
        met=_is_trustworthy,
    ),
    "hosts": Need(
        short=N_("other hosts"),
        says=N_("This step needs other hosts beside this one, and not all of them are here (`CRUMB_LAB_HOSTS`)."),
        met=lambda: set(house().roles) >= _ROLES,
    ),
}
BRINGING = (
    *(seen for need in NEEDS.values() for seen in need.brings),
    Seen(method="POST", path="/account/confirm"),
)


def missing(needs: tuple[str, ...]) -> list[str]:
    """Return those of a step's needs that are known not to be there."""
    return [key for key in needs if NEEDS[key].met() is False]
