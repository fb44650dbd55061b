"""What the dock shows is what crossed the wire and what the browser really keeps."""

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.dock import EXCHANGES, SET_LINES, agree
from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


@in_one_browser
def test_the_dock_shows_the_post_and_what_it_set(browser):
    """After POST /preferences the dock shows the hidden redirect and the page, and the browser keeps what it says."""
    browser.open("/preferences?next=/shop/")
    browser.tick("[name=theme][value=biscuit]")
    browser.choose("[name=language]", "de")
    browser.press("main form.card button")
    assert browser.run(EXCHANGES) == ["POST /preferences", "GET /shop/?cookies=set"]
    assert browser.attribute('[data-exchange="POST /preferences"] [data-set=theme]', "data-set") == "theme"
    lines = dict(browser.run(SET_LINES))
    assert {"theme", "language"} <= set(lines)
    for line in lines.values():
        agree(browser, line)


@in_one_browser
def test_the_dock_shows_a_log_in(server, browser):
    """After a log-in the browser keeps each cookie as the dock says; no credential is readable on the page."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    assert browser.run(EXCHANGES)[0] == "POST /login"
    lines = dict(browser.run(SET_LINES))
    assert {"crumb_session", "remember"} <= set(lines)
    for line in lines.values():
        agree(browser, line)
    page = browser.run("() => document.documentElement.outerHTML")
    for cookie in browser.cookies():
        if cookie.name in ("crumb_session", "remember", "known", "wire"):
            assert cookie.value not in page, f"the page shows {cookie.name}"


def test_a_first_visit(browser):
    """Somebody who did nothing yet sent nothing and gets nothing, and the dock says so in one exchange."""
    for path in ("/", "/shop/", "/shop/search?q=rye", "/social/", "/social/1", "/forum/", "/forum/swap", "/cookies"):
        browser.open(path)
        assert browser.run(EXCHANGES) == [f"GET {path}"]
        assert browser.all("[data-wire] [data-sent], [data-wire] [data-set]", "class") == []
        assert browser.cookies() == []
