"""The cookie that remembers what the visitor allowed."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, ago, gettext

# What a visitor can refuse, in the order in which it is shown and written.
OPTIONAL = (Category.PREFERENCES, Category.HISTORY)
_MOMENT = codecs.Timestamp()


@dataclass(frozen=True)
class Choice:
    """What was allowed, when, and of which revision of the declarations."""

    allowed: frozenset[Category]
    revision: str
    at: datetime


class ChoiceCodec:
    """`preferences~history.3fa9c1.1763800000`: the categories, the revision, the time; `none` for no category."""

    _WORDS = {  # noqa: RUF012 - never changed
        "~".join(category.value for category in some) or "none": frozenset(some)
        for number in range(len(OPTIONAL) + 1)
        for some in combinations(OPTIONAL, number)
    }
    _SHAPE = re.compile(r"([a-z~]+)\.([0-9a-f]{6})\.(.+)", re.ASCII)

    def encode(self, value: Choice) -> str:
        """Return the text for the wire."""
        words = "~".join(category.value for category in OPTIONAL if category in value.allowed)
        return f"{words or 'none'}.{value.revision}.{_MOMENT.encode(value.at)}"

    def decode(self, text: str) -> Choice:
        """Return the choice; ValueError when no `encode` could have written this text."""
        shape = self._SHAPE.fullmatch(text)
        if not shape:
            raise ValueError(f"{text[:60]!r} is no record of a choice")
        words, revision, at = shape.groups()
        if words not in self._WORDS:
            raise ValueError(f"{text[:60]!r} names no categories the way they are written here")
        return Choice(self._WORDS[words], revision, _MOMENT.decode(at))


_ALLOWED = {
    frozenset(): N_("You allowed only necessary cookies, %(ago)s."),
    frozenset({Category.PREFERENCES}): N_("You allowed preferences, and no history, %(ago)s."),
    frozenset({Category.HISTORY}): N_("You allowed history, and no preferences, %(ago)s."),
    frozenset(OPTIONAL): N_("You allowed preferences and history, %(ago)s."),
}
CONSENT = Cookie(
    name="consent",
    purpose=N_("Which cookies you allowed and when, so that we don't ask on every page."),
    does=N_("what may be kept of you"),
    says=lambda key, choice: gettext(_ALLOWED[choice.allowed], ago=ago(choice.at)),
    category=Category.NECESSARY,
    max_age=timedelta(days=180),
    codec=ChoiceCodec(),
)
