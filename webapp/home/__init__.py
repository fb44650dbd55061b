"""The first page: what this is, and who the visitor is to us, cookie by cookie."""

from flask import Flask

from webapp.house import Feature, Place
from webapp.i18n import N_

from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the first page, and the icon's usual address."""
    page = Place(endpoint="home.home", title=N_("Home"), trial=True)
    return Feature(blueprints=(bp,), places=(page,))
