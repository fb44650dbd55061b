"""The calls, as httpbin 0.10 answers them, but for names that are the site's own."""

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.http import dump_cookie, parse_cookie

from webapp.address import site_url
from webapp.cookies import TOKEN, current_jar, pair, registry
from webapp.i18n import N_, gettext
from webapp.security import refuse_other_sites

from .cookies import HTTPBIN

bp = Blueprint("httpbin", __name__, url_prefix="/httpbin")


@bp.get("")
def about() -> str:
    """Say what the calls are for, with a first try for two programs."""
    return render_template("httpbin/about.html", base=site_url() + url_for(".cookies"), held=_held())


@bp.get("/cookies")
def cookies() -> Response:
    """Tell which cookies came, those of the site itself left out."""
    return jsonify(cookies=_held())


@bp.get("/cookies/set")
def set_cookies() -> Response | tuple[Response, int]:
    """Set the cookies that the query names."""
    return _answer(dict(request.args.items()))


@bp.get("/cookies/set/<name>/<value>")
def set_cookie(name: str, value: str) -> Response | tuple[Response, int]:
    """Set one cookie."""
    return _answer({name: value})


@bp.get("/cookies/delete")
def delete_cookies() -> Response | tuple[Response, int]:
    """Delete the cookies that the query names."""
    return _answer(dict.fromkeys(request.args))


def _held() -> dict[str, str]:
    header = "; ".join(pair(*each) for each in HTTPBIN.pairs())
    text = header.encode("latin-1").decode("utf-8", "replace")  # parse_cookie raises for octets that are no UTF-8
    return parse_cookie(text.encode().decode("latin-1")).to_dict()


def _answer(values: dict[str, str | None]) -> Response | tuple[Response, int]:
    """Send a line for each name, None to delete it; all of them or none, and none for a link on another site."""
    refuse_other_sites()  # programs tell of no site
    lines = {}
    for name, value in values.items():
        if not TOKEN.fullmatch(name):
            return _refuse(name, N_("A name has only letters, digits and a few signs such as - _ and the dot."))
        attributes = {"path": HTTPBIN.path, "secure": current_app.config["SECURE"], "max_size": 0}
        if value is None:
            attributes |= {"expires": 0, "max_age": 0}
        lines[name] = dump_cookie(name, value or "", **attributes)
    for name, line in lines.items():
        if problem := HTTPBIN.problem(line):
            current_jar().lines.clear()
            return _refuse(name, problem)
        HTTPBIN.send(line)
    return redirect(url_for(".cookies"), 302)


def _refuse(name: str, problem: str) -> tuple[Response, int]:
    owner = registry().find(name)
    return jsonify(error=gettext(problem), name=name, purpose=owner and gettext(owner.purpose)), 400
