"""Reading a Set-Cookie line (RFC 6265bis, 5.6): text in; name, value and attributes out, or a line that is dropped."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from . import rules
from .dates import parse_cookie_date
from .engines import Engine
from .rules import Step, note, refused, warning

_CONTROL = re.compile(r"[\x00-\x08\x0A-\x1F\x7F]")
_WHITE_SPACE = " \t"
_SECONDS = re.compile(r"-?[0-9]+")
_SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}

# Chromium reads it, to choose whom to evict; here it decides nothing, but calling it unknown would be wrong.
_HARMLESS = {"priority"}


@dataclass(slots=True)
class Line:
    """A Set-Cookie line as read. None: the attribute is absent. `refused`: the line is dropped whole."""

    name: str = ""
    value: str = ""
    max_age: int | None = None
    expires: datetime | None = None
    domain: str | None = None
    path: str | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = "Default"
    partitioned: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return any(step.kind == "refused" for step in self.steps)


def parse_line(text: str, engine: Engine) -> Line:
    """Read `text`, the field value of one Set-Cookie header, one character an octet. Never raises."""
    line = Line()
    if _CONTROL.search(text):
        line.steps.append(refused(rules.CONTROL_CHARACTER))
        return line
    pair, *attributes = text.split(";")
    _read_pair(line, pair, engine)
    if not line.refused:
        for attribute in attributes:
            _read_attribute(line, attribute, engine)
    return line


def _read_pair(line: Line, pair: str, engine: Engine) -> None:
    before, equals, after = pair.partition("=")
    line.name, line.value = (before, after) if equals or not engine.nameless else ("", before)
    line.name, line.value = line.name.strip(_WHITE_SPACE), line.value.strip(_WHITE_SPACE)
    size = len(line.name) + len(line.value)
    if not size:
        line.steps.append(refused(rules.EMPTY))
    elif size > 4096:
        line.steps.append(refused(rules.TOO_LARGE, size=size))
    elif not engine.tab_inside and "\t" in line.name + line.value:
        line.steps.append(refused(rules.TAB_INSIDE))
    elif line.name:
        line.steps.append(note(rules.PAIR, name=line.name, value=line.value))
    elif not engine.nameless:
        line.steps.append(refused(rules.NAMELESS_REFUSED))
    elif "=" in line.value and not engine.ambiguous_nameless:
        line.steps.append(refused(rules.NAMELESS_AMBIGUOUS, value=line.value))
    else:
        line.steps.append(note(rules.NAMELESS))


def _read_attribute(line: Line, attribute: str, engine: Engine) -> None:
    """Take one attribute into `line`. The last of a name wins, but one that can't be read leaves the earlier one."""
    written, _, value = attribute.partition("=")
    written, value = written.strip(_WHITE_SPACE), value.strip(_WHITE_SPACE)
    name = written.lower()
    if len(value) > 1024:
        line.steps.append(warning(rules.ATTRIBUTE_TOO_LARGE, attribute=written))
    elif name == "expires":
        if date := parse_cookie_date(value, engine.year_digits):
            line.expires = date
        else:
            line.steps.append(warning(rules.EXPIRES_UNREADABLE, text=value))
    elif name == "max-age":
        if _SECONDS.fullmatch(value):
            line.max_age = int(value)
        else:
            line.steps.append(warning(rules.MAX_AGE_UNREADABLE, text=value))
    elif name == "domain":
        line.domain = value.removeprefix(".").lower()
    elif name == "path":
        line.path = value
    elif name == "secure":
        line.secure = True
    elif name == "httponly":
        line.http_only = True
    elif name == "samesite":
        line.same_site = _SAME_SITE.get(value.lower(), "Default")
        if line.same_site == "Default":
            line.steps.append(warning(rules.SAME_SITE_UNKNOWN, text=value))
    elif name == "partitioned":
        line.partitioned = True
    elif written and name not in _HARMLESS:
        line.steps.append(warning(rules.ATTRIBUTE_UNKNOWN, attribute=written))
