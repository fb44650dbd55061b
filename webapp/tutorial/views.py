"""The tutorial's two routes."""

import re
from datetime import timedelta
from pathlib import Path
from types import EllipsisType

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.cookies import current_jar
from webapp.i18n import gettext
from webapp.security import open_form, same_origin
from webapp.settings import ROOT
from webapp.wire.show.source import coloured

from .cookies import TUTORIAL, with_title
from .forms import LIFETIMES, SetCookieForm
from .lines import getting, setting

bp = Blueprint("tutorial", __name__)


@bp.route("/setcookie", methods=["GET", "POST"])
@open_form
def set_cookie() -> str | tuple[str, int] | Response:
    """Set a cookie as the visitor wishes; with `title`, show whether it came back and the lines that set it."""
    if request.method == "POST":
        form = SetCookieForm()
        if not form.validate():
            return render_template("tutorial/set_cookie.html", form=form, held=len(TUTORIAL.items())), 422
        TUTORIAL[form.title.data].set(form.value.data, max_age=form.max_age)
        seconds = "session" if form.max_age is None else int(form.max_age.total_seconds())
        return redirect(url_for(".set_cookie", title=form.title.data, max_age=seconds), 303)

    title, max_age = request.args.get("title", ""), _lifetime(request.args.get("max_age", ""))
    cookie = with_title(title)
    name, value = cookie and current_jar().wire_name(cookie), cookie and cookie.get()
    lines = []
    if value is not None and max_age is not ... and same_origin():
        lines = setting(cookie, name, value, max_age, current_app.config["SECURE"])
    form = SetCookieForm(
        title=title if cookie else "Name",
        value="Crumb" if value is None else value,
        lifetime=next((key for key, (_, age) in LIFETIMES.items() if age == max_age), "day"),
    )
    return render_template(
        "tutorial/set_cookie.html",
        form=form,
        held=len(TUTORIAL.items()),
        cookie=cookie,
        title=title,
        name=name,
        value=value,
        raw=None if value is None else cookie.codec.encode(value),
        lines=lines,
    )


def _lifetime(text: str) -> timedelta | EllipsisType | None:
    """Return the lifetime that the address names (None: the browser's session), `...` where it names none.

    The cookie itself can't tell: a request carries its name and value only (RFC 6265bis section 4.2.2).
    """
    if text == "session":
        return None
    if not re.fullmatch("[1-9][0-9]{0,7}", text, re.ASCII) or (age := timedelta(seconds=int(text))) > TUTORIAL.max_age:
        return ...
    return age


@bp.get("/setcookie/plain")
def plain() -> str:
    """Show the same job done in plain Flask, as one file."""
    return render_template("tutorial/plain.html", source=coloured(Path(ROOT, "examples/plain.py").read_text("utf-8")))


@bp.get("/getcookie")
def get_cookie() -> str:
    """Read the cookie of a title back; without a title, the first there is."""
    held, title = sorted(TUTORIAL.items()), request.args.get("title")
    if title is None and held:
        title = held[0][0]
    cookie = with_title(title)
    name, value = cookie and current_jar().wire_name(cookie), cookie and cookie.get()
    raw = None if value is None else cookie.codec.encode(value)
    return render_template(
        "tutorial/get_cookie.html",
        held=[(key, current_jar().wire_name(TUTORIAL) + key, text) for key, text in held],
        cookie=cookie,
        title=title,
        name=name,
        value=value,
        raw=raw,
        default=gettext("nothing yet"),
        lines=getting(name, gettext("nothing yet"), value != raw) if cookie else [],
    )


@bp.post("/setcookie/delete")
@open_form
def delete_cookie() -> Response:
    """Delete one cookie of the visitor's own, and read it again to see that it is gone."""
    title = request.form.get("title")
    if cookie := with_title(title):
        cookie.delete()
    return redirect(url_for(".get_cookie", title=title if cookie else None), 303)
