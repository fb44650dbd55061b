"""Stolen: a guest book that trusts its guests, and the inbox of a thief."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import INBOX, bp, set_up


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        cookies=(INBOX,),
        benches={bp.name: set_up},
        title=N_("Stolen"),
        description=N_("a script in a guest book, a thief's inbox, and what HttpOnly stops"),
        endpoint=f"{bp.name}.show",
        order=6,
        picture="M4 24q20-26 40 0-20 26-40 0zM24 18a6 6 0 1 0 .1 0",
    )
