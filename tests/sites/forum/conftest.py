"""People who write in the forum."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from tests.browsing import Browser, Page
from webapp import clock
from webapp.accounts import users
from webapp.accounts.tables import USERS
from webapp.database import writing
from webapp.sites.forum import index
from webapp.sites.forum.tables import FORUM_POSTS, THREADS

PASSWORD = "three brown loaves"


def log_in(browser: Browser, name: str = "Nora", **fields) -> Page:
    """Fill in the log-in form, of the page that is open if that is it."""
    if not browser.page or not browser.page.select("#log-in"):
        browser.get("/login")
    return browser.submit("#log-in", username=name, password=PASSWORD, **fields)


def open_thread(
    browser: Browser, title: str = "Rye", text: str = "How long does rye keep?", board: str = "ovens"
) -> Page:
    """Open a thread with the real form, and return its page."""
    browser.get(f"/forum/{board}/new")
    return browser.submit("form.drafted", title=title, text=text)


def answer(browser: Browser, path: str, text: str, **fields) -> Page:
    """Answer with the real form on the page of a thread."""
    browser.get(path)
    return browser.submit("form.drafted", text=text, **fields)


def texts(page: Page) -> list[str]:
    """Return the texts of the posts on a page."""
    return [" ".join(prose.get_text(" ", strip=True).split()) for prose in page.select("[data-post] .prose")]


def stored(app, number: int, board: str = "ovens", replies: int = 0) -> list[int]:
    """Write threads by nobody with their replies, each a minute younger than the one before; return their ids."""
    begin, made = clock.now() - timedelta(days=10), []
    with app.app_context(), writing() as db:
        for count in range(number):
            at = begin + timedelta(minutes=count)
            values = {"board": board, "title": f"Thread {count}", "created_at": at, "last_post_at": at}
            made.append(db.scalar(insert(THREADS).values(**values, replies=replies).returning(THREADS.c.id)))
            rows = [{"thread_id": made[-1], "text": f"Post {post}", "created_at": at} for post in range(replies + 1)]
            posts = db.scalars(
                insert(FORUM_POSTS).returning(FORUM_POSTS.c.id, sort_by_parameter_order=True), rows
            ).all()
            ends = {"first_post_id": posts[0], "last_post_id": posts[-1]}
            db.execute(update(THREADS).where(THREADS.c.id == made[-1]).values(ends))
            index.add(db, [(post, row["text"]) for post, row in zip(posts, rows, strict=True)])
    return made


def answered(app, thread: int, number: int) -> list[int]:
    """Write answers to a thread by nobody, now; return their ids."""
    now = clock.now()
    with app.app_context(), writing() as db:
        rows = [{"thread_id": thread, "text": f"Answer {count}", "created_at": now} for count in range(number)]
        posts = db.scalars(insert(FORUM_POSTS).returning(FORUM_POSTS.c.id, sort_by_parameter_order=True), rows).all()
        values = {"replies": THREADS.c.replies + number, "last_post_id": posts[-1], "last_post_at": now}
        db.execute(update(THREADS).where(THREADS.c.id == thread).values(values))
    return posts


@pytest.fixture
def enter(app):
    """A function that gives a browser which is logged in, by default as Nora."""

    def enter(name: str = "Nora", **fields) -> Browser:
        with app.app_context():
            users.register(name, PASSWORD)
        browser = Browser(app)
        log_in(browser, name, **fields)
        return browser

    return enter


@pytest.fixture
def make_admin(app):
    """A function that makes an account an admin's."""

    def make(name: str) -> None:
        with app.app_context(), writing() as db:
            db.execute(update(USERS).where(USERS.c.name == name).values(admin=True))

    return make
