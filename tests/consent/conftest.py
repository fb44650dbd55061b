"""A browser that says which page sends its forms, as browsers do; what it chooses, leaves, and holds by category."""

import pytest

from tests.browsing import Browser
from webapp.cookies import Category


def new_browser(app, **headers: str) -> Browser:
    """Return a browser that sends Fetch Metadata, as all of today's do."""
    return Browser(app, url=app.config["URL"], **{"Sec-Fetch-Site": "same-origin", **headers})


def held(browser: Browser, *categories: Category) -> set[str]:
    """Return the names of the cookies of these categories that the browser holds, under whatever path."""
    find = browser.app.extensions["cookies"].registry.find
    return {name for name in browser.cookies if (cookie := find(name)) and cookie.category in categories}


def choose(browser: Browser, button: str = "selected", **ticks: bool) -> None:
    """Choose on the page for it."""
    browser.get("/consent")
    browser.submit("main form", button=button, **ticks)


def look_around(browser: Browser) -> None:
    """Leave a trace of every kind that a visit without an account can leave."""
    browser.get("/preferences")
    browser.submit("main form", theme="dark", language="en", dock=True, presenter=True)
    for path in ("/", "/shop/rye-bread", "/shop/search?q=rye", "/shop/"):
        browser.get(path)


@pytest.fixture
def browser(app) -> Browser:
    """A browser that has never been here."""
    return new_browser(app)
