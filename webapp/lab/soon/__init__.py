"""A look ahead: what comes beside cookies, and what this browser has of it."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the page."""
    return Bench(
        blueprints=(bp,),
        title=N_("A look ahead"),
        description=N_("what comes beside cookies, and what your browser has of it"),
        endpoint=f"{bp.name}.show",
        order=8,
        picture="M4 34h40M14 34a10 10 0 0 1 20 0M24 8v8M8 16l5 5M40 16l-5 5",
    )
