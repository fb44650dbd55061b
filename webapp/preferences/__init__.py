"""What a visitor prefers: theme, language, the dock, presenter mode."""

from typing import Any

from flask import Flask

from webapp.house import Feature, Place, always
from webapp.i18n import N_

from .cookies import DOCK, LANGUAGE, PRESENTER, THEME, THEMES
from .views import bp

__all__ = ["DOCK", "LANGUAGE", "PRESENTER", "THEME", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand every template what the first paint needs; a reset leaves the look of the instructor's screen."""
    app.context_processor(_first_paint)
    cookies = (THEME, LANGUAGE, DOCK, PRESENTER)
    page = Place(endpoint="preferences.preferences", title=N_("Preferences"), menu=always, trial=True, returns=True)
    return Feature(title=N_("Preferences"), blueprints=(bp,), cookies=cookies, places=(page,), stays=cookies)


def _first_paint() -> dict[str, Any]:
    theme = THEME.get()
    return {"theme": theme, "color_scheme": THEMES[theme][1], "presenter": PRESENTER.get()}
