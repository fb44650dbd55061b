"""Trust nothing: cookies plain, signed and encrypted, and what the server makes of a change."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp, set_up


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        benches={bp.name: set_up},
        title=N_("Trust nothing"),
        description=N_("a sentence plain, signed and encrypted, and what a change does to each"),
        endpoint=f"{bp.name}.show",
        order=5,
        picture="M10 8h22l6 6v26H10zM16 20h16M16 27h8M26 34l4 4 8-10",
    )
