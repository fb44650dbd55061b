"""People who are logged in, and posts."""

import pytest
from sqlalchemy import insert

from tests.browsing import Browser
from webapp import clock
from webapp.accounts import users
from webapp.database import writing
from webapp.sites.social.tables import POSTS

PASSWORD = "three brown loaves"


@pytest.fixture
def enter(app):
    """A function that makes an account and gives a browser that is logged in to it."""

    def log_in(name: str = "Nora", *, remember: bool = False, admin: bool = False) -> Browser:
        with app.app_context():
            users.register(name, PASSWORD, admin=admin)
        browser = Browser(app)
        browser.get("/login?next=/social/")
        page = browser.submit("#log-in", username=name, password=PASSWORD, remember=remember)
        assert page.url.endswith("/social/")
        return browser

    return log_in


@pytest.fixture
def author(app) -> int:
    """The id of somebody who never logs in."""
    with app.app_context():
        return users.register("Ada", None).id


@pytest.fixture
def fill(app, author):
    """A function that writes posts of one account straight into the database; it returns their ids, oldest first."""

    def write(number: int, author_id: int = author) -> list[int]:
        rows = [{"text": f"post {n}", "author_id": author_id, "created_at": clock.now()} for n in range(number)]
        with app.app_context(), writing() as db:
            return sorted(db.scalars(insert(POSTS).returning(POSTS.c.id), rows))

    return write


@pytest.fixture
def say():
    """A function that writes a post or, on the page of a post, a comment, and returns the page that follows."""

    def write(browser: Browser, text: str, path: str = "/social/"):
        browser.get(path)
        return browser.submit("#write", text=text)

    return write
