"""What a visitor prefers: theme, language, the dock, presenter mode."""

from typing import Any

from flask import Flask

from webapp.cookies import declare

from .cookies import DOCK, LANGUAGE, PRESENTER, THEME, THEMES
from .views import bp

__all__ = ["DOCK", "LANGUAGE", "PRESENTER", "THEME", "init_app"]


def init_app(app: Flask) -> None:
    """Register the page and hand every template what the first paint needs."""
    declare(app, __name__, THEME, LANGUAGE, DOCK, PRESENTER)
    app.register_blueprint(bp)
    app.context_processor(_first_paint)


def _first_paint() -> dict[str, Any]:
    theme = THEME.get()
    return {"theme": theme, "color_scheme": THEMES[theme][1], "presenter": PRESENTER.get()}
