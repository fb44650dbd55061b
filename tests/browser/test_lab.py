"""The lab in real browsers: every preset ends as the model says."""

import pytest

from webapp.lab.presets import PRESETS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


CLEAR = "form[action='/lab/clear'] button"


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
        if browser.attribute(CLEAR, "class") is not None:  # else the two of 4 KB would not fit together
            browser.press(CLEAR)
    assert {key: result for key, result in found.items() if result[0] != "yes"} == {}
