"""What becomes of a form that was sent: on to where it led, or back with what was typed and what was wrong."""

import logging
import math
from collections.abc import Callable

from flask import make_response, redirect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from webapp.forms import Form
from webapp.i18n import N_, ngettext

from .postings import TooOftenError

LOGGED_OUT = N_("You are not logged in any more. Please log in on another tab, then send this once more from here.")
_log = logging.getLogger(__name__)


def attempt(
    form: Form, act: Callable[[], str | None], page: Callable[[], str], resting: Callable[[], str] | None = None
) -> Response:
    """Act, and go on to the address that `act` gives; None, or whatever fails, brings `page` back with what was typed.

    `resting` is the page for when the database does not answer, where `page` needs it.
    """
    status, wait = 422, 0
    try:
        if path := act():
            return redirect(path, 303)
    except TooOftenError as error:
        status, wait = 429, math.ceil(error.wait.total_seconds())
        form.form_errors.append(_later(wait))
    except SQLAlchemyError as error:
        _log.error("the database does not answer: %s", error.__class__.__name__)
        status, wait, page = 503, 60, resting or page
        form.form_errors.append(N_("We can't save anything right now. Please send it again in a minute."))
    response = make_response(page(), status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _later(seconds: int) -> str:
    if seconds <= 90:
        return ngettext(
            "You are fast: that was a lot within a minute. Please send it again in %(num)s second.",
            "You are fast: that was a lot within a minute. Please send it again in %(num)s seconds.",
            seconds,
        )
    return ngettext(
        "That was a lot within an hour. Please send it again in %(num)s minute.",
        "That was a lot within an hour. Please send it again in %(num)s minutes.",
        math.ceil(seconds / 60),
    )
