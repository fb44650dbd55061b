"""The time machine: short lifetimes in the browser, a moved clock on the server."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        title=N_("The time machine"),
        description=N_("what is left of a cookie after a minute, a year"),
        endpoint=f"{bp.name}.show",
        order=3,
        picture="M24 6a18 18 0 1 0 .1 0M24 14v10l7 5",
        shows={"": N_("What is left of a cookie after a minute, a year")},
    )
