"""The lab's forms."""

import re
from dataclasses import replace

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from webapp.cookies import pair
from webapp.forms import OpenForm
from webapp.i18n import N_
from webapp.useragent import Step
from webapp.useragent.urls import locate
from webapp.wire.show import roundtrip

from .cookies import LAB
from .predict import too_much
from .question import ASKING, Question

LONGEST_URL = 2000
_LONGEST = 200  # letters of a value in a sentence: each browser has some of them for each line
GUESSES = {
    "stored": N_("It comes back"),
    "refused": N_("It does not come back"),
    "unsure": N_("I can't tell"),
}


def parted(text: str) -> list[str]:
    """Return the lines of a text, as the bytes of a header: its UTF-8, one octet a character, and `\\x09` one octet."""
    rows = re.split("\r\n|\r|\n", text)
    octets = [row.encode("utf-8", "replace").decode("latin-1") for row in rows if row.strip()]
    return [re.sub(r"\\x([0-9A-Fa-f]{2})", lambda escape: chr(int(escape[1], 16)), row) for row in octets]


def shown(line: str) -> str:
    """Return header bytes as text, such that `parted` gives them back: what is no text as `\\x09`."""
    try:
        text = line.encode("latin-1").decode()
    except UnicodeError:
        return _escaped(line, "[^ -~]")
    if any(letter > "\x7f" and not letter.isprintable() for letter in text):
        return _escaped(line, "[^ -~]")
    return _escaped(text, "[\x00-\x1f\x7f]")


def said(step: Step) -> str:
    """Return the sentence of a step in the visitor's language, header bytes in it as text."""
    texts = {name: shown(value) for name, value in step.values.items() if isinstance(value, str)}
    values = {**step.values, **{name: text[:_LONGEST] + "…" * (len(text) > _LONGEST) for name, text in texts.items()}}
    return roundtrip.said(replace(step, values=values))


def _escaped(text: str, octets: str) -> str:
    backslash = r"\\(?=x[0-9A-Fa-f]{2})"
    return re.sub(f"{octets}|{backslash}", lambda found: f"\\x{ord(found[0]):02x}", text)


def fits(path: str) -> bool:
    """Tell whether a path is made of plain names, as the address that is asked after is."""
    return re.fullmatch("([A-Za-z0-9._-]{1,40}(/[A-Za-z0-9._-]{1,40}){0,4})?", path) is not None and ".." not in path


class LinesForm(OpenForm):
    """The lines to send, with what kind of answer, what the visitor expects, and the path that is asked after."""

    lines = TextAreaField(N_("Set-Cookie lines, one a row"), filters=[lambda text: text or ""])
    ask = StringField(N_("Then open"), filters=[lambda text: text or ""])
    failing = BooleanField(N_("Send them with an error, 404"))
    guess = RadioField(
        N_("What do you expect?"),
        choices=[SelectChoice(key, label) for key, label in GUESSES.items()],
        default="unsure",
        validate_choice=False,
    )

    def validate_lines(self, field: TextAreaField) -> None:
        """Explain why the site does not send a line."""
        lines = parted(field.data)
        if not lines:
            raise ValidationError(N_("Please write a line, such as lab-flavour=rye; Path=/lab."))
        if problem := too_much(lines):
            raise ValidationError(problem)
        for line in lines:
            if problem := LAB.problem(line):
                raise ValidationError(problem)

    def validate_ask(self, field: StringField) -> None:
        """Hold the path to plain names."""
        if not fits(field.data):
            raise ValidationError(N_("A path here is made of letters, digits, dots, - and _, parted by slashes."))


class AttributesForm(OpenForm):
    """A line put together from its parts; sent by GET, and as free as a raw line: nothing here is checked."""

    name = StringField(N_("Name"), default="lab-flavour")
    value = StringField(N_("Value"), default="rye")
    path = StringField("Path")
    domain = StringField("Domain")
    max_age = StringField("Max-Age")
    expires = StringField("Expires")
    same_site = SelectField(
        "SameSite",
        choices=[
            SelectChoice("", N_("not written")),
            *(SelectChoice(word, word) for word in ("Strict", "Lax", "None")),
        ],
        validate_choice=False,
    )
    secure = BooleanField("Secure")
    http_only = BooleanField("HttpOnly")
    partitioned = BooleanField("Partitioned")

    @property
    def line(self) -> str:
        """Return the line, its attributes in the order of RFC 6265bis section 4.1.1."""
        name, value = self.name.data or "", self.value.data or ""
        parts = [pair(name, value)]
        for field in (self.expires, self.max_age, self.domain, self.path, self.same_site):
            if field.data:
                parts.append(pair(field.label.text, field.data))
        parts += [field.label.text for field in (self.secure, self.http_only, self.partitioned) if field.data]
        return "; ".join(parts)


class QuestionForm(OpenForm):
    """The question; sent by GET, so that its address carries it. Others link here: the names of the fields stay."""

    line = StringField(N_("Set-Cookie line"), filters=[lambda text: text or ""])
    set_by = StringField(N_("Set by"), filters=[lambda text: (text or "").strip()])
    to = StringField(N_("Should go to"), filters=[lambda text: (text or "").strip()])
    asked_by = SelectField(
        N_("Asked for by"),
        choices=[SelectChoice(way.key, way.title) for way in ASKING.values()],
        coerce=lambda key: key or "typed",
        default="typed",
    )
    page = StringField(N_("On a page of"), filters=[lambda text: (text or "").strip()])
    third_party = SelectField(
        N_("Third-party cookies"),
        choices=[
            SelectChoice("", N_("as each browser has it")),
            SelectChoice("allowed", N_("allowed in all")),
            SelectChoice("blocked", N_("blocked in all")),
        ],
        default="",
    )
    before = TextAreaField(N_("Set before it"), filters=[lambda text: text or ""])
    before_by = StringField(N_("That one was set by"), filters=[lambda text: (text or "").strip()])

    def lines(self) -> list[tuple[str, str]]:
        """Return each line with the address that sets it; a name of the header in front of one goes."""
        earlier, (*more, last) = parted(self.before.data), parted(self.line.data) or [""]
        by = self.before_by.data or self.set_by.data
        rows = [*((by, line) for line in earlier), *((self.set_by.data, line) for line in (*more, last))]
        return [(url, re.sub(r"(?i)^\s*set-cookie:\s*", "", line)) for url, line in rows]

    def question(self) -> Question:
        """Return the question of a valid form."""
        third_party = self.third_party.data or None
        return Question(tuple(self.lines()), self.to.data, ASKING[self.asked_by.data], self.page.data, third_party)

    def validate_line(self, field: StringField) -> None:
        """Ask for a line, and for no more of them than one can overlook."""
        lines = [line for _, line in self.lines()]
        if not lines[-1].strip():
            raise ValidationError(N_("Please write a Set-Cookie line, such as sid=42; Path=/."))
        if problem := too_much(lines):
            raise ValidationError(problem)

    def validate_set_by(self, field: StringField) -> None:
        """Ask for a whole address."""
        if len(field.data) > LONGEST_URL:
            raise ValidationError(N_("This address is longer than 2000 characters."))
        if locate(field.data) is None:
            raise ValidationError(N_("Please write a whole address, such as https://www.example.com/login."))

    validate_to = validate_set_by

    def validate_page(self, field: StringField) -> None:
        """Ask for a whole address, or for none."""
        if field.data:
            self.validate_set_by(field)

    validate_before_by = validate_page
