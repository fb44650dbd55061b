"""Behind a proxy that speaks TLS, cookies carry Secure and the `__Host-` name prefix, and browsers keep them."""

from dataclasses import replace

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.dock import SET_LINES, agree
from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


def test_host_prefix(https_server, start):
    """Every cookie of a log-in is `__Host-` and Secure in the store; remember-me works, and log-out ends it."""
    browser = start(https_server.url)
    name = https_server.new_user()
    browser.log_in(name, PASSWORD, remember=True)
    assert browser.user == name
    lines = dict(browser.run(SET_LINES))
    assert {"__Host-session", "__Host-remember"} <= set(lines)
    for line in lines.values():
        agree(browser, line)
    assert all(cookie.secure and cookie.name.startswith("__Host-") for cookie in browser.cookies())
    browser.reopen()
    browser.open("/account")
    assert browser.user == name
    browser.log_out()
    browser.reopen()
    browser.open("/account")
    assert browser.user is None


@in_one_browser
def test_plain_names_count_for_nothing(https_server, start):
    """A cookie under the plain name, as a neighbour under plain http could plant it, changes nothing."""
    browser = start(https_server.url)
    browser.open("/preferences")
    browser.tick("[name=theme][value=dark]")
    browser.press("main form.card button")
    (theme,) = (cookie for cookie in browser.cookies() if cookie.name == "__Host-theme")
    browser.forget()
    browser.plant([replace(theme, name="theme", secure=False)])
    browser.open("/")
    assert browser.attribute("html", "data-theme") == "auto"
    browser.plant([theme])
    browser.open("/")
    assert browser.attribute("html", "data-theme") == "dark"
