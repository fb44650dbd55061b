"""The form that writes: filled with the draft, and what becomes of what it sends."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import current_app, make_response, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from webapp.cookies import current_jar
from webapp.forms import attempt
from webapp.security import own_path
from webapp.sites.postings import post_once
from webapp.sites.sending import closed, log_in_first

from .cookies import DRAFTS
from .forms import ReplyForm, ThreadForm
from .markup import render


def form_sent() -> ReplyForm:
    """Return the form of this request, with a title if one was sent."""
    return ThreadForm() if "title" in request.form else ReplyForm()


def fill(form: ReplyForm, place: str) -> str:
    """Fill a form with the draft for its place; return the name of its cookie, empty where there is none."""
    text = DRAFTS.text(place)
    if text is None:
        return ""
    form.draft = text
    return current_jar().wire_name(DRAFTS.texts[place])


def write_page(form: ReplyForm, place: str, **values: Any) -> str:
    """Return the page that is nothing but the form; it needs no database."""
    return render_template("sites/forum/write.html", **{"form": form, "place": place, "action": own_path(), **values})


def send(form: ReplyForm, place: str, write: Callable[[Connection], str], show: Callable[..., str]) -> Response:
    """Post what was sent, or show it again: as a preview, with what is wrong with it, or after a log-in as a draft."""
    if not current_app.config["POSTING"]:
        return closed(form.draft)
    if not current_user.is_authenticated:
        back = own_path() + ("?latest#reply" if place.startswith("t") else "")
        return log_in_first(form, DRAFTS, place, form.draft, partial(write_page, form, place), back)
    if "preview" in request.form:
        return make_response(show(preview=render(form.text.data)))

    def act() -> Response:
        path = post_once(current_user.id, form.once.data, write)
        DRAFTS.forget(place)
        return redirect(path, 303)

    return attempt(form, act, show)
