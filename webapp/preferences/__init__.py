"""What a visitor prefers: theme, language, the dock, presenter mode."""

from typing import Any

from flask import Flask

from webapp.cookies import current_jar, whose
from webapp.cookies.direct import this_request
from webapp.house import Feature, Group, Place
from webapp.i18n import N_, current_language, locale
from webapp.security import same_origin

from .cookies import DOCK, LANGUAGE, PRESENTER, THEME, THEMES
from .views import bp

__all__ = ["DOCK", "LANGUAGE", "PRESENTER", "THEME", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand every template what the first paint needs; a reset leaves the look of the instructor's screen."""
    app.context_processor(_first_paint)
    app.jinja_env.globals["preferences_kept"] = _kept
    cookies = (THEME, LANGUAGE, DOCK, PRESENTER)
    page = Place(
        endpoint="preferences.preferences",
        title=N_("Preferences"),
        menu=Group.OWN,
        named=lambda: f"◐ {locale(current_language()).display_name}",
        trial=True,
        returns=True,
    )
    return Feature(
        title=N_("Preferences"), blueprints=(bp,), cookies=cookies, places=(page,), stays=cookies, above=_said
    )


def _said() -> str:
    """Return what says which preferences came, on a page that the form led to."""
    # A redirect keeps the Referer of the page with the form (W3C Referrer Policy); ours tells no other site.
    request = this_request()
    came_from = request.headers.get("Referer", "").partition("?")[0]
    ours = came_from.endswith(f"{request.script_root}/preferences") and same_origin()
    return "preferences/kept.html" if ours else ""


def _kept() -> list[tuple[str, str]]:
    ours = (THEME, LANGUAGE, DOCK, PRESENTER)
    return [(name, value) for name, value in current_jar().received if whose(name, value) in ours]


def _first_paint() -> dict[str, Any]:
    theme = THEME.get()
    return {"theme": theme, "color_scheme": THEMES[theme][1], "presenter": PRESENTER.get()}
