"""The cross-site bench: an attacker and a tracker under hosts of their own, and what arrives from them."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench
from webapp.lab.hosts import party, play

from . import attacker, tracker
from .cookies import BENCH
from .views import bp


def init_app(app: Flask) -> Bench:
    """Let the other parties play their roles."""
    play(app, "attacker", party(app, attacker.bp))
    play(app, "tracker", party(app, tracker.bp))
    town = party(app, tracker.town)
    for role in tracker.TOWN:
        play(app, role, town)
    return Bench(
        name=bp.name,
        blueprints=(bp,),
        cookies=(BENCH,),
        title=N_("The cross-site bench"),
        description=N_("what goes along when another site asks"),
        endpoint=f"{bp.name}.cross",
        order=2,
        shows={
            "begin": N_("Requests that another site causes, and the two minutes"),
            "tracker": N_("Cookies of third parties, and who is followed by them"),
        },
    )
