"""Words as they are compared when somebody searches."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼʿʾ](?=\w)")
# What NFKD leaves apart and people type alike. The tatweel only stretches a word.
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None}
)


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: "Ma'amoul" is `maamoul`, "Gebäck" is `geback`."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char)).translate(_ALIKE)
    return _WORD.findall(_APOSTROPHE.sub("", plain))
