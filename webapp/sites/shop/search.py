"""Finding goods by the words that describe them, in the visitor's own language."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from markupsafe import Markup, escape

from webapp.i18n import translations, with_lang
from webapp.sites.excerpts import excerpt, marked
from webapp.sites.words import stems, words, written_out

from .goods import CATEGORIES, GOODS, TAGS, Good

LONGEST_QUERY = 100

# A good and its words in the order of their weight: of its name, of its category and tags, of its story.
Entry = tuple[Good, tuple[set[str], set[str], set[str]]]

# Arabic writes the article, "and", "with" and "for" as part of the next word.
_ARABIC_PREFIX = re.compile(r"(?:[وفبك]?ال|لل|[وفبكل])(?=[ء-ي]{3})")


def search(query: str, language: str) -> list[Good]:
    """Return the goods that fit the query, as `find` has it, in the words of a language."""
    return find(query, _index(language), language)


def find(query: str, entries: Iterable[Entry], language: str = "en") -> list[Good]:
    """Return the goods of which every word of the query begins a word, those with all of them in the name first.

    Then come those that need their category and tags, then those that need their story. Case and accents don't matter,
    nor do plurals and the like, umlauts written out, vowel marks, tatweel and the forms of alef in Arabic. Of an
    overlong query only the first `LONGEST_QUERY` characters count; a query without words finds nothing.
    """
    wanted = _wanted(query, language)
    found = []
    for good, fields in entries:
        ranks = list(takewhile(lambda rank: rank is not None, (_rank(word, fields) for word in wanted)))
        if ranks and len(ranks) == len(wanted):
            found.append((max(ranks), good))
    return [good for _, good in sorted(found, key=lambda pair: pair[0])]


class Why(NamedTuple):
    """Why a good was found, as far as its name does not tell: titles of its shelf and tags, and a part of its story."""

    titles: list[str | Markup]
    story: str | Markup | None


def why(good: Good, query: str, language: str) -> Why:
    """Return why a query finds a good, with the words marked."""
    speak = translations(language).gettext
    wanted, name = _wanted(query, language), _findable([speak(good.name)], language)
    missing = [word for word in wanted if not word.begins(name)]
    titles = [
        title for title in _titles(good, speak) if any(word.begins(_findable([title], language)) for word in missing)
    ]
    rest = [word for word in missing if not word.begins(_findable(titles, language))]

    def fits(text: str) -> bool:
        return any(word.begins(_findable([text], language)) for word in missing)

    story = with_lang(text := speak(good.story), excerpt(escape(text), fits, before=4, length=12)) if rest else None
    return Why([with_lang(title, marked(title, fits)) for title in titles], story)


def index(translate: Callable[[str], str], language: str = "en") -> list[Entry]:
    """Return what `find` looks through: each good with its words, as `translate` puts them."""
    return [
        (
            good,
            (
                _findable([translate(good.name)], language),
                _findable(_titles(good, translate), language),
                _findable([translate(good.story)], language),
            ),
        )
        for good in GOODS.values()
    ]


@cache
def _index(language: str) -> list[Entry]:
    return index(translations(language).gettext, language)


def _titles(good: Good, translate: Callable[[str], str]) -> list[str]:
    return [translate(CATEGORIES[good.category]), *(translate(TAGS[tag]) for tag in good.tags)]


class _Word(NamedTuple):
    """A word that somebody searches for."""

    forms: tuple[str, ...]
    stems: frozenset[str]

    def begins(self, known: set[str]) -> bool:
        """Tell whether some text's words have one that begins with this one, or is another form of it."""
        return not known.isdisjoint(self.stems) or any(one.startswith(self.forms) for one in known)


def _wanted(query: str, language: str) -> set[_Word]:
    return {
        _Word(forms := _forms(word), _stems(forms, language)) for word in dict.fromkeys(words(query[:LONGEST_QUERY]))
    }


def _findable(texts: list[str], language: str) -> set[str]:
    text = " ".join(texts)
    forms = {form for word in words(text) for form in _forms(word)}
    return forms.union(words(written_out(text)), _stems(forms, language))


def _stems(forms: Iterable[str], language: str) -> frozenset[str]:
    return frozenset().union(*(stems(form, language) for form in forms))


def _rank(word: _Word, fields: tuple[set[str], ...]) -> int | None:
    return next((rank for rank, known in enumerate(fields) if word.begins(known)), None)


def _forms(word: str) -> tuple[str, ...]:
    prefix = _ARABIC_PREFIX.match(word)
    return (word, word[prefix.end() :]) if prefix else (word,)
