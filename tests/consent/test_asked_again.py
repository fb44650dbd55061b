"""When somebody who chose is asked again: when other cookies are asked for, and after half a year."""

from datetime import timedelta

import pytest

from tests.consent.conftest import choose, look_around, new_browser
from webapp import clock
from webapp.cookies import Category, Cookie, codecs
from webapp.house import Feature, house
from webapp.preferences import THEME
from webapp.wire import WIRE


def test_asked_again_when_cookies_change(app, make_app):
    """With a new kind of cookie the visitor is asked again; meanwhile history is read, not written, and a no stays."""
    browser, refusing = new_browser(app), new_browser(app)
    choose(browser, "all")
    look_around(browser)
    choose(refusing, "necessary")
    seen = browser.cookies["seen"]
    changed = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    new = Cookie(name="new", purpose="New.", category=Category.HISTORY, codec=codecs.Switch())
    house(changed).take_in(Feature(name="test", title="A test", cookies=(new,)))
    browser.app = refusing.app = changed
    page = browser.get("/shop/")
    assert "changed since you chose" in page.one(".ask").get_text()
    assert page.one("[data-recent] [data-item=rye-bread]")
    assert page.html["data-theme"] == "dark"
    page = browser.get("/shop/baguette")
    assert page.select("[data-withheld='recent_shop.baguette']")
    assert browser.cookies["seen"] == seen
    assert browser.get("/consent").one("[data-choice]")["data-choice"] == browser.cookies["consent"].split(".")[1]
    assert not browser.page.one("#history").has_attr("checked")
    browser.get("/")
    browser.submit(".ask form", button="all")
    assert browser.get("/shop/baguette").select("[data-withheld], .ask") == []

    refusing.get("/preferences")
    assert refusing.page.select(".ask")
    page = refusing.submit("main form", theme="dark")
    assert page.before[0].cookies_set["theme"] == "theme=dark; HttpOnly; Path=/; SameSite=Lax"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "colours"), ("category", Category.HISTORY), ("max_age", timedelta(days=30)), ("path", "/shop/")],
)
def test_asked_again_when_a_declaration_changes(app, make_app, monkeypatch, field, value):
    """Another name, category, lifetime or path of a cookie that one may refuse is another question."""
    browser = new_browser(app)
    choose(browser, "all")
    assert browser.get("/").select(".ask") == []
    monkeypatch.setitem(vars(THEME), field, value)
    browser.app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert "changed since you chose" in browser.get("/").one(".ask").get_text()


@pytest.mark.parametrize(("field", "value"), [("purpose", "In other words."), ("max_age", timedelta(days=30))])
def test_a_necessary_cookie_is_no_question(app, make_app, monkeypatch, field, value):
    """Nobody is asked again for what nobody is asked: the necessary ones."""
    browser = new_browser(app)
    choose(browser, "all")
    monkeypatch.setitem(vars(WIRE), field, value)
    browser.app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert browser.get("/").select(".ask") == []


def test_other_words_are_no_reason_to_ask(app, make_app, monkeypatch):
    """A purpose in better words leaves the revision as it is."""
    browser = new_browser(app)
    choose(browser, "all")
    monkeypatch.setitem(vars(THEME), "purpose", "In other words.")
    browser.app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    assert browser.get("/").select(".ask") == []


def test_a_choice_lasts_half_a_year(browser, monkeypatch):
    """Then the browser forgets it, and we ask again."""
    choose(browser, "all")
    later = clock.now() + timedelta(days=181)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert browser.get("/").select(".ask")
