"""What the dock shows is what crossed the wire and what the browser really keeps."""

from email.utils import parsedate_to_datetime

import pytest

from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

EXCHANGES = "() => [...document.querySelectorAll('[data-wire] [data-exchange]')].map(e => e.dataset.exchange)"
SET_LINES = """() => [...document.querySelectorAll('[data-wire] [data-set]')].map(
    e => [e.dataset.set, e.querySelector('code').textContent])"""


def agree(browser, line):
    """Hold a Set-Cookie line that the dock shows against the cookie that the browser keeps of it."""
    pair, *rest = line.removeprefix("Set-Cookie:").strip().split("; ")
    name = pair.partition("=")[0]
    attributes = {key: value for key, _, value in (text.partition("=") for text in rest)}
    stored = [cookie for cookie in browser.cookies() if cookie.name == name]
    assert len(stored) == 1, f"{name} is in the cookie store {len(stored)} times"
    cookie = stored[0]
    assert cookie.path == attributes["Path"]
    assert cookie.http_only == ("HttpOnly" in attributes)
    assert cookie.secure == ("Secure" in attributes)
    assert cookie.same_site == attributes["SameSite"]
    assert cookie.domain == "localhost", "host-only: no dot in front"
    if "Max-Age" not in attributes:
        assert cookie.expires is None
    else:
        assert abs(cookie.expires - parsedate_to_datetime(attributes["Expires"]).timestamp()) <= 2


def test_the_dock_shows_the_post_and_what_it_set(browser):
    """After POST /preferences the dock shows the hidden redirect and the page, and the browser keeps what it says."""
    browser.open("/preferences?next=/shop/")
    browser.tick("[name=theme][value=biscuit]")
    browser.choose("[name=language]", "de")
    browser.press("main form.card button")
    assert browser.run(EXCHANGES) == ["POST /preferences", "GET /shop/"]
    assert browser.attribute('[data-exchange="POST /preferences"] [data-set=theme]', "data-set") == "theme"
    lines = dict(browser.run(SET_LINES))
    assert {"theme", "language"} <= set(lines)
    for line in lines.values():
        agree(browser, line)


def test_the_dock_shows_a_log_in(server, browser):
    """After a log-in the browser keeps each cookie as the dock says; no credential is readable on the page."""
    browser.log_in(server.new_user(), PASSWORD, remember=True)
    assert browser.run(EXCHANGES)[0] == "POST /login"
    lines = dict(browser.run(SET_LINES))
    assert {"session", "remember"} <= set(lines)
    for line in lines.values():
        agree(browser, line)
    page = browser.run("() => document.documentElement.outerHTML")
    for cookie in browser.cookies():
        if cookie.name in ("session", "remember", "known", "wire"):
            assert cookie.value not in page, f"the page shows {cookie.name}"


def test_a_first_visit(browser):
    """Somebody who did nothing yet sent nothing and gets nothing, and the dock says so in one exchange."""
    for path in ("/", "/shop/", "/shop/search?q=rye"):
        browser.open(path)
        assert browser.run(EXCHANGES) == [f"GET {path}"]
        assert browser.all("[data-wire] [data-sent], [data-wire] [data-set]", "class") == []
        assert browser.cookies() == []
