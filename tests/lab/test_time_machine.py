"""The time machine: short lifetimes in the browser, a moved clock on the server."""

from datetime import timedelta

import pytest

from tests.lab.test_lab import visitor
from webapp import clock
from webapp.lab.time_machine.views import AHEAD, TICKET


@pytest.fixture
def begun(app):
    """A browser that holds the five cookies."""
    browser = visitor(app, "chromium")
    browser.get("/lab/clock")
    browser.submit("#begin")
    return browser


def later(monkeypatch, seconds: float) -> None:
    """Let the time be later."""
    moment = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_reading_sets_nothing(app):
    """The page is passive until the button is pressed."""
    page = visitor(app, "chromium").get("/lab/clock")
    assert page.set_cookie == [] and not page.select("[data-cookie]")


def test_short_lifetimes_end_in_the_browser(begun, monkeypatch):
    """After eleven seconds one is gone, after 61 two: as the model says."""

    def held() -> dict[str, tuple[str, str]]:
        tags = begun.get("/lab/clock").select("[data-cookie]")
        return {tag["data-cookie"]: (tag["data-verdict"], tag["data-agrees"]) for tag in tags}

    assert set(held().values()) == {("sent", "yes")} and len(held()) == 5
    later(monkeypatch, 11)
    assert [name for name, verdict in held().items() if verdict == ("not-sent", "yes")] == ["lab-ten-seconds"]
    later(monkeypatch, 50)
    gone = [name for name, verdict in held().items() if verdict == ("not-sent", "yes")]
    assert gone == ["lab-ten-seconds", "lab-minute"]


def test_a_lost_cookie_is_a_difference(begun):
    """Where one is missing before its time, the page says that the model expected it."""
    held = "; ".join(f"{name}={value}" for name, value in begun.cookies.items() if name != "lab-minute")
    page = begun.get("/lab/clock", headers={"Cookie": held})
    assert page.one("[data-cookie=lab-minute]")["data-agrees"] == "no"


@pytest.mark.parametrize(
    ("at", "accepted"), [("now", "yes"), ("day", "yes"), ("month", "no"), ("more", "no"), ("back", "no"), ("?", "yes")]
)
def test_the_server_judges_by_its_own_clock(begun, at, accepted):
    """A signed value is taken for 30 days, and not before it was signed."""
    page = begun.get("/lab/clock", query_string={"at": at})
    assert page.one("[data-accepted]")["data-accepted"] == accepted
    assert page.one(".presets [aria-current]")["href"].endswith(f"at={at if at in AHEAD else 'now'}#later")


def test_a_changed_ticket_is_none(begun):
    """A value that was not signed here begins nothing: neither forged nor from another cookie."""
    value = begun.cookies[TICKET]
    for wrong in ("rye", value[:-1], "ry" + value, "\xff"):
        page = begun.get("/lab/clock", headers={"Cookie": f"{TICKET}={wrong}"})
        assert not page.select("[data-accepted]"), wrong


def test_engines_keep_it_for_their_own_time(begun):
    """After 401 days none with a limit still sends what was asked for two years; of Safari's limit nobody knows."""
    page = begun.get("/lab/clock?at=more")
    row = page.one("[data-later=lab-two-years]")
    kept = {cell["data-engine"]: cell["data-expected"] for cell in row.select("[data-engine]")}
    assert kept == {"chromium": "not-sent", "firefox": "not-sent", "safari": "unknown", "spec": "not-sent"}
    assert len(page.select("th .origin")) == len(kept)
    assert page.one("[data-later=lab-session] [data-engine=spec]")["data-expected"] == "sent"
