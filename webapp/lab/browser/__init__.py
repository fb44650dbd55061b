"""Your browser: live probes, run by plain navigation, beside what the model says of each engine."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench
from webapp.lab.hosts import party, play

from . import away, crowd
from .views import bp


def init_app(app: Flask) -> Bench:
    """Let the other host play its part."""
    other = party(app, crowd.bp)
    other.register_blueprint(away.bp)
    play(app, "crowd", other)
    return Bench(
        blueprints=(bp,),
        title=N_("Your browser"),
        description=N_("some forty questions to it, answered live"),
        endpoint=f"{bp.name}.browser",
        order=1,
        picture="M6 10h36v28H6zM6 18h36M11 14h.1M16 14h.1",
        shows={
            "probe-order": N_("Which cookie goes first, and whether a new value keeps its place"),
            "probe-crowd": N_("Too many cookies, and which of them have to go"),
            "probe-cleared": N_("All cookies deleted by one header, Clear-Site-Data"),
        },
    )
