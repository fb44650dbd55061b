"""How long a log-in lasts: idle, busy, remembered."""

from datetime import timedelta

import pytest

from tests.accounts.conftest import rows, user_of
from tests.browsing import Browser, copy_of
from webapp.accounts.tables import DEVICES


@pytest.mark.parametrize(("hours", "expected"), [(23, "Nora"), (25, None)])
def test_idle_end(enter, travel, hours, expected):
    """A device that is not remembered ends after 24 hours without a request."""
    browser = enter()
    travel(hours=hours)
    assert user_of(browser) == expected


def test_longest_session(enter, travel):
    """However busy, a device that is not remembered ends after 30 days."""
    browser = enter()
    for _ in range(30):
        assert user_of(browser) == "Nora"
        travel(hours=23.9)
    travel(hours=12)
    assert user_of(browser) is None


def test_last_seen_is_written_rarely(enter, travel, app):
    """A request writes when it was, at most every five minutes."""
    browser = enter()
    (before,) = rows(app, DEVICES.c.last_seen_at)
    travel(minutes=4)
    user_of(browser)
    assert rows(app, DEVICES.c.last_seen_at) == [before]
    travel(minutes=2)
    user_of(browser)
    assert rows(app, DEVICES.c.last_seen_at) > [before]


def test_remembered_slides(enter, travel):
    """Each return gives 30 more days, up to 90 days from the log-in."""
    browser = enter(remember=True)
    for _ in range(4):
        browser.close()
        travel(days=22)
        page = browser.get("/logout")
        assert page.html["data-user"] == "Nora"
    seconds = int(page.cookies_set["remember"].partition("Max-Age=")[2].partition(";")[0])
    assert timedelta(days=2) - timedelta(seconds=60) < timedelta(seconds=seconds) <= timedelta(days=2)
    stored = copy_of(browser)
    browser.close()
    travel(days=3)
    assert user_of(browser) is None
    assert user_of(stored) is None


def test_the_server_ends_remembering(enter, travel, app):
    """A browser that keeps the cookie longer than it was told is refused."""
    cookie = {"Cookie": "remember=" + enter(remember=True).cookies["remember"]}
    travel(days=31)
    page = Browser(app).get("/logout", headers=cookie)
    assert page.html.get("data-user") is None
    assert page.cookies_set["remember"].startswith("remember=;")


def test_a_browser_never_closed_stays_remembered(enter, travel):
    """Used every day and never closed, a remembered browser is renewed long before its cookie ends."""
    browser = enter(remember=True)
    for day in range(85):
        assert user_of(browser) == "Nora", day
        travel(hours=23.5)


def test_clocks_two_minutes_apart(enter, travel):
    """Servers whose clocks differ by two minutes log nobody out."""
    browser = enter(remember=True)
    for _ in range(4):
        browser.close()
        travel(minutes=-2)
        assert user_of(browser) == "Nora"
        travel(minutes=2)
        assert user_of(browser) == "Nora"


def test_old_rows_are_deleted(enter, travel, app):
    """Devices that were last seen 90 days ago are deleted by the user's next log-in."""
    enter()
    travel(days=91)
    enter()
    assert len(rows(app, DEVICES.c.id)) == 1
