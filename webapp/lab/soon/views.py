"""A look ahead: in a paragraph each, and whether this browser has it, which static/js/soon.js asks by the same keys."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from webapp.i18n import N_

bp = Blueprint("soon", __name__, url_prefix="/lab/soon")


@dataclass(frozen=True)
class Coming:
    """Something that comes beside cookies; `unasked` says why no script can ask for it, "" where one can."""

    title: str
    text: str
    unasked: str = ""


COMING = {
    "partitioned": Coming(
        N_("A store for each embedding site (CHIPS)"),
        N_(
            "A map or a chat that stands in many sites may say Partitioned with its cookie. Then it has one in each "
            "site, remembers you there, and can't tell that both are you."
        ),
    ),
    "storage-access": Coming(
        N_("Storage Access API"),
        N_(
            "What is embedded asks before it gets the cookies that it has as a site of its own: "
            "document.requestStorageAccess(). The browser asks you, or looks whether you have been there."
        ),
    ),
    "bound": Coming(
        N_("Device-bound session credentials"),
        N_(
            "At log-in the browser makes a key that never leaves the device. The cookie lasts for minutes, and only "
            "that key's signature renews it: so a stolen one is soon worth nothing."
        ),
        N_("No script can ask for this: browser and server agree on it in header lines, Secure-Session-Registration."),
    ),
    "fedcm": Coming(
        N_("FedCM"),
        N_(
            "“Log in with …” without cookies of third parties: the browser itself asks you which account it shall be, "
            "and until you say so neither site hears of the other."
        ),
    ),
    "passkeys": Coming(
        N_("Passkeys"),
        N_(
            "A pair of keys in the place of a password: the site gets the public one, and a false site gets nothing. "
            "Who you are after that, a cookie still says."
        ),
    ),
}


@bp.get("")
def show() -> str:
    """Show what comes."""
    return render_template("lab/soon/soon.html", coming=COMING)
