"""What a step needs of the visitor and of this installation: one list for all lessons."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user

from webapp.address import is_trustworthy, parties
from webapp.i18n import N_

from .lesson import Seen, Step


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that has to be there: `short` names it in a list, `says` asks for it before a step.

    `met` tells whether it is there for a step, None where only the visitor can know. `brings` is what crosses the wire
    when somebody gets it. The bar has a button or a link that brings it, by the need's key, unless it is `out_of_reach`
    for them at this address or on this site.
    """

    short: str
    says: str
    met: Callable[[Step], bool | None]
    brings: tuple[Seen, ...] = ()
    out_of_reach: Callable[[], bool] = lambda: False


def _keeps(category: str) -> bool:
    return current_app.jinja_env.globals["why_withheld"](category) is None


NEEDS = {
    "logged_in": Need(
        short=N_("logged in"),
        says=N_("This step is for somebody who is logged in."),
        met=lambda step: current_user.is_authenticated,
        brings=(
            Seen(method="POST", path="/login"),
            Seen(method="POST", path="/login/drawn"),
            Seen(method="POST", path="/register"),
        ),
    ),
    "remembered": Need(
        short=N_("remembered"),
        says=N_("This step is for somebody who is logged in, with “… and remember me”."),
        met=lambda step: current_user.remembered_until is not None,
    ),
    "own": Need(
        short=N_("remembered, in an account of one's own"),
        says=N_(
            "This step logs out everybody who uses your account: it is for somebody who is remembered in an account of "
            "their own."
        ),
        met=lambda step: current_user.remembered_until is not None and not current_user.demo,
        out_of_reach=lambda: not current_app.config["REGISTRATION"],
    ),
    "password": Need(
        short=N_("an account with a password"),
        says=N_("This step asks for a password, and your account has none. Take another one for it."),
        met=lambda step: current_user.ends is None if current_user.is_authenticated else None,
    ),
    "history": Need(
        short=N_("history allowed"),
        says=N_("This step needs cookies of your history, and your choice does not allow them."),
        met=lambda step: _keeps("history"),
        brings=(Seen(method="POST", path="/consent"),),
    ),
    "preferences": Need(
        short=N_("preferences allowed"),
        says=N_("This step needs preferences that last, and your choice keeps them for this session only."),
        met=lambda step: _keeps("preferences"),
    ),
    "script": Need(
        short=N_("JavaScript"),
        says=N_("This step needs JavaScript, and in your browser it is off."),
        met=lambda step: None,
    ),
    "close": Need(
        short=N_("closing the browser"),
        says=N_("Closing the browser closes your other pages too: keep what you need of them."),
        met=lambda step: None,
    ),
    "secure": Need(
        short=N_("https or localhost"),
        says=N_("At this address your browser keeps no cookie with `Secure`: the step needs https, or `localhost`."),
        met=lambda step: is_trustworthy(request.environ),
        out_of_reach=lambda: True,
    ),
    "hosts": Need(
        short=N_("other hosts"),
        says=N_("The step needs other hosts besides this one, and at this address not all of them are there."),
        met=lambda step: set(step.hosts) <= set(parties()),
        out_of_reach=lambda: True,
    ),
}
BRINGING = (
    *(seen for need in NEEDS.values() for seen in need.brings),
    Seen(method="POST", path="/account/confirm"),
    # And what only makes the screen, in front of a class.
    Seen(method="POST", path="/preferences/presenter"),
    Seen(method="POST", path="/preferences/dock"),
)


def missing(step: Step) -> list[str]:
    """Return those of a step's needs that are known not to be there."""
    return [key for key in step.needs if NEEDS[key].met(step) is False]


def is_out_of_reach(step: Step) -> bool:
    """Tell whether a step can't be done here, as things are: then nobody is asked, and nothing is judged."""
    return any(NEEDS[key].out_of_reach() for key in missing(step))
