"""Visits: what `seen` and `visit` tell of the last time."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.cookies import Category
from webapp.visits import SEEN, Visit, decide

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp())


MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
MOST = SEEN.codec.codec.most


@pytest.mark.parametrize(
    ("seen", "last", "visit", "word"),
    [
        (None, None, Visit(1, None), "begins"),
        (None, NOW, Visit(1, None), "begins"),
        ((NOW + 5 * MINUTE + SECOND, 3), NOW, Visit(1, None), "begins"),  # made up
        ((NOW - MINUTE, 3), NOW + 5 * MINUTE + SECOND, Visit(4, NOW - MINUTE), "begins"),
        ((NOW + MINUTE, 3), NOW - MINUTE, Visit(3, NOW - MINUTE), "goes on"),  # another server's clock
        ((NOW, 1), NOW, Visit(1, None), "noted"),
        ((NOW - MINUTE + SECOND, 2), NOW - 9 * MINUTE, Visit(2, NOW - 9 * MINUTE), "noted"),
        ((NOW - MINUTE, 2), NOW - 9 * MINUTE, Visit(2, NOW - 9 * MINUTE), "goes on"),
        ((NOW - 30 * MINUTE, 1), NOW - 30 * MINUTE, Visit(1, None), "goes on"),
        ((NOW - 30 * MINUTE - SECOND, 2), NOW - 99 * MINUTE, Visit(3, NOW - 30 * MINUTE - SECOND), "begins"),
        ((NOW, 2), None, Visit(3, NOW), "begins"),  # closed
        ((NOW - MINUTE, MOST), None, Visit(MOST, NOW - MINUTE), "begins"),
    ],
)
def test_which_visit_a_page_belongs_to(seen, last, visit, word):
    """By both cookies and the time, to the second: which visit, when the one before ended, and what is to be noted."""
    assert decide(seen, last, NOW) == (visit, word)


@pytest.fixture
def time(monkeypatch):
    """A clock that a test moves: `time["now"] += timedelta(...)`."""
    moved = {"now": NOW}
    monkeypatch.setattr(clock, "now", lambda: moved["now"])
    return moved


@pytest.fixture
def browser(app, time) -> Browser:
    """The browser of somebody who allowed everything."""
    browser = Browser(app)
    browser.agree()
    return browser


def test_the_first_page_begins_the_first_visit(browser):
    """Both cookies are set, one to stay and one for the session; nothing is said of a visit before."""
    page = browser.get("/")
    assert page.cookies_set["seen"].startswith(f"seen={STAMP}.1; ") and "Max-Age=34560000" in page.cookies_set["seen"]
    assert page.cookies_set["visit"].startswith(f"visit={STAMP}; ") and "Max-Age" not in page.cookies_set["visit"]
    assert page.select("[data-last-visit]") == []
    assert browser.get("/").select("[data-last-visit]") == []


def test_a_closed_browser_begins_a_new_visit(browser, time):
    """Closed and opened again after a minute, the site says when the last visit ended, on every page of this one."""
    browser.get("/")
    browser.close()
    time["now"] += timedelta(minutes=3)
    page = browser.get("/")
    assert page.one("[data-last-visit]")["data-last-visit"] == NOW.isoformat()
    assert "3 minutes ago" in page.text and "visit number 2" in page.text
    time["now"] += timedelta(minutes=10)
    assert browser.get("/").one("[data-last-visit]")["data-last-visit"] == NOW.isoformat()
    assert browser.cookies["seen"] == f"{int(time['now'].timestamp())}.2"


def test_half_an_hour_without_a_page_begins_a_new_visit(browser, time):
    """A browser that is never closed has visits too."""
    browser.get("/")
    time["now"] += timedelta(minutes=29)
    browser.get("/")
    last = time["now"]
    time["now"] += timedelta(minutes=31)
    page = browser.get("/")
    assert page.one("[data-last-visit]")["data-last-visit"] == last.isoformat()
    assert browser.cookies["seen"].endswith(".2")


def test_a_page_soon_after_writes_nothing(browser, time):
    """The time is kept to the minute: most pages carry no header line for it."""
    browser.get("/")
    time["now"] += timedelta(seconds=59)
    assert browser.get("/").set_cookie == []
    time["now"] += timedelta(seconds=1)
    assert set(browser.get("/").cookies_set) == {"seen"}


def test_the_next_page_belongs_to_the_same_visit(browser, time):
    """Seconds after a visit began it is still that one, also where another server's clock is half a minute ahead."""
    browser.get("/")
    browser.close()
    time["now"] += timedelta(minutes=5)
    browser.get("/")
    for seconds in (10, -30):
        time["now"] += timedelta(seconds=seconds)
        page = browser.get("/")
        assert page.one("[data-last-visit]")["data-last-visit"] == NOW.isoformat() and "visit number 2" in page.text


def test_eight_tabs_are_one_visit(browser, time, app):
    """Tabs that a restarted browser opens at once all tell the same visit."""
    browser.get("/")
    browser.close()
    time["now"] += timedelta(minutes=5)
    held = browser.agent.cookie_header("http://localhost:8000/", now=time["now"], method="GET")
    lines = [Browser(app).get("/", headers={"Cookie": held}).cookies_set for _ in range(8)]
    assert all(line["seen"].startswith(f"seen={STAMP + 300}.2;") for line in lines)
    assert all(line["visit"].startswith(f"visit={STAMP};") for line in lines)


@pytest.mark.parametrize(
    ("cookies", "strange"),
    [
        ("seen=1", {"seen"}),
        ("seen=1.x", {"seen"}),
        (f"seen={STAMP}.0", {"seen"}),
        (f"seen={STAMP * 2}.3", set()),
        ("visit=x", {"visit"}),
        (f"seen={STAMP}; visit=0", {"seen", "visit"}),
    ],
)
def test_made_up_times_tell_nothing(browser, cookies, strange):
    """What we never wrote is no visit, and stays as it is; a time that is still to come is written anew."""
    held = f"consent={browser.cookies['consent']}; {cookies}"
    page = browser.get("/", headers={"Cookie": held})
    assert page.status == 200 and page.select("[data-last-visit]") == []
    assert {"seen", "visit"} - set(page.cookies_set) == strange
    if "seen" not in strange:
        assert page.cookies_set["seen"].startswith(f"seen={STAMP}.1;")


@pytest.mark.parametrize("categories", [(), (Category.PREFERENCES,)])
def test_without_consent_nothing_is_noted(app, time, categories):
    """Unasked or refused, both lines are withheld, and the dock says so."""
    browser = Browser(app)
    if categories:
        browser.agree(*categories)
    page = browser.get("/")
    assert page.set_cookie == []
    assert {line["data-withheld"] for line in page.select("[data-withheld]")} == {"seen", "visit"}


def test_only_pages_count(browser):
    """Redirects, errors and things that are no page are no visit."""
    for path in ("/favicon.ico", "/no/such/page", "/account"):
        assert "seen" not in browser.get(path, follow=False).cookies_set
