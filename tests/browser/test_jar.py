"""The jar in real browsers: what it lists is what the browser holds, and only a change lasts."""

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.dock import EXCHANGES
from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

SECRET = ("crumb_session", "remember", "known", "wire")


def jar_of(browser) -> dict[str, str]:
    """Return the cookie store, names and values."""
    return {cookie.name: cookie.value for cookie in browser.cookies()}


def test_the_jar_lists_what_the_browser_holds(server, browser):
    """A row for each cookie that goes to every page, and no credential is readable on any."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    browser.open("/jar")
    held = browser.cookies()
    assert sorted(browser.all(".jar [data-cookie]", "data-cookie")) == sorted(c.name for c in held if c.path == "/")
    page = browser.run("() => document.documentElement.outerHTML")
    shown = [cookie.name for cookie in held if cookie.name in SECRET and cookie.value in page]
    assert {"crumb_session", "remember"} <= {cookie.name for cookie in held} and shown == []


@in_one_browser
def test_a_trial_leaves_the_browser_as_it_was(server, browser):
    """Whatever credential is left out or spoiled for one request: the store stays the same, and so does the log-in."""
    name = server.new_user()
    browser.log_in(name, PASSWORD, remember=True)
    before = jar_of(browser)
    for cookie in ("crumb_session", "remember", "known"):
        for how in ("off", "flip", "swap", "cut"):
            browser.open(f"/jar/cookie?name={cookie}")
            browser.tick(f"#try [name=how][value={how}]")
            browser.choose("#try [name=page]", "/account")
            browser.press("#try button")
            assert browser.attribute("[data-trial]", "data-trial") == cookie
            assert {key: value for key, value in jar_of(browser).items() if key in before} == before, (cookie, how)
    browser.open("/account")
    assert browser.user == name


@in_one_browser
def test_change_and_delete(browser):
    """The page after a change wears the new theme, the page after a deletion none, and the store agrees."""
    browser.open("/preferences")
    browser.tick("[name=theme][value=dark]")
    browser.press("main form.card button")
    browser.open("/jar/cookie?name=theme")
    browser.fill("#change [name=value]", "biscuit")
    browser.press("#change button")
    assert browser.attribute("html", "data-theme") == jar_of(browser)["theme"] == "biscuit"
    browser.press("#delete button")
    assert browser.run(EXCHANGES)[0] == "POST /jar/delete"
    assert browser.attribute("html", "data-theme") == "auto" and "theme" not in jar_of(browser)
