"""Finding goods by the words that describe them, in the visitor's own language."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import takewhile

from webapp.i18n import translations
from webapp.sites.words import words

from .goods import CATEGORIES, GOODS, TAGS, Good

LONGEST_QUERY = 100

# A good and its words in the order of their weight: of its name, of its category and tags, of its story.
Entry = tuple[Good, tuple[set[str], set[str], set[str]]]

# Arabic writes the article, "and", "with" and "for" as part of the next word.
_ARABIC_PREFIX = re.compile(r"(?:[وفبك]?ال|لل|[وفبكل])(?=[ء-ي]{3})")


def search(query: str, language: str) -> list[Good]:
    """Return the goods that fit the query, as `find` has it, in the words of a language."""
    return find(query, _index(language))


def find(query: str, entries: Iterable[Entry]) -> list[Good]:
    """Return the goods of which every word of the query begins a word, those with all of them in the name first.

    Then come those that need their category and tags, then those that need their story. Case and accents don't matter,
    nor do vowel marks, tatweel and the forms of alef in Arabic. Of an overlong query only the first `LONGEST_QUERY`
    characters count; a query without words finds nothing.
    """
    wanted = set(words(query[:LONGEST_QUERY]))
    found = []
    for good, fields in entries:
        ranks = list(takewhile(lambda rank: rank is not None, (_rank(word, fields) for word in wanted)))
        if ranks and len(ranks) == len(wanted):
            found.append((max(ranks), good))
    return [good for _, good in sorted(found, key=lambda pair: pair[0])]


def index(translate: Callable[[str], str]) -> list[Entry]:
    """Return what `find` looks through: each good with its words, as `translate` puts them."""
    return [
        (
            good,
            (
                _findable([translate(good.name)]),
                _findable([translate(CATEGORIES[good.category]), *(translate(TAGS[tag]) for tag in good.tags)]),
                _findable([translate(good.story)]),
            ),
        )
        for good in GOODS.values()
    ]


@cache
def _index(language: str) -> list[Entry]:
    return index(translations(language).gettext)


def _findable(texts: list[str]) -> set[str]:
    return {form for word in words(" ".join(texts)) for form in _forms(word)}


def _rank(word: str, fields: tuple[set[str], ...]) -> int | None:
    typed = _forms(word)
    return next((rank for rank, known in enumerate(fields) if any(one.startswith(typed) for one in known)), None)


def _forms(word: str) -> tuple[str, ...]:
    prefix = _ARABIC_PREFIX.match(word)
    return (word, word[prefix.end() :]) if prefix else (word,)
