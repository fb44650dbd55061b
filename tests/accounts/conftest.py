"""An account, and browsers that log in to it."""

import pytest
from sqlalchemy import select

from tests.browsing import Browser
from webapp.accounts import users
from webapp.accounts.tables import DEVICES
from webapp.database import reading

PASSWORD = "three brown loaves"


def user_of(browser: Browser) -> str | None:
    """Return the name that the site greets this browser by; the page asked for needs no log-in."""
    return browser.get("/logout").html.get("data-user")


def log_in(browser: Browser, name: str = "Nora", password: str = PASSWORD, **fields) -> Browser:
    """Fill in the log-in page."""
    browser.get("/login")
    browser.submit("#log-in", username=name, password=password, **fields)
    return browser


def rows(app, *columns):
    """Return these columns of all devices."""
    with app.app_context():
        return reading().execute(select(*columns).order_by(DEVICES.c.id)).all()


@pytest.fixture
def nora(app):
    """The account of Nora."""
    with app.app_context():
        return users.register("Nora", PASSWORD)


@pytest.fixture
def enter(app, nora):
    """A function that gives a browser which is logged in as Nora."""
    return lambda **fields: log_in(Browser(app), **fields)
