"""Characters that nobody sees: a name may have none of them, and a text of nothing else is empty."""

import re
import unicodedata

# The Default_Ignorable_Code_Points of Unicode that are no format characters (category Cf), and what fonts leave blank
# though it counts as a letter or a symbol: the Hangul fillers, the empty Braille pattern, the null notehead.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U000e0000-\U000e0fff]"
)
# Format characters that are drawn: signs of numbers and verses in Arabic, Syriac and Kaithi.
_SEEN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")


def is_invisible(char: str) -> bool:
    """Tell whether a character leaves no mark of its own; white space does not count."""
    return bool(_UNSEEN.match(char)) or (unicodedata.category(char) in ("Cc", "Cf", "Cs") and not _SEEN.match(char))


def is_blank(text: str) -> bool:
    """Tell whether a text shows nothing at all."""
    return all(char.isspace() or is_invisible(char) for char in text)
