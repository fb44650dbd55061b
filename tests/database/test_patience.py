"""Who waits for a database that another process has locked, and who does not."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.browsing import Browser
from webapp.database import engines
from webapp.wire.record import recorder, store


@contextmanager
def locked(app, seconds: float = 60) -> Iterator[None]:
    """Let somebody else have the write lock, for so long at most."""
    is_locked, over = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(engines(app).to_write.url.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            is_locked.set()
            over.wait(seconds)

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_locked.wait(10)
    yield
    over.set()
    holder.join()


@pytest.fixture
def app(make_app):
    """An app over a database of its own."""
    app = make_app(DEMO_CONTENT=False)
    if engines(app).to_write.dialect.name != "sqlite":
        pytest.skip("about SQLite only")
    return app


@pytest.fixture
def tried(monkeypatch) -> list[float]:
    """How many seconds each attempt to record an exchange took."""
    seconds, record = [], store.record

    def timed(*args) -> None:
        began = time.monotonic()
        try:
            record(*args)
        finally:
            seconds.append(time.monotonic() - began)

    monkeypatch.setattr(store, "record", timed)
    return seconds


def test_the_record_gives_up_and_rests(app, tried, monkeypatch, caplog):
    """A page waits for its record a tenth of a second, the next ones not at all; after a while it is tried again."""
    browser = Browser(app)
    browser.get("/setcookie")
    browser.submit("main form")
    tried.clear()
    with locked(app):
        for _ in range(5):
            assert browser.get("/shop/").status == 200
    assert len(tried) == 1 and 0.05 < tried[0] < 2
    assert caplog.text.count("can't be reached") == 1 and "Traceback" not in caplog.text
    now = time.monotonic() + recorder.RESTS
    monkeypatch.setattr(recorder.time, "monotonic", lambda: now)
    browser.get("/forum/")
    assert len(tried) == 2 and browser.get("/wire").select("main [data-exchange='GET /forum/']")


def test_a_device_that_was_seen_is_not_waited_for(app, monkeypatch):
    """Whoever is logged in gets their page while nobody can note that this device was seen; later it is noted."""
    from webapp.accounts import devices

    browser = Browser(app)
    browser.get("/login")
    browser.submit("#log-in", username="mira", password="sourdough-mira")
    monkeypatch.setattr(devices, "SEEN_EVERY", devices.SEEN_EVERY * 0)
    with locked(app):
        began = time.monotonic()
        assert browser.get("/shop/").html["data-user"] == "mira"
        assert time.monotonic() - began < 2.5, "it takes 5 s to wait for the lock"


def test_what_matters_waits(app):
    """A lock that goes within five seconds costs no text and no log-in: the write waits for it."""
    browser = Browser(app)
    browser.get("/login")
    with locked(app, seconds=1):
        page = browser.submit("#log-in", username="mira", password="sourdough-mira")
    assert (page.status, page.html["data-user"]) == (200, "mira")
