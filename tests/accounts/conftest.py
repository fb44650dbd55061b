"""An account, browsers that log in to it, and a clock that can be moved."""

import copy
from datetime import timedelta

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.accounts import users

PASSWORD = "three brown loaves"


def user_of(browser: Browser) -> str | None:
    """Return the name that the site greets this browser by; the page asked for needs no log-in."""
    return browser.get("/logout").html.get("data-user")


def copy_of(browser: Browser) -> Browser:
    """Return another browser with the same cookies: what a thief has, or a second tab that was faster."""
    other = Browser(browser.app)
    other.agent = copy.deepcopy(browser.agent)
    return other


def log_in(browser: Browser, name: str = "Nora", password: str = PASSWORD, **fields) -> Browser:
    """Fill in the log-in page."""
    browser.get("/login")
    browser.submit("#log-in", username=name, password=password, **fields)
    return browser


@pytest.fixture
def travel(monkeypatch):
    """A function that moves the clock on."""
    real, passed = clock.now, [timedelta(0)]
    monkeypatch.setattr(clock, "now", lambda: real() + passed[0])

    def go(**time: float) -> None:
        passed[0] += timedelta(**time)

    return go


@pytest.fixture
def nora(app):
    """The account of Nora."""
    with app.app_context():
        return users.register("Nora", PASSWORD)


@pytest.fixture
def enter(app, nora):
    """A function that gives a browser which is logged in as Nora."""
    return lambda **fields: log_in(Browser(app), **fields)
