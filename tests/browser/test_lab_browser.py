"""The probes of your browser in real browsers: a run ends with the column of that engine."""

import time
from contextlib import suppress

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.firefox import Firefox
from tests.browser.serving import PASSWORD
from tests.serving import wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")
pytestmark = pytest.mark.whole("tests/lab plays the same run with the model; here it waits for redirects and minutes")


def run(browser) -> None:
    """Press what a run takes: a link here, and a button at the other host."""
    browser.open("/lab/browser")
    browser.follow("[data-run-now]")
    assert "crowd.localhost" in browser.address()
    wait_until(lambda: browser.run("() => [...document.images].every(each => each.complete && each.naturalWidth)"))
    browser.follow("form button")
    wait_until(lambda: browser.attribute("[data-run]", "data-run") is not None)


def answers(browser) -> dict[str, tuple[str, str | None]]:
    """Return (answer, whether it is the predicted one) of each probe, from the table that is open."""
    keys, verdicts, agrees = (browser.all("[data-probe]", f"data-{what}") for what in ("probe", "verdict", "agrees"))
    return dict(zip(keys, zip(verdicts, agrees, strict=True), strict=True))


@pytest.mark.parametrize("blocks", [False, True], ids=["as it is", "third parties blocked"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_run_agrees_with_the_model(start, request, scheme, blocks):
    """Every answer is the one predicted, twice in a row, and neither log-in nor lab keeps a trace of it."""
    site = request.getfixturevalue({"http": "server", "https": "https_server"}[scheme])
    browser, name = start(site.url, blocks_third_party=True) if blocks else start(site.url), site.new_user()
    if blocks and isinstance(browser, Firefox):
        pytest.skip("only Chromium leaves that to its visitor")
    browser.log_in(name, PASSWORD)
    before = {cookie.name for cookie in browser.cookies()}
    for already in (set(), {"sent"} if isinstance(browser, Firefox) else set()):
        run(browser)
        found = answers(browser)
        assert found.pop("late") == ("unknown", None)
        assert browser.attribute("[data-third-party]", "data-third-party") == ("blocked" if blocks else None)
        differing = {key for key, answer in found.items() if answer[1] != "yes"}
        assert differing <= already  # the page names what Firefox does once somebody has gone to and fro
        assert browser.attribute("[data-difference]", "data-difference") == ("named" if differing else None)
    assert browser.user == name

    def left() -> set[str]:
        # Firefox lists cookies, long expired, of lines that deleted what was not there; it sends none of them.
        held = [cookie for cookie in browser.cookies() if cookie.expires is None or cookie.expires > time.time()]
        return {cookie.name for cookie in held} - before - {"lab-apart", "lab-set", "lab-set-unset"}  # apart, a minute

    # Firefox's list of cookies is a moment behind the page, where the machine is busy.
    wait_until(lambda: left() == set())


@in_one_browser
def test_the_late_answer(browser):
    """The form that is sent after two minutes: Chromium holds the cookie back.

    Firefox counts no minutes: it sends this cookie at any age, as it was recorded for the model.
    """
    run(browser)
    browser.follow("[data-late]")
    wait_until(lambda: browser.attribute("[data-waits]", "data-waits") is not None)

    def ripe() -> bool:
        with suppress(Exception):  # the page comes again by itself, also while it is asked
            return browser.attribute("form button", "class") is not None
        return False

    wait_until(ripe, 140)
    browser.follow("form button")
    wait_until(lambda: browser.attribute("[data-run]", "data-run") is not None)
    assert browser.attribute("[data-probe=late]", "data-verdict") == "no"
    assert browser.attribute("[data-probe=late]", "data-agrees") == "yes"
