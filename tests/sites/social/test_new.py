"""New since the last visit: told by two cookies, and the page says which."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browsing import Browser
from webapp import clock


@pytest.fixture
def visitor(app) -> Browser:
    """A browser whose owner allowed history."""
    browser = Browser(app)
    browser.agree()
    return browser


def _new(page) -> list[int]:
    return [int(card["data-post"]) for card in page.select("article[data-new]")]


def test_at_the_first_visit_nothing_is_new(visitor, fill):
    """Somebody who was never here missed nothing."""
    fill(3)
    page = visitor.get("/social/")
    assert _new(page) == [] and page.select("[data-new-posts]") == []


def test_what_came_since_is_marked_and_counted(visitor, fill, travel):
    """After the browser was closed, exactly the posts written since are new, by attribute and by word."""
    fill(3)
    travel(minutes=1)
    visitor.get("/social/")
    visitor.close()
    travel(hours=1)
    ids = fill(2)
    travel(hours=2)
    page = visitor.get("/social/")
    assert _new(page) == ids[::-1]
    assert [card.select_one(".new").get_text() for card in page.select("article[data-new]")] == ["new", "new"]
    assert "2 new since your last visit, 3 hours ago." in page.one("[data-new-posts]").get_text(" ")
    assert _new(visitor.get(f"/social/{ids[0]}")) == [ids[0]]


def test_a_visit_that_just_ended_is_no_length_of_time(visitor, fill, travel):
    """Closed and opened again at once: what is new is new since then, and no page counts the seconds."""
    visitor.get("/social/")
    visitor.close()
    travel(seconds=20)
    fill(1)
    travel(seconds=10)
    assert "1 new since you were last here." in visitor.get("/social/").one("[data-new-posts]").get_text(" ")


def test_the_second_of_the_last_page_is_read(visitor, fill, monkeypatch):
    """`seen` names a whole second: what was written within it was on that page, what came in the next is new."""
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def at(**time: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: noon + timedelta(**time))

    at(seconds=0.5)
    fill(1)
    visitor.get("/social/")
    at(seconds=1)
    ids = fill(1)
    visitor.close()
    at(hours=1)
    assert _new(visitor.get("/social/")) == ids


def test_the_whole_visit_long(visitor, fill, travel):
    """They stay new as long as the visit lasts, and are old at the next."""
    visitor.get("/social/")
    visitor.close()
    travel(hours=1)
    ids = fill(1)
    for _ in range(3):
        travel(minutes=10)
        assert _new(visitor.get("/social/")) == ids
    visitor.close()
    travel(hours=1)
    page = visitor.get("/social/")
    assert _new(page) == [] and "Nothing new since you were last here." in page.text


def test_more_than_a_page(visitor, fill, travel):
    """The number is what this page shows; when there is more it says “or more”. Older pages mark without counting."""
    visitor.get("/social/")
    visitor.close()
    travel(days=1)
    fill(25)
    page = visitor.get("/social/")
    assert len(_new(page)) == 20 and "20 or more new since your last visit, 1 day ago." in page.text
    page = visitor.get(page.one("a[rel=next]")["href"])
    assert len(_new(page)) == 5 and page.select("[data-new-posts]") == []


def test_almost_a_page(visitor, fill, travel):
    """As soon as an old post is on the page, the number is known exactly."""
    fill(5)
    travel(minutes=1)
    visitor.get("/social/")
    visitor.close()
    travel(days=1)
    fill(19)
    assert "19 new since your last visit, 1 day ago." in visitor.get("/social/").text


def test_the_page_names_the_very_cookies(visitor, travel):
    """“Why do I see this?” repeats what the browser sent, byte by byte."""
    visitor.get("/social/")
    visitor.close()
    travel(hours=1)
    visitor.get("/social/")
    travel(minutes=5)
    sent = visitor.cookies
    page = visitor.get("/social/")
    lines = {code.get_text() for code in page.select("[data-new-posts] code")}
    assert lines == {f"{name}={sent[name]}" for name in ("seen", "visit")}


def test_one_s_own_posts_are_not_new(enter, say, travel):
    """Nobody needs to be told what they wrote themselves."""
    browser = enter("Nora")
    browser.agree()
    browser.get("/social/")
    travel(hours=1)
    page = say(browser, "Mine.")
    assert page.select("[data-new-posts]") and _new(page) == []


def test_without_consent_nothing_is_known(browser, fill, travel):
    """History is refused or undecided: no visit is known, so nothing is new."""
    browser.get("/social/")
    browser.close()
    travel(hours=1)
    fill(1)
    page = browser.get("/social/")
    assert _new(page) == [] and page.select("[data-new-posts]") == []
