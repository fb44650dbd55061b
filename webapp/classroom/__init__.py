"""The instructor's side: what each lesson needs, notes on another device, reset, hand-outs, a second browser."""

from itertools import pairwise

from flask import Flask

from webapp.cookies import declare

from . import reset, student_views
from .cookies import ROOM, STUDENT
from .views import bp, reset_place

__all__ = ["ROOM", "STUDENT", "init_app"]


def init_app(app: Flask) -> None:
    """Register the pages, and a way through all places where a reset has something to clear."""
    declare(app, __name__, ROOM, STUDENT)
    app.register_blueprint(bp)
    app.register_blueprint(student_views.bp)
    way = [*(f"{place}/reset" for place in reset.places(app)), "/teach/reset"]
    for place, following in pairwise(way):
        app.add_url_rule(
            place, f"classroom.reset:{place}", reset_place, methods=["POST"], defaults={"following": following}
        )
    app.jinja_env.globals["reset_address"] = way[0]
