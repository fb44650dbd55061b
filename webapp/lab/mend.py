"""The mended line: what decides is changed, nothing else, and the model is asked again before it is shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import quote

from webapp.cookies import pair
from webapp.useragent import Step
from webapp.useragent.dates import parse_firefox_date, parse_usual_date
from webapp.useragent.urls import Location, is_public_suffix, locate, path_match

from .pieces import Piece, attribute, change, tail, written
from .question import Diagnosis, Question, diagnose

Changes = dict[str, str | None]
_ROUNDS = 8
_SAME_SITE = {"strict": "SameSite=Strict", "lax": "SameSite=Lax", "none": "SameSite=None"}
_OCTETS = "!#$&'()*+-./:<=>?@[]^_`{|}~"  # cookie-octets that stay as they are; the percent sign is one already there


@dataclass(frozen=True)
class Mended:
    """A line that every browser that the verdict counts sends, as it is written."""

    pieces: list[Piece]


@dataclass(frozen=True)
class NoLine:
    """No line mends this: `step` is what stands in the way of the best one.

    `inside` is the line that would work if it were set by what the page asks for; `https` the one that works by https.
    """

    step: Step
    inside: list[Piece] | None
    https: list[Piece] | None


def mend(question: Question, found: Diagnosis, now: datetime) -> Mended | NoLine | None:
    """Return the mended line, or that there is none; None where nothing is to be mended."""
    if (found.word == "sent" and not found.behind) or (found.deletes and not found.failing):
        return None
    line = question.lines[-1][1]
    changes: Changes = {}
    asked, at, tried = question, found, {line}
    for _ in range(_ROUNDS):
        changes = changes | (_fix(at, asked) if at.deletes == found.deletes else _OVER if at.deletes else _AT_ONCE)
        pieces = change(line, changes)
        if written(pieces) in tried:
            break
        tried.add(written(pieces))
        asked = _with(question, written(pieces))
        at = diagnose(asked, now)
        if _works(at, found):
            return Mended(pieces)
    step = at.decides[1]
    apart = change(line, {**_CROSS, **_APART})
    inside = step.rule.key == "third-party" and _works(
        diagnose(replace(_with(question, written(apart)), inside=True), now), found
    )
    return NoLine(step, apart if inside else None, _safe(question, now))


def _safe(question: Question, now: datetime) -> list[Piece] | None:
    """Return the line that works where all that is asked for by http goes by https; None where none does."""
    safe = replace(
        question,
        lines=tuple((_https(url), each) for url, each in question.lines),
        to=_https(question.to),
        page=_https(question.page),
    )
    if safe == question:
        return None
    found = diagnose(safe, now)
    match mend(safe, found, now):
        case Mended(pieces):
            return pieces
        case None if not found.failing:
            return change(safe.lines[-1][1], {})
    return None


def _with(question: Question, line: str) -> Question:
    return replace(question, lines=(*question.lines[:-1], (question.lines[-1][0], line)))


def _https(url: str) -> str:
    return re.sub("(?i)^http:", "https:", url.strip())


def _works(at: Diagnosis, found: Diagnosis) -> bool:
    wanted = "deleted" if found.deletes else "sent"
    return all(at.columns[name].state == wanted for name in found.counted) and not at.behind


class _Case(NamedTuple):
    """What a mend looks at: the line as it is now, the step that decides, and where the cookie is set and should go."""

    line: str
    step: Step
    setting: Location
    to: Location
    lax: bool


def _fix(at: Diagnosis, question: Question) -> Changes:
    """Return what would do away with the step that decides; nothing where no attribute can."""
    url, line = question.lines[-1]
    setting, to = locate(url), locate(question.to)
    step = at.decides[1]
    if step.rule.key == "behind":
        near = next(column.near for column in at.columns.values() if column.behind)
        return {name: text for each in near for name, text in _near(each).items()}
    if step.rule.key.startswith("near-"):
        return _near(step)
    made = _MADE.get(step.rule.key)
    if made is None or setting is None or to is None:
        return _ALWAYS.get(step.rule.key, {})
    return made(_Case(line, step, setting, to, question.way.top_level and question.way.method == "GET"))


def _near(step: Step) -> Changes:
    """Return what makes a line speak of the cookie that it nearly spoke of (RFC 6265bis section 5.7 step 23)."""
    if step.rule.key == "near-path":
        return {"path": f"Path={step.values['path']}"}
    if step.rule.key == "near-domain":
        return {"domain": f"Domain={step.values['domain']}"}
    return {"domain": None} if step.rule.key == "near-host-only" else dict(_APART)


_APART: Changes = {"partitioned": "Partitioned", "secure": "Secure"}
_HOST: Changes = {"secure": "Secure", "path": "Path=/", "domain": None}
_CROSS: Changes = {"samesite": "SameSite=None", "secure": "Secure"}
# Where the mended lifetime is over and nobody wanted that, and the other way round.
_OVER: Changes = {"max-age": None, "expires": None}
_AT_ONCE: Changes = {"max-age": "Max-Age=0"}
_ALWAYS: dict[str, Changes] = {
    "secure-prefix": {"secure": "Secure"},
    "host-prefix": _HOST,
    "http-prefix": {"secure": "Secure", "httponly": "HttpOnly"},
    "host-http-prefix": {**_HOST, "httponly": "HttpOnly"},
    "lax-cross-site": _CROSS,
    "default-cross-site": _CROSS,
    "other-partition": {"partitioned": None},
    "other-ancestor": {"partitioned": None},
    "path-too-long": {"path": "Path=/"},
}


def _domain(case: _Case) -> Changes:
    """The narrowest Domain that covers both hosts, or none where they are one."""
    if case.setting.host == case.to.host:
        return {"domain": None}
    pairs = zip(reversed(case.setting.host.split(".")), reversed(case.to.host.split(".")), strict=False)
    shared = ".".join(reversed([mine for mine, _ in takewhile(lambda each: each[0] == each[1], pairs)]))
    related = case.setting.registrable == case.to.registrable and not is_public_suffix(shared)
    return {"domain": f"Domain={shared}"} if shared and related else {}


def _path(case: _Case) -> Changes:
    """The path that was meant, if it fits, else the narrowest one that covers where it went and where it should."""
    meant = _value(case.line, "path").replace("\\", "/")
    meant = meant if meant.startswith("/") else f"/{meant}" if meant else case.setting.default_path
    if path_match(case.to.path, meant) and _value(case.line, "path"):
        return {"path": f"Path={meant}"}
    both = zip(meant.split("/"), case.to.path.split("/"), strict=False)
    shared = [mine for mine, _ in takewhile(lambda each: each[0] == each[1] and ";" not in each[0], both)]
    written = "/".join(shared) or "/"
    # What a semicolon cut off is no attribute, but the rest of a path that no line can hold.
    cut = {attribute(part): None for part in tail(case.line, "path") if f";{part}" in case.to.path}
    return {**cut, "path": f"Path={written}"}


def _strict(case: _Case) -> Changes:
    return {"samesite": "SameSite=Lax"} if case.lax else _CROSS


def _insecure(case: _Case) -> Changes:
    """Secure, where all of it goes by https; elsewhere nothing that asks for it."""
    if case.setting.scheme == case.to.scheme == "https":
        return {"secure": "Secure"}
    return {"partitioned": None} if case.step.rule.key == "partitioned-insecure" else {"samesite": "SameSite=Lax"}


def _semicolon(case: _Case) -> Changes:
    parts = tail(case.line)
    front = case.line.partition(";")[0].rstrip(" \t")
    return {**{attribute(part): None for part in parts}, "": "%3B".join([front, *parts]).rstrip(" \t")}


def _encoded(case: _Case) -> Changes:
    name, equals, value = case.line.partition(";")[0].partition("=")
    kept = re.sub("%(?![0-9A-Fa-f]{2})", "%25", value.strip(" \t"))
    return {"": pair(name, quote(kept, safe=_OCTETS + "%", encoding="latin-1"))} if equals else {}


def _named(case: _Case) -> Changes:
    """A name, for what has none."""
    value = case.line.partition(";")[0].strip(" \t").removeprefix("=")
    return {"": pair("name", value)}


def _date(case: _Case) -> Changes:
    """The moment that was meant, as a cookie's date; none where nobody can tell."""
    text = _value(case.line, "expires")
    date = _moment(text) or parse_firefox_date(text) or parse_usual_date(text)
    return {"expires": f"Expires={format_datetime(date, usegmt=True)}" if date else None}


def _moment(text: str) -> datetime | None:
    """Return what a program means by a number of seconds, or of milliseconds, or by a date of ISO 8601."""
    if number := re.fullmatch("([0-9]{9,10})([0-9]{3})?", text):
        return datetime.fromtimestamp(int(number[1]), UTC)
    try:
        date = datetime.fromisoformat(text)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _seconds(case: _Case) -> Changes:
    """The whole seconds that were meant; no lifetime where nobody can tell."""
    text = _value(case.line, "max-age").lower()
    number = re.fullmatch(r"\+?([0-9]{1,15})(\.[0-9]*)?(e\+?([0-9]))?( ?(s|secs?|seconds?))?", text)
    return {"max-age": f"Max-Age={int(number[1]) * 10 ** int(number[4] or 0)}" if number else None}


def _same_site(case: _Case) -> Changes:
    return {"samesite": _SAME_SITE.get(_value(case.line, "samesite").lower())}


def _value(line: str, name: str) -> str:
    """Return the value of the last attribute of a name, without the quotes that browsers take for a part of it."""
    parts = [part.partition("=")[2] for part in line.split(";")[1:] if attribute(part) == name]
    return parts[-1].strip(" \t\"'") if parts else ""


_MADE: dict[str, Callable[[_Case], Changes]] = {
    **dict.fromkeys(("public-suffix", "domain-mismatch", "domain-incomplete", "domain-not-ascii"), _domain),
    **dict.fromkeys(("localhost-domain", "other-host"), _domain),
    **dict.fromkeys(("not-on-path", "path-border", "path-ignored"), _path),
    **dict.fromkeys(("control-character", "tab-inside", "other-value"), _encoded),
    **dict.fromkeys(("expires-unreadable", "zone-ignored"), _date),
    **dict.fromkeys(("none-insecure", "partitioned-insecure"), _insecure),
    **dict.fromkeys(("nameless-refused", "nameless-ambiguous", "nameless-prefix", "nameless-http-prefix"), _named),
    "strict-cross-site": _strict,
    "semicolon": _semicolon,
    "max-age-unreadable": _seconds,
    "same-site-unknown": _same_site,
}
