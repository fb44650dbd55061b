"""The visitor's language: which one it is, texts, numbers and dates in it, templates compiled for it."""

from collections.abc import Callable

from flask import Flask, Response

from webapp.cookies.direct import this_g
from webapp.house import house

from .language import (
    CATALOGUES,
    LANGUAGES,
    N_,
    P_,
    Chooser,
    Spoken,
    Untranslated,
    ago,
    current_language,
    duration,
    gettext,
    in_every_language,
    locale,
    moment,
    ngettext,
    speaker,
    translations,
    with_lang,
)
from .templates import LanguageEnvironment

__all__ = [
    "CATALOGUES",
    "LANGUAGES",
    "N_",
    "P_",
    "Spoken",
    "Untranslated",
    "ago",
    "current_language",
    "duration",
    "gettext",
    "in_every_language",
    "init_app",
    "locale",
    "moment",
    "ngettext",
    "speaker",
    "translations",
    "with_lang",
]


def init_app(app: Flask, choose: Callable[[], str | None]) -> None:
    """Make the app speak; `choose` returns the visitor's own choice, None to follow the browser's."""
    house(app).keep(Chooser(choose))
    app.after_request(_vary)
    app.jinja_environment = LanguageEnvironment
    app.jinja_env.globals["current_language"] = current_language
    app.jinja_env.filters["with_lang"] = with_lang


def _vary(response: Response) -> Response:
    if this_g().get("language_negotiated"):
        response.vary.add("Accept-Language")
    return response
