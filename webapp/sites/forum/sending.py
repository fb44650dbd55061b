"""The form that writes: filled with the draft, and what becomes of what it sends."""

import logging
import math
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.i18n import N_, ngettext
from webapp.sites.postings import TooOftenError, post_once

from . import drafts
from .forms import ReplyForm, ThreadForm
from .markup import render

_log = logging.getLogger(__name__)


def form_sent() -> ReplyForm:
    """Return the form of this request, with a title if one was sent."""
    return ThreadForm() if "title" in request.form else ReplyForm()


def fill(form: ReplyForm, place: str) -> bool:
    """Fill a form with the draft for its place; tell whether there was one."""
    text = drafts.kept(place)
    if text is not None:
        form.draft = text
    return text is not None


def write_page(form: ReplyForm, place: str, **values: Any) -> str:
    """Return the page that is nothing but the form; it needs no database."""
    return render_template("sites/forum/write.html", **{"form": form, "place": place, "action": request.path, **values})


def send(form: ReplyForm, place: str, write: Callable[[Session], str], show: Callable[..., str]) -> Response:
    """Post what was sent, or show it again: as a preview, with what is wrong with it, or after a log-in as a draft."""
    status, wait, kept = 422, 0, {}
    try:
        if not current_user.is_authenticated and "database_down" not in g:
            if drafts.keep(place, form.draft):
                back = request.path + ("?latest#reply" if place.startswith("t") else "")
                return redirect(url_for("accounts.login", next=back), 303)
            form.form_errors.append(
                N_("You are not logged in any more. Please log in on another tab, then send this once more from here.")
            )
            show = partial(write_page, form, place)
        elif not current_user.is_authenticated:
            raise SQLAlchemyError("the database is down")
        elif "preview" in request.form:
            status, kept = 200, {"preview": render(form.text.data)}
        elif form.validate():
            path = post_once(current_user.id, form.once.data, write)
            drafts.forget(place)
            return redirect(path, 303)
    except TooOftenError as error:
        status, wait = 429, math.ceil(error.wait.total_seconds())
        form.form_errors.append(
            ngettext(
                "That was a lot in a short time. Please send it again in %(num)s second.",
                "That was a lot in a short time. Please send it again in %(num)s seconds.",
                wait,
            )
        )
    except SQLAlchemyError as error:
        _log.error("the database does not answer: %s", error.__class__.__name__)
        status, wait = 503, 60
        form.form_errors.append(N_("We can't save anything right now. Please send it again in a minute."))
        show = partial(write_page, form, place)
    response = make_response(show(**kept), status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
