"""Safe from the start: headers, cross-site requests, where `next` may lead, limits, Flask's own session cookie."""

from flask import Flask
from flask_wtf import CSRFProtect

from webapp.house import Feature

from . import headers, origin
from .cookies import SESSION
from .headers import allow_forms_to, allow_own_frames, allow_pictures_from, protect
from .limits import Limits
from .origin import (
    RESTS,
    accepts_cross_site,
    open_form,
    refuse_other_sites,
    same_origin,
    send_again,
    token_problem,
)
from .paths import here, own_path, safe_path
from .session import SessionInterface
from .tokens import keys
from .who import this_user

__all__ = [
    "RESTS", "SESSION", "accepts_cross_site", "allow_forms_to", "allow_own_frames", "allow_pictures_from", "here",
    "init_app", "open_form", "own_path", "protect", "refuse_other_sites", "safe_path", "same_origin", "send_again",
    "this_user", "token_problem",
]  # fmt: skip


def init_app(app: Flask) -> Feature:
    """Guard every request and put the headers on every answer."""
    app.config.update(
        SESSION_COOKIE_NAME=SESSION.prefix(app.config["SECURE"]) + SESSION.name,
        SESSION_COOKIE_PATH=SESSION.path,
        SESSION_COOKIE_HTTPONLY=SESSION.http_only,
        SESSION_COOKIE_SAMESITE=SESSION.same_site,
        SESSION_COOKIE_SECURE=app.config["SECURE"],
        # Each form checks its token itself, so that a failed check shows the same form with the text kept.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SECRET_KEY=keys(app),
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = SessionInterface()
    CSRFProtect(app)
    origin.init_app(app)
    headers.init_app(app)
    app.jinja_env.globals["here"] = here
    app.wsgi_app = Limits(app.wsgi_app)
    return Feature(name="security")
