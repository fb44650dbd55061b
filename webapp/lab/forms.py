"""The lab's forms."""

import re

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from webapp.cookies import pair
from webapp.forms import OpenForm
from webapp.i18n import N_

from .cookies import LAB

MOST_LINES = 5
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


def _escaped(text: str, octets: str) -> str:
    backslash = r"\\(?=x[0-9A-Fa-f]{2})"
    return re.sub(f"{octets}|{backslash}", lambda found: f"\\x{ord(found[0]):02x}", text)


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
        if len(lines) > MOST_LINES:
            raise ValidationError(N_("Please send five lines at most."))
        for line in lines:
            if problem := LAB.problem(line):
                raise ValidationError(problem)

    def validate_ask(self, field: StringField) -> None:
        """Hold the path to plain names."""
        if (
            not re.fullmatch("([A-Za-z0-9._-]{1,40}(/[A-Za-z0-9._-]{1,40}){0,4})?", field.data, re.ASCII)
            or ".." in field.data
        ):
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
