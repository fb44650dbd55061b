"""httpbin's cookie calls, for programs: the same answers, with cookies that stay below `/httpbin`."""

from flask import Flask

from webapp.cookies import declare

from .cookies import HTTPBIN
from .views import bp

__all__ = ["HTTPBIN", "init_app"]


def init_app(app: Flask) -> None:
    """Register the calls and the page about them."""
    declare(app, __name__, HTTPBIN)
    app.register_blueprint(bp)
