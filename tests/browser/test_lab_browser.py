"""The probes of your browser in real browsers: a run ends with the column of that engine."""

import pytest

from tests.browser.browsers import wait_until
from tests.browser.serving import PASSWORD

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


def test_a_run_agrees_with_the_model(browser, server):
    """One link and one button: every answer is the one predicted, and neither log-in nor lab keeps a trace of it."""
    name = server.new_user()
    browser.log_in(name, PASSWORD)
    before = {cookie.name for cookie in browser.cookies()}
    browser.open("/lab/browser")
    browser.follow("[data-run-now]")
    assert "crowd.localhost" in browser.address()
    wait_until(lambda: browser.run("() => [...document.images].every(each => each.complete && each.naturalWidth)"))
    browser.follow("form button")
    wait_until(lambda: browser.attribute("[data-run]", "data-run") is not None)
    keys, verdicts, agrees = (browser.all("[data-probe]", f"data-{what}") for what in ("probe", "verdict", "agrees"))
    found = dict(zip(keys, zip(verdicts, agrees, strict=True), strict=True))
    assert found.pop("late") == ("unknown", None)
    assert {key: answer for key, answer in found.items() if answer[1] != "yes"} == {}
    assert browser.user == name
    left = {cookie.name for cookie in browser.cookies()} - before
    assert left <= {"lab-apart", "lab-set"}  # a minute old at most, and kept apart for the other host
