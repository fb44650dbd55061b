"""Browsers in the shop, a clock that a test moves, an account."""

from datetime import UTC, datetime

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.accounts import users

NOW = datetime(2026, 11, 22, 12, 0, 0, 400_000, tzinfo=UTC)
PASSWORD = "three brown loaves"


@pytest.fixture
def browser(app) -> Browser:
    """A browser that was here before, to allow every category: history cookies wait for that."""
    return agreed(app)


@pytest.fixture
def stranger(app) -> Browser:
    """A browser that has never been here, and says where its requests come from as browsers do."""
    return Browser(app, **{"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def time(monkeypatch):
    """A clock that a test moves: `time["now"] += timedelta(...)`."""
    moved = {"now": NOW}
    monkeypatch.setattr(clock, "now", lambda: moved["now"])
    return moved


@pytest.fixture
def log_in(app):
    """A function that logs a browser in as Nora, whose account is made at the first call."""

    def enter(browser: Browser) -> Browser:
        with app.app_context():
            users.register("Nora", PASSWORD)
        browser.get("/login")
        browser.submit("#log-in", username="Nora", password=PASSWORD)
        return browser

    return enter


def agreed(app, **options) -> Browser:
    """Return a browser whose owner allowed every category, and which says where its requests come from."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin", **options})
    browser.agree()
    return browser


def hold(browser: Browser, cookies: dict[str, str]) -> Browser:
    """Let a browser hold cookies, whoever made them up."""
    for name, value in cookies.items():
        browser.agent.receive(browser.home, f"{name}={value}; Path=/", now=clock.now(), method="GET")
    return browser
