"""The jar: every cookie that this browser sent, explained, to be changed, spoiled, deleted, taken along."""

from flask import Flask

from webapp import trial
from webapp.cookies import current_jar
from webapp.house import Feature, Group, Place
from webapp.i18n import N_

from .views import bp

__all__ = ["init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the jar's pages, and the bar that a page of a trial carries."""
    page = Place(
        endpoint="jar.jar",
        title=N_("My cookies"),
        menu=Group.COURSE,
        count=lambda: len(current_jar().received),
    )
    app.jinja_env.globals["trial_under_way"] = trial.under_way
    return Feature(blueprints=(bp,), places=(page,), above=_bar)


def _bar() -> str:
    return "jar/bar.html" if trial.under_way() else ""
