"""Languages: texts, numbers, dates and prices as the visitor reads them.

`N_("text")` marks a text where it is declared, `gettext` (`_` in templates) translates it where it is shown; for one
that names a browser it is `P_("fact", "text")`, and in templates `pgettext`. A language is one folder under
`translations/`, of up to three catalogues; English is the language of the source.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from babel import Locale, dates, numbers
from babel.support import NullTranslations, Translations
from flask import has_request_context
from markupsafe import Markup, escape

from webapp import clock
from webapp.cookies.direct import this_g, this_request
from webapp.house import house

_UNITS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}
_AGO = (("year", 31_556_952), ("month", 2_629_746), ("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60))
# What each has in it is said by the mapping of its name, `translations/<name>.cfg`; `make translations` fills them.
CATALOGUES = ("interface", "lessons", "town")
_FOLDER = Path(__file__).parents[1] / "translations"
_ONE_AT_A_TIME = Lock()  # after a start many ask at once for a language that nobody has read yet


def _translated(catalogue: Path) -> dict[str, bool]:
    """Return the texts of a catalogue, as they are written there, each with whether it is translated whole.

    Each start asks this, of all languages; `read_po` takes ten times as long, 50 ms a language.
    """
    found = {}
    for entry in catalogue.read_text("utf-8").replace('"\n"', "").split("\n\n"):
        marks, _, entry = entry.partition("msgid ")
        text, _, forms = entry.rstrip().partition("\nmsgstr")
        found[text] = ' ""\nmsgstr' not in f"{forms}\nmsgstr" and "fuzzy" not in marks
    return found


def _offered() -> tuple[str, ...]:
    """Return English and the languages whose interface is complete: it has every text of `interface.pot`."""
    texts = _translated(_FOLDER / "interface.pot")
    begun = {path.parts[-3]: _translated(path) for path in sorted(_FOLDER.glob("*/LC_MESSAGES/interface.po"))}
    return ("en", *(language for language, done in begun.items() if all(map(done.get, texts))))


LANGUAGES = _offered()


def N_(text: str) -> str:
    """Mark a text for the catalogues and return it unchanged."""
    return text


class Claim(str):
    """A text that names browsers; `facts` are the ids of what it rests on, in `useragent/facts.toml`."""

    facts: str


def P_(facts: str, text: str) -> Claim:
    """Mark a text that names browsers for the catalogues, with what it rests on as its context."""
    claim = Claim(text)
    claim.facts = facts
    return claim


class Untranslated(str):
    """A text that fell back to English, since the visitor's language lacks it."""


class Spoken(str):
    """A text in one language alone, by its code, such as an instructor's own: it stands in no catalogue."""

    language: str


class _English(NullTranslations):
    def gettext(self, message: str) -> str:
        """Return a text that no catalogue has."""
        return Untranslated(message)

    def pgettext(self, context: str, message: str) -> str:
        """Return a text that no catalogue has under this context."""
        return Untranslated(message)


def with_lang(text: str, html: Markup | None = None, element: str = "span") -> str | Markup:
    """Return what `gettext` gave as it stands in a page: a text that fell back says that it is English.

    One in a language of its own says which. `html` is the same text with marks in it. In an attribute and in a title,
    write the text alone.
    """
    shown = text if html is None else html
    if type(text) is Untranslated:
        language = "en"
    elif type(text) is Spoken:
        language = text.language
    else:
        return shown
    direction = locale(language).text_direction
    return Markup('<{0} lang="{1}" dir="{2}">{3}</{0}>').format(element, language, direction, shown)


def translations(language: str) -> NullTranslations:
    """Return a language's catalogues as one, read when it is first asked for."""
    with _ONE_AT_A_TIME:
        return _read(language)


@cache
def _read(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for path in (_FOLDER / language / "LC_MESSAGES" / f"{name}.po" for name in CATALOGUES):
        if path.exists():
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    texts = Translations(compiled)
    texts.add_fallback(_English())
    return texts


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
        self.duration = lru_cache(maxsize=512)(self.duration)
        self._ago = lru_cache(maxsize=512)(self._ago)

    def gettext(self, text: str, /, **values: Any) -> str:
        """Return the translated text, `%(name)s` filled in from `values`."""
        told = self._catalog
        if type(text) is Claim:
            translated = told.pgettext(text.facts, text)
        else:
            translated = text if type(text) is Spoken else told.gettext(text)
        if not values:
            return translated
        return (escape(translated) if any(type(value) is Markup for value in values.values()) else translated) % values

    def pgettext(self, facts: str, text: str, /, **values: Any) -> str:
        """Return the translated text, which names browsers and rests on `facts`."""
        return self.gettext(P_(facts, text), **values)

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

    def day(self, value: datetime) -> str:
        """Return a date, in UTC."""
        return dates.format_date(value, "long", locale=self.locale)

    def month(self, text: str) -> str:
        """Return the month that is written as YYYY-MM."""
        return dates.format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=self.locale)

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


def look_up(accepted: Iterable[tuple[str, float]], offered: Sequence[str]) -> str:
    """Return the offered language that fits the ranges of an Accept-Language header; the first if none does.

    RFC 4647 section 3.4: of each range in turn, whole and then without its last subtags. What has quality 0, or is more
    special than a range that has, is not chosen.
    """
    tags = {language.replace("_", "-").lower(): language for language in offered}
    ranges = [(range.replace("_", "-").lower(), quality) for range, quality in accepted]
    refused = {range for range, quality in ranges if not quality}
    for tag in (prefix for range, quality in ranges if quality for prefix in _prefixes(range)):
        if tag in tags and refused.isdisjoint(_prefixes(tag)):
            return tags[tag]
    return offered[0]


def _prefixes(tag: str) -> list[str]:
    subtags = tag.split("-")
    return ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]


@dataclass(frozen=True)
class Chooser:
    """What returns the visitor's own choice of a language, None to follow the browser's."""

    choose: Callable[[], str | None]


def current_language() -> str:
    """Return the language of this request, English outside of one."""
    try:
        return this_g().language
    except (AttributeError, RuntimeError):  # not chosen yet, or nothing is under way
        if not has_request_context():
            return "en"
        chosen, known = house().kept(Chooser).choose(), this_g()
        known.language_negotiated = chosen is None
        # RFC 9110 section 12.5.4
        known.language = chosen or look_up(this_request().accept_languages, LANGUAGES)
        return known.language


def gettext(text: str, /, **values: Any) -> str:
    """Return `text` in the visitor's language, `%(name)s` filled in from `values`."""
    return speaker(current_language()).gettext(text, **values)


def in_every_language(text: str, /, **values: Any) -> Markup:
    """Return a paragraph in each language, for pages of which nobody knows who will read them."""
    spoken = ((speaker(language).locale, speaker(language).gettext(text, **values)) for language in LANGUAGES)
    lines = (
        Markup('<p lang="{}" dir="{}">{}</p>\n').format(said, said.text_direction, words) for said, words in spoken
    )
    return Markup().join(lines)


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return the form that fits `num` in the visitor's language, `%(num)s` filled in with the number."""
    return speaker(current_language()).ngettext(one, many, num, **values)


def moment(value: datetime) -> str:
    """Return a date with its time, in UTC, as the visitor writes it."""
    return speaker(current_language()).moment(value)


def ago(then: datetime) -> str:
    """Return how long ago something was, in the visitor's words."""
    return speaker(current_language()).ago(then)


def duration(seconds: int) -> str:
    """Return a length of time in the visitor's words, exactly."""
    return speaker(current_language()).duration(seconds)
