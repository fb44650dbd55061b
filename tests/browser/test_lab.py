"""The lab in real browsers: every preset ends as the model says."""

import pytest

from tests.browser.acts import in_one_browser
from webapp.lab.presets import PRESETS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


def test_every_preset_ends_as_predicted(browser):
    """Each line is really sent, and what the browser then sends is what the model of this browser says."""
    found = {}
    for key in PRESETS:
        browser.open(f"/lab/?preset={key}")
        browser.press("#lab .action")
        found[key] = (
            browser.attribute("[data-line]", "data-agrees"),
            browser.attribute("[data-line]", "data-expected"),
        )
        browser.forget()  # else the two of 4 KB would not fit together
    assert {key: result for key, result in found.items() if result[0] != "yes"} == {}


@in_one_browser
def test_the_button_clears_the_lab(browser):
    """Whatever name, prefix and partition they have, the cookies of the lab go."""
    keys = ("plain", "nameless", "host", "partitioned-secure")
    for key in keys:
        browser.open(f"/lab?preset={key}")
        browser.press("#lab .action")
    browser.open("/lab")
    assert len(browser.all("main [data-cookie]", "data-cookie")) == len(keys)
    browser.press("#lab .quiet")
    assert browser.all("main [data-cookie]", "data-cookie") == []
