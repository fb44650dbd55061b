"""A browser that says which page sends its forms, as browsers do; and the cookies it holds, by category."""

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


@pytest.fixture
def browser(app) -> Browser:
    """A browser that has never been here."""
    return new_browser(app)
