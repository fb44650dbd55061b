"""Lessons for somebody who has not allowed what they need, and lessons that begin anew."""

from tests.browsing import Browser
from tests.lessons.playing import CHROMIUM, LESSONS, play, start

SHOP = LESSONS["shop"]


def test_the_bar_says_why_a_cookie_was_held_back(app):
    """Nothing else happened before the search; then it says what consent held back, and after a yes to do it again."""
    browser = Browser(app, engine="chromium", **{"User-Agent": CHROMIUM})
    browser.get("/learn/shop")
    browser.submit('main form[action$="/1"]')
    assert browser.page.one(".lesson")["data-state"] == "waiting"
    play(browser, SHOP.steps[0].acts)
    bar = browser.page.one(".lesson")
    assert bar["data-state"] == "other" and "Held back until you choose" in bar.get_text()
    browser.get(bar.select_one(".lesson-now a")["href"])
    browser.submit("form.choose", button="all")
    assert browser.page.url.endswith("/shop/")
    bar = browser.page.one(".lesson")
    assert "do the step once more" in bar.get_text()
    assert bar.select_one(".lesson-now a")["href"] == "/shop/"
    play(browser, SHOP.steps[0].acts)
    assert browser.page.one(".lesson")["data-state"] == "done"


def test_a_lesson_begins_anew_without_a_family_of_cookies(app):
    """Whatever was searched for and looked at in it is forgotten."""
    browser = start(app)
    for path in ("/shop/search?q=rye", "/shop/search?q=honey", "/shop/pretzel", "/learn/shop"):
        browser.get(path)
    browser.submit('main form[action$="/1"]')
    browser.get("/learn/shop")
    browser.submit("main form[action$='/restart']")
    assert not [name for name in browser.cookies if name.startswith(("search_shop.", "recent_shop."))]
