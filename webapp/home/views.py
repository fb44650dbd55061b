"""The first page, and what programs ask for by habit."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import site_url
from webapp.cookies import current_jar, registry
from webapp.house import house
from webapp.i18n import LANGUAGES
from webapp.security import this_user
from webapp.visits import Visit, current_visit, told_last
from webapp.wire.show.told import told

RECENT = 4  # things to go on with
# RFC 9116 section 2.5.5 recommends less than a year; who stops the site stops the file with it.
_HOLDS = timedelta(days=90)

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> str:
    """Show a stranger what this is, anybody else who they are to us; a first visit sends nothing and sets nothing."""
    (known, strangers), find = told(), registry().find
    if not known:
        return render_template("home/first.html", find=find)
    visit, user = current_visit(), this_user()
    told_by = find(user.known_by) if user.is_authenticated else None
    return render_template(
        "home/home.html",
        told=known,
        strangers=strangers,
        told_by=told_by and current_jar().wire_name(told_by),
        session_came=current_app.config["SESSION_COOKIE_NAME"] in request.cookies,
        visit=visit,
        returns=_returns(visit),
        told_last=told_last(),
        recent=house().recent()[:RECENT],
        waiting=house().waiting(),
        find=find,
    )


def _returns(visit: Visit) -> bool:
    """Tell whether the visitor comes back; whoever logs in here for the first time does not return to their account."""
    user = this_user()
    if user.known_by == "remember":
        return True
    return visit.last is not None and (not user.is_authenticated or user.since <= visit.last)


@bp.get("/favicon.ico")
def favicon() -> Response:
    """Send those who ask by habit to the picture; for a day only, since its address changes with its content."""
    response = redirect(current_app.jinja_env.globals["asset"]("img/crumb.svg"), 302)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """Let search engines read every page: what is somebody's own shows nothing to who sends no cookie."""
    return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Say whom to tell of a hole (RFC 9116); 404 where the operator names nobody."""
    contact = current_app.config["CONTACT"] or abort(404)
    fields = {
        "Contact": contact,
        "Expires": f"{clock.now() + _HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": ", ".join(LANGUAGES),
    }
    if current_app.config["SECURE"]:  # section 2.5.2: a web address here begins with https
        fields["Canonical"] = site_url() + url_for(".security_txt")
    return Response("".join(f"{name}: {value}\n" for name, value in fields.items()), mimetype="text/plain")
