"""The pages of the jar: every cookie of this request, one of them, a trial, what is kept, and what is taken along."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for

from webapp import trial, wire
from webapp.address import location
from webapp.cookies import LARGEST, LONGEST, current_jar, pair, registry
from webapp.i18n import N_
from webapp.security import limits, open_form
from webapp.trial import Trial

from . import export
from .forms import ChangeForm, TrialForm
from .rows import LONGEST_HEADER, Row, find, header_size, rows
from .tamper import WAYS

bp = Blueprint("jar", __name__, url_prefix="/jar")
_KINDS = {"json": "application/json", "netscape": "text/plain", "header": "text/plain", "curl": "text/plain"}


@bp.get("")
def jar() -> str:
    """Show every cookie that this browser sent."""
    elsewhere = [cookie for cookie in registry() if cookie.path != "/"]
    return render_template("jar/jar.html", rows=rows(), elsewhere=elsewhere, kinds=_KINDS, **_measures())


@bp.get("/cookie")
def cookie() -> str:
    """Show one cookie, and what can be done with it."""
    return _page(_asked(), TrialForm(formdata=None), ChangeForm(formdata=None))


@bp.get("/try")
def try_out() -> tuple[str, int] | Response:
    """Answer with the page that the site would send if this browser sent the cookie otherwise, or not at all."""
    if trial.under_way():
        abort(404)
    row, form = _asked(), TrialForm(request.args)
    if not form.validate():
        return _page(row, form, ChangeForm(formdata=None)), 422
    another = "", N_("The page as it looks with another value of %(cookie)s."), lambda _: form.value.data
    _, says, spoil = WAYS.get(form.how.data, another)
    cookies = "; ".join(
        pair(name, spoil(value) if name == row.name else value)
        for name, value in current_jar().received
        if name != row.name or spoil
    )
    if len(cookies) > limits.LONGEST_HEADER:  # its answer would clear the cookies of the real browser
        form.value.errors = [
            N_("Together with the cookies that are there already this would be too much. Delete some first.")
        ]
        return _page(row, form, ChangeForm(formdata=None)), 422
    return wire.fill_around(trial.run(Trial(row.name, says), form.page.data, cookies))


@bp.post("/change")
@open_form
def change() -> str | tuple[str, int] | Response:
    """Keep a value that somebody wrote by hand, where it is one that the site could have written."""
    row, form = _asked(), ChangeForm()
    if not form.validate():
        return _page(row, TrialForm(formdata=None), form), 422
    row.cookie.set(form.decoded)
    if current_jar().withheld:  # the dock says why
        return _page(row, TrialForm(formdata=None), form)
    return redirect(url_for(".cookie", name=row.name), 303)


@bp.post("/delete")
@open_form
def delete() -> Response:
    """Delete a cookie of the site's own."""
    row = _asked()
    if not row.deletable:
        abort(404)
    if row.cookie.library == "Flask":
        session.clear()
    else:
        row.cookie.delete(strange=True)
    return redirect(url_for(".jar"), 303)


@bp.get("/export/<kind>")
def take(kind: str) -> Response:
    """Give the cookies as a file, credentials masked."""
    if kind not in _KINDS:
        abort(404)
    host, origin, secure = location().host, location().origin, current_app.config["SECURE"]
    text = {
        "json": lambda: export.as_json(rows(), host, secure),
        "netscape": lambda: export.netscape(rows(), host, origin, secure),
        "header": lambda: export.header(rows()),
        "curl": lambda: export.curl(origin),
    }[kind]()
    response = Response(text, mimetype=_KINDS[kind])
    ending = {"json": "json", "netscape": "txt", "header": "txt", "curl": "sh"}[kind]
    response.headers["Content-Disposition"] = f"attachment; filename=cookies-{kind}.{ending}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked() -> Row:
    row = find(request.values.get("name", ""))
    if row is None:
        abort(404)
    return row


def _page(row: Row, trial_form: TrialForm, change_form: ChangeForm) -> str:
    return render_template("jar/cookie.html", row=row, trial=trial_form, change=change_form, **_measures())


def _measures() -> dict[str, object]:
    return {
        "largest": LARGEST,
        "longest": LONGEST,
        "longest_header": LONGEST_HEADER,
        "header_size": header_size(),
        "host": location().host,
        "secure": current_app.config["SECURE"],
    }
