"""Two schemes of one host: what goes along from http to https, and back."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        title=N_("Two schemes of one host"),
        description=N_("http and https: the same cookies, and yet two sites"),
        endpoint=f"{bp.name}.show",
        order=4,
        picture="M10 22h28v18H10zM16 22v-6a8 8 0 0 1 15-4",
        shows={"": N_("Other ports, and http beside https")},
    )
