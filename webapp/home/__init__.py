"""The first page: what this is, who runs it, and who the visitor is to us, cookie by cookie."""

from flask import Flask
from markupsafe import Markup

from webapp.house import Feature, Place
from webapp.i18n import N_

from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the first page, and what stands at an address that is usual; say in `contact` who runs the site."""
    address = app.config["CONTACT"]
    link = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(address, address.removeprefix("mailto:"))
    app.jinja_env.globals["contact"] = link if address else ""
    page = Place(endpoint="home.home", title=N_("Home"), trial=True)
    return Feature(blueprints=(bp,), places=(page,))
