"""The preferences page."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.cookies import Cookie
from webapp.security import open_form, safe_path

from .cookies import DOCK, LANGUAGE, PRESENTER, THEME
from .forms import PreferencesForm

bp = Blueprint("preferences", __name__)


@bp.post("/preferences/dock")
@open_form
def dock() -> Response:
    """Hide the dock, or show it again, by one button of its own."""
    return _turned(DOCK, {"hide": False, "show": True})


@bp.post("/preferences/presenter")
@open_form
def presenter() -> Response:
    """Turn presenter mode on or off, by one button of its own."""
    return _turned(PRESENTER, {"off": False, "on": True})


def _turned(cookie: Cookie[bool], words: dict[str, bool]) -> Response:
    word = request.form.get(cookie.name)
    if word not in words:
        abort(400)
    cookie.set(words[word])
    return redirect(safe_path(request.form.get("next")), 303)


@bp.route("/preferences", methods=["GET", "POST"])
@open_form
def preferences() -> str | tuple[str, int] | Response:
    """Show the choices; keep them and return to where the visitor was."""
    form = PreferencesForm(
        theme=THEME.get(),
        language=LANGUAGE.get() or "",
        dock=DOCK.get(),
        presenter=PRESENTER.get(),
        next=safe_path(request.args.get("next")),
    )
    if form.validate_on_submit():
        if not form.language.data:
            LANGUAGE.delete()
        for cookie, value in (
            (THEME, form.theme.data),
            (LANGUAGE, form.language.data or None),
            (DOCK, form.dock.data),
            (PRESENTER, form.presenter.data),
        ):
            if value != cookie.get():  # what did not change needs no header line
                cookie.set(value)
        return redirect(safe_path(form.next.data), 303)
    page = render_template("preferences/preferences.html", form=form)
    return (page, 422) if form.is_submitted() else page
