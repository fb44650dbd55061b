"""Not a secret: Flask's own session, which anybody can read, and whoever finds its key can write."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp, set_up


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        benches={bp.name: set_up},
        title=N_("Not a secret"),
        description=N_("a session of Flask's: what it tells everybody, and what a weak key is worth"),
        endpoint=f"{bp.name}.show",
        order=6,
        picture="M14 28a8 8 0 1 0 .1 0M20 30 40 10M33 17l6 6",
    )
