"""The tutorial's two routes, live: `/setcookie` sets a cookie of the visitor's own, `/getcookie` reads it back."""

from flask import Flask

from webapp.cookies import ours_came
from webapp.house import Feature, Group, Place
from webapp.i18n import N_

from .cookies import TUTORIAL
from .views import bp

__all__ = ["TUTORIAL", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the pages; the menu leads there as long as it would be somebody's first cookie."""
    title = N_("Your first cookie")
    page = Place(endpoint="tutorial.set_cookie", title=title, menu=Group.COURSE, shown=lambda: not ours_came())
    return Feature(
        title=title,
        blueprints=(bp,),
        cookies=(TUTORIAL,),
        places=(page,),
        invites=lambda: "" if TUTORIAL.held() else "tutorial/give.html",
    )
