"""Stolen: a guest book that trusts its guests, and the inbox of a thief."""

from flask import Flask

from webapp.cookies import declare
from webapp.i18n import N_
from webapp.lab import Bench

from .views import INBOX, bp


def init_app(app: Flask) -> Bench:
    """Register the bench."""
    declare(app, __name__, INBOX)
    app.register_blueprint(bp)
    return Bench(
        name=bp.name,
        title=N_("Stolen"),
        description=N_("a script in a guest book, a thief's inbox, and what HttpOnly stops"),
        endpoint=f"{bp.name}.show",
        order=6,
    )
