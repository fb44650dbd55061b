"""Languages: texts, numbers, dates and prices as the visitor reads them.

`N_("text")` marks a text where it is declared, `gettext` (`_` in templates) translates it where it is shown. A
language is one folder under `translations/`; English is the language of the source.
"""

import math
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, dates, numbers
from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, g, has_request_context, request
from flask.templating import Environment
from jinja2 import Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context

from webapp import clock

_UNITS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}
_AGO = (("year", 31_556_952), ("month", 2_629_746), ("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60))
_FOLDER = Path(__file__).parent / "translations"
LANGUAGES = ("en", *sorted(folder.name for folder in _FOLDER.glob("*") if (folder / "LC_MESSAGES").is_dir()))


def N_(text: str) -> str:
    """Mark a text for the catalogues and return it unchanged."""
    return text


@cache
def translations(language: str) -> NullTranslations:
    """Return a language's catalogue, read from its `messages.po` when it is first asked for."""
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (_FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


@cache
def locale(language: str) -> Locale:
    """Return what Babel knows of a language: its name, direction, formats."""
    return Locale.parse(language)


class Speaker:
    """Texts, numbers, dates and prices in one language."""

    def __init__(self, language: str) -> None:
        self.locale = locale(language)
        self._catalog = translations(language)
        # Babel parses its patterns anew at every call; a page shows the same few prices and dates again and again.
        self.price = lru_cache(maxsize=4096)(self.price)
        self.number = lru_cache(maxsize=4096)(self.number)
        self.moment = lru_cache(maxsize=4096)(self.moment)
        self._ago = lru_cache(maxsize=512)(self._ago)

    def gettext(self, text: str, /, **values: Any) -> str:
        """Return the translated text, `%(name)s` filled in from `values`."""
        translated = self._catalog.gettext(text)
        return translated % values if values else translated

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """Return the form that fits `num`, `%(num)s` filled in with the number."""
        return self._catalog.ngettext(one, many, num) % {"num": self.number(num), **values}

    def number(self, value: float) -> str:
        """Return a number as it is written."""
        return numbers.format_decimal(value, locale=self.locale)

    def price(self, cents: int) -> str:
        """Return a price in euro from whole cents."""
        return numbers.format_currency(cents / 100, "EUR", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """Return a date with its time, in UTC."""
        return dates.format_datetime(value, "medium", locale=self.locale)

    def duration(self, seconds: int) -> str:
        """Return a length of time in words, in the largest unit from seconds to days that tells it exactly."""
        unit = next(unit for unit, size in _UNITS.items() if size == 1 or (seconds and seconds % size == 0))
        # A threshold that no unit reaches: the granularity is the unit. Babel's units lack the Arabic day and hour.
        return dates.format_timedelta(timedelta(seconds=seconds), unit, threshold=math.inf, locale=self.locale)

    def ago(self, then: datetime) -> str:
        """Return how long ago something was, in its largest unit: "3 hours ago"; below a minute "just now"."""
        seconds = (clock.now() - then).total_seconds()
        for unit, size in _AGO:
            if seconds >= size:
                return self._ago(unit, int(seconds // size))
        return self.gettext(N_("just now"))

    def _ago(self, unit: str, count: int) -> str:
        length = timedelta(seconds=-count * dict(_AGO)[unit])
        return dates.format_timedelta(length, unit, threshold=1, add_direction=True, locale=self.locale)


speaker = cache(Speaker)


def current_language() -> str:
    """Return the language of this request, English outside of one."""
    if not has_request_context():
        return "en"
    language = g.get("language")
    if language is None:
        chosen = current_app.extensions["crumb.language"]()
        g.language_negotiated = chosen is None
        # RFC 9110 section 12.5.4
        language = g.language = chosen or request.accept_languages.best_match(LANGUAGES, "en")
    return language


def gettext(text: str, /, **values: Any) -> str:
    """Return `text` in the visitor's language, `%(name)s` filled in from `values`."""
    return speaker(current_language()).gettext(text, **values)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return the form that fits `num` in the visitor's language, `%(num)s` filled in with the number."""
    return speaker(current_language()).ngettext(one, many, num, **values)


def moment(value: datetime) -> str:
    """Return a date with its time, in UTC, as the visitor writes it."""
    return speaker(current_language()).moment(value)


def duration(seconds: int) -> str:
    """Return a length of time in the visitor's words, exactly."""
    return speaker(current_language()).duration(seconds)


class FoldConstants(Extension):
    """Works out at compile time what is the same at every request: constant texts and addresses.

    `_("text")`, `url_for("endpoint")` and `asset("path")` become strings; a call with more than one string stays a
    call.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace each name of those three, `(`, string, `)` by the string that the call returns."""
        held: list[Token] = []
        for token in stream:
            held.append(token)
            while held and not _begins_call(held):
                yield held.pop(0)
            if len(held) == 4:
                call = self.environment.globals[held[0].value]
                yield Token(held[0].lineno, "string", call(held[2].value))
                held = []
        yield from held


def _begins_call(tokens: list[Token]) -> bool:
    shape = ("name", "lparen", "string", "rparen")
    return tokens[0].value in ("_", "url_for", "asset") and all(
        token.type == kind for token, kind in zip(tokens, shape, strict=False)
    )


class _Context(Context):
    """A template's variables; Jinja asks at each call whether the function wants them, and none of ours does."""

    def call(
        self, function: Callable, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **values: Any
    ) -> Any:
        """Call the function."""
        return function(*args, **values)


class LanguageEnvironment(Environment):
    """Compiles each template once a language."""

    context_class = _Context
    language: str | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._in_language: dict[str, Environment] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one plain dict: Jinja's chain of two is searched name by name at each import of a template."""
        return {**self.globals, **(d or {})}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Mapping[str, Any] | None = None
    ) -> Template:
        """Return the template as compiled for the language of this request."""
        if self.language:
            return super().get_template(name, parent, globals)
        language = current_language()
        if language not in self._in_language:
            environment = self.overlay(cache_size=400)
            environment.language = language
            speak = speaker(language)
            # Bound to the language once, so that no text asks for the language of the request again.
            texts = {"_": speak.gettext, "ngettext": speak.ngettext, "locale": speak.locale}
            environment.globals = {**self.globals, **texts}
            names = ("ago", "duration", "moment", "number", "price")
            environment.filters = {**self.filters, **{name: getattr(speak, name) for name in names}}
            environment.add_extension(FoldConstants)
            self._in_language[language] = environment
        return self._in_language[language].get_template(name, parent, globals)


def init_app(app: Flask, choose: Callable[[], str | None]) -> None:
    """Make the app speak; `choose` returns the visitor's own choice, None to follow the browser's."""
    app.extensions["crumb.language"] = choose
    app.after_request(_vary)
    app.jinja_environment = LanguageEnvironment
    app.jinja_env.globals["current_language"] = current_language


def _vary(response: Response) -> Response:
    if g.get("language_negotiated"):
        response.vary.add("Accept-Language")
    return response
