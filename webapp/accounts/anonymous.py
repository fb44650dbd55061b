"""Somebody who is not logged in, and why not."""

from flask import session
from flask_login import AnonymousUserMixin

from webapp.i18n import N_

from . import devices
from .cookies import LAST_LOGIN
from .visitor import login

_WHY = {
    "session": N_(
        "You were logged in when you closed the browser, but had not ticked “remember me”: the session cookie went "
        "with the window."
    ),
    "remembered": N_("Your remember-me cookie has ended: 30 days without a visit, or it was deleted."),
    "logged-out": N_("You logged out, which took the cookies back."),
}
_TOO_OLD = N_("Your log-in has ended on the server: without “remember me” a day without a visit does that.")


class Anonymous(AnonymousUserMixin):
    """Somebody who is not logged in."""

    id = name = known_by = remembered_until = ends = late_until = None
    demo = admin = False

    @property
    def is_unasked(self) -> bool:
        """Whether this may be somebody after all: the database that knows does not answer."""
        return login().database_down

    @property
    def why_unknown(self) -> str | None:
        """Why a log-in of this browser is over, to be translated; None where we know of none. Asks no database."""
        if self.is_unasked:
            return None
        last = LAST_LOGIN.get()
        if last == "session" and "_user_id" in session:  # the browser still has the cookie: it was not closed
            return devices.reason() or _TOO_OLD
        return devices.reason() or _WHY.get(last)
