"""The model against a real browser: what Chromium 156 stored and sent for 237 sequences of lines, on 22 November 2026.

The texts of the recording are all ASCII, so one character is one octet and no convention is needed.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from webapp.useragent import UserAgent

CASES = json.loads((Path(__file__).parent / "chromium-verdicts.json").read_text(encoding="ascii"))["cases"]

# The recording took some eight minutes, and a lifetime by Expires was counted from its own moment.
MIDDLE = datetime(2026, 11, 22, 7, 48, tzinfo=UTC)
SPREAD = 240

# Case id -> why the model does not agree with the browser. None at present.
DIFFERENCES: dict[str, str] = {}

# What Chromium does and RFC 6265bis does not ask for, one line for each way to differ.
SPEC_DIFFERENCES = {
    "value-014": "a TAB inside the value: Chromium refuses",
    "expires-020": "a year of five digits: Chromium reads it",
    "domain-030": "Domain is the own address: Chromium takes it as no Domain",
    "domain-031": "the same, with a leading dot",
    "secure-126": "__Host- with Domain=localhost, which comes out as host-only: Chromium refuses",
    "secure-163": "__Host- with the own address as Domain: Chromium stores",
    "mixed-119": "nameless, with = in the value: Chromium refuses since 148",
}


def observe(engine, case):
    """Return what the model stores and sends, and the lifetimes, in the shape of the recording."""
    agent = UserAgent(engine)
    for line in case["received"]:
        agent.receive(case["set_url"], line, now=MIDDLE)
    sent = [agent.cookie_header(url, now=MIDDLE) for url in case["get_urls"]]
    jar = {
        (
            cookie.name,
            cookie.value,
            cookie.domain if cookie.host_only else f".{cookie.domain}",
            cookie.path,
            cookie.secure,
            cookie.http_only,
            "Lax" if cookie.same_site == "Default" else cookie.same_site,  # as the browser's own API reports it
        ): cookie.expires and (cookie.expires - MIDDLE).total_seconds()
        for cookie in agent.cookies
    }
    return sent, jar


def agrees(engine, case):
    """Whether the model's header lines, store and lifetimes are those of the recording."""
    fields = ("name", "value", "domain", "path", "secure", "httpOnly", "sameSite")
    recorded = {tuple(cookie[field] for field in fields): cookie["lifetime"] for cookie in case["jar"]}
    by_date = "max-age" not in "".join(case["received"]).lower()
    sent, jar = observe(engine, case)
    return (
        sent == case["sent"]
        and jar.keys() == recorded.keys()
        and all(lifetime_agrees(jar[key], recorded[key], by_date) for key in jar)
    )


def lifetime_agrees(seconds, recorded, by_date):
    """Whether two lifetimes are the same, within the spread where they were counted from a date."""
    if seconds is None or recorded is None:
        return seconds is recorded
    capped = recorded == 400 * 86_400
    return abs(seconds - recorded) <= (SPREAD if by_date and not capped else 0)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_model_agrees_with_chromium(case):
    """For each recorded case, the chromium engine stores and sends the same, but for the named differences."""
    assert agrees("chromium", case) is (case["id"] not in DIFFERENCES)


def test_the_specification_differs_from_chromium_in_the_named_cases_only():
    """The spec engine differs from the browser exactly where the table says so."""
    assert {case["id"] for case in CASES if not agrees("spec", case)} == SPEC_DIFFERENCES.keys()
