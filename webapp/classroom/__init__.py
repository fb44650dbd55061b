"""The instructor's side: how a class gets in, notes on another device, reset, hand-outs, a second browser."""

from collections.abc import Callable
from itertools import pairwise

from flask import Flask

from webapp.house import Feature, Group, Place
from webapp.i18n import N_

from . import reset, student_views
from .cookies import ROOM, STUDENT, TRIED
from .views import bp, entry, reset_place

__all__ = ["ROOM", "STUDENT", "TRIED", "init_app"]


def init_app(app: Flask, presenting: Callable[[], bool]) -> Feature:
    """Open a way through all places where a reset has something to clear; `presenting` tells who is an instructor."""
    way = [*(f"{place}/reset" for place in reset.places(app)), "/teach/reset"]
    for number, (place, following) in enumerate(pairwise(way)):
        app.add_url_rule(
            place, f"classroom.reset_{number}", reset_place, methods=["POST"], defaults={"following": following}
        )
    return Feature(
        title=N_("The instructor's side"),
        blueprints=(bp, student_views.bp, entry),
        cookies=(ROOM, STUDENT, TRIED),
        style="course.css",
        places=(
            Place(endpoint="classroom.teach", title=N_("Teach"), menu=Group.COURSE, shown=presenting),
            Place(
                endpoint="classroom.reset_0",
                title=N_("Reset for the next group"),
                menu=Group.COURSE,
                shown=presenting,
                posts=True,
            ),
            Place(endpoint="classroom.teach", title=N_("For instructors"), footer=True),
        ),
        parts=(Feature(blueprints=(student_views.copied,)),),
        stays=(ROOM,),
        aside=True,
    )
