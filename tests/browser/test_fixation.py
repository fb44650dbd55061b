"""A sister host in real browsers: what it tosses reaches the shop as the model says, and never the site itself."""

import pytest

from webapp.lab.fixation.keys import MODES, NAMES

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


@pytest.mark.parametrize("mode", MODES)
def test_it_ends_as_the_model_says(browser, mode):
    """Who meets the guest and logs in has its key, or is locked out, or is safe: as the page expected of this browser.

    No request to the site's own host, nor to one below it, carries any of that.
    """
    browser.open("/lab/fixation")
    browser.press("#begin button")
    expected = browser.all(f"details [data-engine={type(browser).__name__.lower()}]", "data-expected")
    browser.follow(f"[data-mode={mode}] [data-stall]")
    browser.follow("#till")
    browser.press("#log-in button")
    browser.follow("#look")
    assert browser.attribute("[data-stands]", "data-stands") == expected[list(MODES).index(mode)]
    browser.follow("[data-back]")
    assert browser.attribute(f"section[data-mode={mode}]", "data-stands") == expected[list(MODES).index(mode)]
    assert NAMES[mode] not in browser.all("[data-wire] [data-sent]", "data-sent")
    for cookie in browser.cookies():
        if cookie.name == NAMES[mode]:
            assert cookie.domain.removeprefix(".") == "shop.localhost", "what the guest tossed lies at the shop alone"


def test_no_host_below_the_site_sets_a_cookie_for_it(browser):
    """A page below localhost, and the guest too, try Domain=localhost: the browser keeps nothing of it."""
    for host in ("guest.localhost", "guest.shop.localhost"):
        browser.open(browser.url.replace("localhost", host) + "/no-such-page")
        browser.run("line => { document.cookie = line }", "tossed=1; Domain=localhost; Path=/")
        browser.run("line => { document.cookie = line }", "own=1; Path=/")
    browser.open("/lab/fixation")
    assert {cookie.name for cookie in browser.cookies()} & {"tossed", "own"} == {"own"}
