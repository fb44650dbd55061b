"""httpbin's cookie calls, for programs: the same answers, with cookies that stay below `/httpbin`."""

from flask import Flask

from webapp.house import Feature, Place
from webapp.i18n import N_

from .cookies import HTTPBIN
from .views import bp

__all__ = ["HTTPBIN", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the calls and the page about them."""
    page = Place(endpoint="httpbin.about", title=N_("Calls for programs"), footer=True)
    return Feature(title=N_("Calls for programs"), blueprints=(bp,), cookies=(HTTPBIN,), places=(page,))
