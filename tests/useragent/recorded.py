"""What real browsers did, and whether the model does the same.

A recording has the browser's name, the moment it began, and its cases: how many seconds later (`at`), the page that
answered with the lines, the pages asked for afterwards, the Cookie header that each of them got, the store. Everything
is ASCII; one character of a line or a header is one octet, and `jar` is what the browser's own interface said.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from webapp.useragent import UserAgent
from webapp.useragent.store import Cookie

FOLDER = Path(__file__).parent
FIELDS = ("name", "value", "domain", "path", "secure", "httpOnly", "sameSite")

# Engine -> case id -> why the model does not agree with the browser. A case that agrees must not be here.
DIFFERENCES: dict[str, dict[str, str]] = {
    "chromium": {},
    "firefox": {
        "paths-486": "set in a directory of over 1024 octets without a Path: Firefox lists the cookie with an empty "
        "path and never sends it; the model drops it"
    },
}


@dataclass(frozen=True)
class Recording:
    """The cases of one file, which began at `moment`."""

    browser: str
    moment: datetime
    cases: list[dict]


def load(name: str) -> Recording:
    """Read the recording of this file name."""
    found = json.loads((FOLDER / name).read_text(encoding="ascii"))
    return Recording(found["browser"], datetime.fromisoformat(found["recorded"]), found["cases"])


def observe(engine: str, case: dict, now: datetime) -> tuple[list[str], dict[tuple, float | None]]:
    """Return what the model sends and stores, and the lifetimes, in the shape of a recording."""
    agent = UserAgent(engine)
    for line in case["received"]:
        agent.receive(case["set_url"], line, now=now)
    sent = [agent.cookie_header(url, now=now) for url in case["get_urls"]]
    jar = {
        _reported(cookie, engine): cookie.expires and (cookie.expires - now).total_seconds() for cookie in agent.cookies
    }
    return sent, jar


def _reported(cookie: Cookie, engine: str) -> tuple:
    """Say of a cookie what the browser's own interface would."""
    return (
        _text(cookie.name, engine),
        _text(cookie.value, engine),
        cookie.domain if cookie.host_only else f".{cookie.domain}",
        _text(cookie.path, engine),
        cookie.secure,
        cookie.http_only,
        "Lax" if cookie.same_site == "Default" and engine != "firefox" else cookie.same_site,
    )


def _text(octets: str, engine: str) -> str:
    try:
        return octets.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return octets if engine == "firefox" else ""


def agrees(engine: str, case: dict, moment: datetime, spread: float = 2) -> bool:
    """Whether the model's headers and store are those of the case, and lifetimes by date within `spread` seconds."""
    recorded = {tuple(cookie[field] for field in FIELDS): cookie["lifetime"] for cookie in case["jar"]}
    sent, jar = observe(engine, case, moment + timedelta(seconds=case.get("at", 0)))
    by_date = "expires" in "".join(case["received"]).lower()
    return (
        sent == case["sent"]
        and jar.keys() == recorded.keys()
        and all(_same_lifetime(jar[key], recorded[key], spread if by_date else 2) for key in jar)
    )


def _same_lifetime(seconds: float | None, recorded: float | None, spread: float) -> bool:
    """Whether two lifetimes are the same; the limit of 400 days is counted by each from its own moment."""
    if seconds is None or recorded is None:
        return seconds is recorded
    return abs(seconds - recorded) <= (2 if recorded >= 400 * 86_400 - 1 else spread)
