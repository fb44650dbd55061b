"""The first page, and the icon."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.cookies import current_jar, registry, whose
from webapp.house import house
from webapp.visits import current_visit, told_last

from .known import clues

_RECENT = 6  # things to go on with

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> str:
    """Say what this is and who the visitor is to us; a first visit sends nothing and sets nothing."""
    jar = current_jar()
    known, strangers = clues(jar.received, whose)
    told_by = registry().find(current_user.known_by) if current_user.is_authenticated else None
    return render_template(
        "home/home.html",
        known=known,
        strangers=strangers,
        told_by=told_by and jar.wire_name(told_by),
        session_came=current_app.config["SESSION_COOKIE_NAME"] in request.cookies,
        visit=current_visit(),
        told_last=told_last(),
        recent=house().recent()[:_RECENT],
    )


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
