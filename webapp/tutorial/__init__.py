"""The tutorial's two routes, live: `/setcookie` sets a cookie of the visitor's own, `/getcookie` reads it back."""

from flask import Flask

from webapp.cookies import declare

from .cookies import TUTORIAL
from .views import bp

__all__ = ["TUTORIAL", "init_app"]


def init_app(app: Flask) -> None:
    """Register both pages."""
    declare(app, __name__, TUTORIAL)
    app.register_blueprint(bp)
