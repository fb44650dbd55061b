"""What becomes of a text that can't be posted: its author is not logged in any more, or posting is closed."""

from collections.abc import Callable

from flask import current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.forms import Form
from webapp.i18n import N_

from .drafts import Drafts

_LOGGED_OUT = N_("You are not logged in any more. Please log in on another tab, then send this once more from here.")


def log_in_first(form: Form, drafts: Drafts, place: str, text: str, page: Callable[[], str], back: str) -> Response:
    """Ask for a log-in; what was typed waits in a cookie, or in the form where it is too long for one, or where others
    wait that would have to go: what somebody has sent is never the oldest draft.

    `back` is where to go on from there.
    """
    current_app.login_manager.unauthorized()  # while the database is down nobody can tell who this is: 503
    if not drafts.is_full_for(place) and drafts.keep(place, text) is not None:
        return redirect(url_for("accounts.login", next=back), 303)
    form.form_errors.append(_LOGGED_OUT)
    return make_response(page(), 422)


def closed(text: str | None) -> Response:
    """Say that nobody can post now, in the place of a form, with what was typed or kept; 403 where that was sent."""
    return make_response(render_template("sites/closed.html", written=text), 403 if request.method == "POST" else 200)
