"""Not a secret: the pages of a toy app whose session is Flask's own, and of somebody who tries well-known keys on it.

All that the server knows of it comes with the request. Neither the site's session nor its key has a part in it.
"""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length

from webapp.cookies import pair
from webapp.forms import OpenForm
from webapp.i18n import N_
from webapp.invisible import is_blank
from webapp.lab import flask_session
from webapp.lab.cookies import LAB
from webapp.security import open_form

from . import toy

bp = Blueprint("secret", __name__, url_prefix="/lab/secret")

KINDS = {
    "weak": N_("A word that its author meant to replace one day"),
    "strong": N_("64 random digits"),
}


class NameForm(OpenForm):
    """Who somebody wants to be."""

    name = StringField(
        N_("Name"),
        [
            DataRequired(N_("Please write a name.")),
            Length(max=40, message=N_("A name here has at most 40 characters.")),
        ],
        filters=[lambda text: "" if is_blank(text or "") else text.strip()],
    )


class LogInForm(NameForm):
    """Who logs in, and what kind of key the app has."""

    key = RadioField(N_("The app's key"), choices=[SelectChoice(*each) for each in KINDS.items()], default="weak")


@bp.get("")
def show() -> str:
    """Show the session as anybody can read it."""
    return _page(LogInForm(formdata=None))


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Log somebody in to a toy app with a key of its own."""
    form = LogInForm()
    if form.validate() and not form.fails(_log_in(form.name.data, form.key.data)):
        return redirect(url_for(".show"), 303)
    return _page(form), 422


def set_up() -> None:
    """Log Ada in to an app with a weak key."""
    _log_in("Ada", "weak")


@bp.get("/door")
def door() -> str | tuple[str, int]:
    """Let somebody in under the name in their session, or refuse it: 403 for one that the app's key did not sign."""
    name, page = _inside(NameForm(formdata=None))
    return page if name else (page, 403)


@bp.post("/change")
@open_form
def change() -> tuple[str, int] | Response:
    """Write another name into the session, without the key."""
    form, session = NameForm(), _came("session")
    if flask_session.read(session) is None:
        return redirect(url_for(".show"), 303)
    if form.validate() and not form.fails(LAB.send_all([_line("session", toy.changed(session, form.name.data))])):
        return redirect(url_for(".door"), 303)
    return _inside(form)[1], 422


@bp.get("/keys")
def keys() -> str:
    """Try well-known keys on the session, one after the other."""
    return _tried(NameForm(formdata=None))


@bp.post("/sign")
@open_form
def sign() -> tuple[str, int] | Response:
    """Sign a session for any name, with the key that was found."""
    form, key = NameForm(), toy.found(_came("session"))
    if key is None:
        return redirect(url_for(".keys"), 303)
    if form.validate() and not form.fails(LAB.send_all([_line("session", toy.signed(form.name.data, key))])):
        return redirect(url_for(".door"), 303)
    return _tried(form), 422


def _log_in(name: str, kind: str) -> str | None:
    app = toy.new(kind)
    return LAB.send_all([_line("session", toy.signed(name, toy.key_of(app))), _line("toy", app)])


def _line(name: str, value: str) -> str:
    return f"{pair(f'lab-{name}', value)}; Path={bp.url_prefix}; HttpOnly"


def _came(name: str) -> str:
    # Of two with one name the first has the longer path (RFC 6265bis section 5.8.3): it is this page's.
    return dict(reversed(LAB.pairs())).get(f"lab-{name}", "")


def _page(form: LogInForm) -> str:
    text = _came("session")
    return render_template("lab/secret/secret.html", form=form, text=text, session=flask_session.read(text))


def _inside(form: NameForm) -> tuple[str | None, str]:
    """Return whom the app takes the visitor for, and the page that says so."""
    session, key = _came("session"), toy.key_of(_came("toy"))
    name = key and toy.who(session, key)
    read = flask_session.read(session)
    return name, render_template("lab/secret/door.html", form=form, session=read, name=name)


def _tried(form: NameForm) -> str:
    session = _came("session")
    page = {"read": flask_session.read(session), "keys": toy.KEYS, "found": toy.found(session)}
    return render_template("lab/secret/keys.html", form=form, **page)
