"""Words as they are compared when somebody searches."""

import re
import unicodedata
from functools import lru_cache

from webapp.i18n import locale

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼʿʾ](?=\w)")
# What NFKD leaves apart and people type alike. The tatweel only stretches a word, the soft hyphen may part it.
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ٱ": "ا", "ى": "ي", "ة": "ه"}
    | {"ـ": None, "\u00ad": None}
)
_TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"}
)
# Ends of plurals that the stemmers leave, each with one of the singular: loaves, knives; كعكات.
_PLURALS = {"en": (("ves", "f"), ("ves", "fe")), "ar": (("ات", "ه"),)}


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: "Ma'amoul" is `maamoul`, "Gebäck" is `geback`."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char)).translate(_ALIKE)
    return _WORD.findall(_APOSTROPHE.sub("", plain))


def written_out(text: str) -> str:
    """Return a text with its umlauts as two letters, as people write them who have no such key: "Kaese"."""
    return unicodedata.normalize("NFC", text).translate(_TWO_LETTERS)


@lru_cache(maxsize=16384)
def stems(word: str, language: str) -> frozenset[str]:
    """Return what the forms of a word, as `words` gives it, have in common; none where the language has no stemmer.

    Umlauts written out are as umlauts there, of German.
    """
    import snowballstemmer  # slow to import, and most processes' first pages look for nothing

    name = (locale(language).get_language_name("en") or "").lower()
    if name not in snowballstemmer.algorithms():
        return frozenset()
    stem = snowballstemmer.stemmer(name).stemWord  # a stemmer is no thread's but its own
    others = [word.removesuffix(many) + one for many, one in _PLURALS.get(language, ()) if word.endswith(many)]
    return frozenset(map(stem, [word, *others]))
