"""Trust nothing: cookies plain, signed and encrypted, and what the server makes of a change."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        title=N_("Trust nothing"),
        description=N_("a sentence plain, signed and encrypted, and what a change does to each"),
        endpoint=f"{bp.name}.show",
        order=5,
    )
