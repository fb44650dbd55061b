"""The tutorial's two routes, live: `/setcookie` sets a cookie of the visitor's own, `/getcookie` reads it back."""

from flask import Flask

from webapp.house import Feature, Place, always
from webapp.i18n import N_

from .cookies import TUTORIAL
from .views import bp

__all__ = ["TUTORIAL", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the pages."""
    page = Place(endpoint="tutorial.set_cookie", title=N_("Your first cookie"), menu=always)
    return Feature(title=N_("Your first cookie"), blueprints=(bp,), cookies=(TUTORIAL,), places=(page,))
