"""What real people paste into a real browser, and what becomes of it."""

import json

import pytest

from tests.browser.acts import in_one_browser
from tests.lab.samples import BASH, CMD, HAR

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

VERDICT = "main [data-cookie={0}] [data-verdict]"


def paste(browser, text: str) -> None:
    """Paste a text into the field, and press the button."""
    browser.open("/lab/paste")
    browser.fill("#text", text)
    browser.press("#paste .action")


@in_one_browser
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_what_was_copied_is_explained(browser, scripts):
    """A curl command and a HAR file are known for what they are, each cookie stands on the page, and none is set."""
    browser.scripts = scripts
    browser.reopen()
    for text, name in ((BASH, "curl"), (CMD, "curl"), (json.dumps(HAR, indent=2), "har")):
        paste(browser, text)
        assert browser.attribute("[data-format]", "data-format") == name
        assert {"sid", "theme"} <= set(browser.all("main [data-cookie]", "data-cookie"))
        assert "https://shop.example/basket" in browser.text("[data-cookie=sid]")
        assert browser.attribute("[data-cookie=sid] a.asks-on", "href").endswith(
            "/lab/why?line=sid%3Dxx&set_by=https%3A%2F%2Fshop.example%2F&to=https%3A%2F%2Fshop.example%2F"
        )
    assert browser.attribute(VERDICT.format("basket"), "data-verdict") == "stored"
    assert browser.attribute(VERDICT.format("id"), "data-verdict") == "not-sent"
    assert browser.cookies() == []
    assert browser.attribute("[data-exchange]", "data-exchange") == "POST /lab/paste"


@in_one_browser
def test_what_is_too_long_comes_back(browser):
    """More than is read is refused with a sentence, and stands in the field still, letter for letter."""
    text = "Set-Cookie: a=" + "v" * 100_000 + "\nCookie: b=1"
    paste(browser, text)
    assert "100,027 letters long" in browser.text("#text-error")
    assert browser.run("() => document.querySelector('#text').value") == text


@in_one_browser
def test_the_first_verdict_is_in_sight(browser):
    """After the answer the first cookie, where it was set and what becomes of it stand on the first screen."""
    paste(browser, "Host: shop.example\nSet-Cookie: sid=42; SameSite=None; Path=/")
    bottom = "s => document.querySelector(s).getBoundingClientRect().bottom < innerHeight"
    assert browser.run(bottom, VERDICT.format("sid"))
