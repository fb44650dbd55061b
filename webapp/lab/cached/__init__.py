"""The wrong page: one cache between two browsers, and whose page and whose cookie it serves."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .cookies import CACHE
from .views import bp, set_up


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        cookies=(CACHE,),
        benches={bp.name: set_up},
        title=N_("The wrong page"),
        description=N_("one cache between two browsers, and whose cookie it hands on"),
        endpoint=f"{bp.name}.show",
        order=7,
        picture="M6 10h14v14H6zM28 10h14v14H28zM13 24v6h22v-6M24 30v4M16 34h16v8H16z",
    )
