"""The cross-site bench: an attacker and a tracker under hosts of their own, and what arrives from them."""

from flask import Flask

from webapp.house import Feature
from webapp.i18n import N_
from webapp.lab.hosts import party, play

from . import attacker, tracker
from .cookies import BENCH
from .views import bp

__all__ = ["BENCH", "init_app"]


def init_app(app: Flask) -> Feature:
    """Register the bench, and let the other parties play their roles."""
    play(app, "attacker", party(app, attacker.bp))
    play(app, "tracker", party(app, tracker.bp))
    town = party(app, tracker.town)
    for role in tracker.TOWN:
        play(app, role, town)
    return Feature(name=bp.name, title=N_("The cross-site bench"), blueprints=(bp,), cookies=(BENCH,))
