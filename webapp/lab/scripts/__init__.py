"""What a script may do: it tries to set, read and delete cookies, and the next request tells."""

from flask import Flask

from webapp.i18n import N_
from webapp.lab import Bench

from .views import bp


def init_app(app: Flask) -> Bench:
    """Hand over the bench."""
    return Bench(
        blueprints=(bp,),
        title=N_("What a script may do"),
        description=N_("document.cookie and the CookieStore, tried in your browser"),
        endpoint=f"{bp.name}.show",
        order=7,
        picture="M16 14 6 24l10 10M32 14l10 10-10 10M28 10l-8 28",
        shows={"": N_("HttpOnly against scripts, and what else they may not do")},
    )
