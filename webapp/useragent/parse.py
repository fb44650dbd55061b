"""Reading a Set-Cookie line (RFC 6265bis, 5.6): text in; name, value and attributes out, or a line that is dropped."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from . import rules
from .dates import has_time_zone, parse_firefox_date
from .engines import Engine
from .rules import Step, note, refused, warning
from .store import Priority, SameSite

_CONTROL = re.compile(r"[\x00-\x08\x0A-\x1F\x7F]")
_WHITE_SPACE = " \t"
_QUOTED = re.compile(r'[^;="]*=[ \t]*"[^"]*"[^;]*')
_FLAGS = {"secure", "httponly", "partitioned"}  # whatever they are set to
_VALUED = {"expires", "max-age", "domain", "path", "samesite", "priority"}
_SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "lax": "Lax", "none": "None"}
_PRIORITY: dict[str, Priority] = {"low": "Low", "medium": "Medium", "high": "High"}


@dataclass(slots=True)
class Line:
    """A Set-Cookie line as read. None: the attribute is absent. `refused`: the line is dropped whole.

    `domain` and `path` are as they were written, but for capitals in a domain; `seen` are the attributes that counted.
    """

    name: str = ""
    value: str = ""
    max_age: int | None = None
    expires: datetime | None = None
    domain: str | None = None
    path: str | None = None
    secure: bool = False
    http_only: bool = False
    same_site: SameSite = "Default"
    priority: Priority = "Medium"
    partitioned: bool = False
    seen: set[str] = field(default_factory=set)
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
    quoted = _QUOTED.match(text) if engine.quotes_hold_semicolons else None
    end = quoted.end() if quoted else 0
    pair, *attributes = text[end:].split(";")
    pair = text[:end] + pair
    _read_pair(line, pair, engine)
    if not line.refused:
        for attribute in attributes:
            _read_attribute(line, attribute, engine)
        if not engine.tab_in_path and line.path and line.path.startswith("/") and "\t" in line.path:
            line.steps.append(refused(rules.TAB_INSIDE))
    return line


def _read_pair(line: Line, pair: str, engine: Engine) -> None:
    before, equals, after = pair.partition("=")
    line.name, line.value = (before, after) if equals or not engine.nameless else ("", before)
    line.name, line.value = line.name.strip(_WHITE_SPACE), line.value.strip(_WHITE_SPACE)
    size = len(line.name) + len(line.value)
    if engine.comma_takes_space and not line.value.startswith('"'):
        line.value = re.sub(",[ \t]+", ",", line.value)
    if engine.ascii_values:
        line.value = re.split("[\x80-\xff]", line.value, maxsplit=1)[0]
    if engine.utf8_values:
        octets = line.value.encode("latin-1", "replace")
        line.value = octets.decode("utf-8", "replace").encode("utf-8").decode("latin-1")
    if not size:
        line.steps.append(refused(rules.EMPTY))
    elif size > 4096:
        line.steps.append(refused(rules.TOO_LARGE, size=size))
    elif not engine.tab_inside and "\t" in line.name + line.value:
        line.steps.append(refused(rules.TAB_INSIDE))
    elif line.name:
        line.steps.append(note(rules.PAIR, name=line.name, value=line.value))
    elif engine.names_needed or not engine.nameless:
        line.steps.append(refused(rules.NAMELESS_REFUSED))
    else:
        line.steps.append(note(rules.NAMELESS))


def _seconds(digits: str) -> int:
    """Return a number, or one that is too large as well: Python reads no more than 4300 digits."""
    return int((digits.lstrip("+0") or "0")[:20])


def _read_attribute(line: Line, attribute: str, engine: Engine) -> None:
    """Take one attribute into `line`. The last of a name wins; of Max-Age and Expires, the last that can be read."""
    written, _, value = attribute.partition("=")
    written, value = written.strip(_WHITE_SPACE), value.strip(_WHITE_SPACE)
    name = written.lower()
    limit = engine.attribute_limit
    if limit is not None and len(value) > limit and not (engine.flags_of_any_size and name in _FLAGS):
        line.steps.append(warning(rules.ATTRIBUTE_TOO_LARGE, attribute=written))
        return
    if "\t" in written + value and not engine.tab_inside:
        line.steps.append(refused(rules.TAB_INSIDE))
        return
    if name in _FLAGS and value:
        line.steps.append(warning(rules.FLAG_VALUE, attribute=written, text=value))
    if name == "expires":
        date = engine.parse_date(value)
        if date is None:
            line.steps.append(warning(rules.EXPIRES_UNREADABLE, text=value))
        elif has_time_zone(value):
            line.steps.append(warning(rules.ZONE_READ if date == parse_firefox_date(value) else rules.ZONE_IGNORED))
        if not (date or engine.last_counts):
            return
        line.expires = date
    elif name == "max-age":
        readable = re.fullmatch(engine.max_age, value)
        if not readable:
            line.steps.append(warning(rules.MAX_AGE_UNREADABLE, text=value))
        if not (readable or engine.last_counts):
            return
        line.max_age = None if not readable else -1 if value.startswith("-") else _seconds(value)
    elif name == "domain":
        line.domain = value.lower()
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
    elif name == "priority":
        line.priority = _PRIORITY.get(value.lower(), "Medium")
    elif written:
        line.steps.append(warning(rules.ATTRIBUTE_UNKNOWN, attribute=written))
    if name in line.seen and name in _VALUED:
        line.steps.append(warning(rules.REPEATED, attribute=written))
    line.seen.add(name)
