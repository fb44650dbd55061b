"""What a browser would make of a title and a value as somebody typed them."""

from dataclasses import dataclass
from datetime import datetime

from webapp.cookies import codecs, pair
from webapp.i18n import N_
from webapp.useragent import RULES, Rule, UserAgent

from .cookies import LONGEST_TITLE, with_title

_PICTURES = {**{code: 0x2400 + code for code in range(0x20)}, 0x7F: 0x2421}
_CONTROLS = {chr(code) for code in _PICTURES}
_SHOWN = 300  # characters of one text: people may paste a book
_TELLING = (RULES["pair"], RULES["nameless"])


@dataclass(frozen=True)
class Reading:
    """A Set-Cookie line as a browser reads it: whether it would store a cookie, and by which rules.

    `as_meant` tells whether that cookie has the name that was typed.
    `line` and the values of the rules are fit to be shown: control characters as pictures, nothing endless.
    """

    line: str
    stored: bool
    as_meant: bool
    steps: list[tuple[Rule, dict[str, object]]]

    def refused_by(self, key: str) -> bool:
        """Tell whether the rule of this key (webapp.useragent.RULES) forbids the cookie."""
        return not self.stored and any(rule.key == key for rule, _ in self.steps)


def title_problem(title: str) -> str | None:
    """Return why no cookie should have this title, None for a good one."""
    if with_title(title):
        return None
    if not title:
        return N_("Every cookie needs a title, so that you can ask for it again.")
    if not _CONTROLS.isdisjoint(title):
        return N_("There is a control character in the title. For that, browsers drop the whole line.")
    if ";" in title:
        return N_("A semicolon ends the cookie: what follows it is read as an attribute, not as part of the title.")
    if "=" in title:
        return N_("The first equals sign ends the title: what follows it would slip into the value.")
    if not title.isascii():
        return N_("Titles are plain ASCII. Beyond it, browsers and servers don't agree on what the letters are.")
    if len(title) > LONGEST_TITLE:
        return N_("Please keep the title to 40 characters.")
    return N_("Browsers may take it, but a title has only letters, digits and a few signs such as - _ and the dot.")


def read(name: str, value: str, url: str, now: datetime) -> Reading:
    """Return what a browser that follows RFC 6265bis makes of a cookie of this name and value, set from `url`.

    The value is percent-encoded, as the site does it, but for a control character that nobody can have meant.
    """
    raw = value if not _CONTROLS.isdisjoint(value) else codecs.Text(len(value)).encode(value)
    line = pair(name, raw) + "; Path=/" + ("; Secure" if url.startswith("https:") else "")
    verdict = UserAgent("spec").receive(url, _octets(line), now=now)
    steps = [step for step in verdict.steps if step.kind != "note" or step.rule in _TELLING]
    return Reading(
        _fit(line),
        verdict.stored,
        verdict.stored and verdict.cookie.name == _octets(name),
        [(step.rule, {place: _legible(value) for place, value in step.values.items()}) for step in steps],
    )


def _octets(text: str) -> str:
    """Return the text as the model reads a header line: its UTF-8, one octet a character."""
    return text.encode().decode("latin-1")


def _legible(value: object) -> object:
    return _fit(value.encode("latin-1").decode("utf-8", "replace")) if isinstance(value, str) else value


def _fit(text: str) -> str:
    text = text.translate(_PICTURES)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
