"""The lab in real browsers: every preset, and every act of a script, ends as the model says."""

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.firefox import Firefox
from tests.examples import parts
from tests.serving import wait_until
from webapp.lab.presets import PRESETS
from webapp.lab.scripts.views import ACTS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")


@pytest.mark.parametrize("part", parts(3, "tests/useragent holds the model against what browsers did with such lines"))
def test_every_preset_ends_as_predicted(browser, part):
    """Each line is really sent, and what the browser then sends is what the model of this browser says."""
    found = {}
    for key in list(PRESETS)[part]:
        browser.open(f"/lab/send?preset={key}")
        browser.press("#lab .action")
        if PRESETS[key].failing:
            browser.press("main a.action")
        found[key] = (
            browser.attribute("[data-line]", "data-agrees"),
            browser.attribute("[data-line]", "data-expected"),
        )
        browser.forget()  # else the two of 4 KB would not fit together
    assert {key: result for key, result in found.items() if result[0] != "yes"} == {}


def test_a_browser_that_knows_the_end_says_it(browser):
    """Of ten years Chromium's CookieStore tells the 400 days that the model says; Firefox's tells no end.

    It does so of less; of two cookies of one name it tells of the one that the page is about, if there is no doubt.
    """
    known = not isinstance(browser, Firefox)
    times = {
        "preset=years": "400 days",
        "lines=lab-a=1;+Max-Age=129600": "1 day",
        "lines=lab-a=1;+Max-Age=5400": "90 minutes",
        "lines=lab-a=1;+Max-Age=3600": "1 hour",
        "lines=lab-a=2;+Path=/lab/result;+Max-Age=60": "1 minute",
    }
    for query, time in times.items():
        browser.open(f"/lab/send?{query}")
        browser.press("#lab .action")
        assert f"for {time}." in browser.text("[data-line]")
        if known:
            wait_until(lambda: browser.all("[data-ends]", "hidden") == [None])
            assert browser.text("[data-ends]") == f"Your browser itself says: {time}."
        else:
            assert browser.all("[data-ends]", "hidden") == [""]
    for line, visible in (
        ("lab-a=1;+Path=/lab/result;+Max-Age=60", ["1", "1"]),
        ("lab-a=2;+Path=/lab/result;+Max-Age=60;+HttpOnly", ["1"]),
    ):
        browser.open(f"/lab/send?lines={line}")
        browser.press("#lab .action")
        if known:
            values = "() => cookieStore.getAll('lab-a').then(found => found.map(each => each.value))"
            assert browser.run(values) == visible
        assert browser.all("[data-ends]", "hidden") == [""]


def test_every_act_of_a_script_ends_as_predicted(browser):
    """The script of the page really tries, and the next request shows what the model of this browser says.

    The two browsers differ in one act: Chromium's CookieStore looks for another path than it is told.
    """
    browser.open("/lab/scripts")
    browser.press("#begin button")
    found = {}
    for key in ACTS:
        browser.open("/lab/scripts")
        browser.press(f"[data-act={key}] button")
        card = ".card[data-agrees]"
        found[key] = [browser.attribute(card, f"data-{name}") for name in ("agrees", "verdict")]
        if key == "store-prefix":
            assert browser.text("[data-error]") == "TypeError"
    assert {key: result for key, result in found.items() if result[0] != "yes"} == {}
    works = {key for key, (_, verdict) in found.items() if verdict == "works"}
    assert works == {"set", "store-set"} | ({"store-delete"} if isinstance(browser, Firefox) else set())


def test_what_comes_is_asked_of_this_browser(browser):
    """The script finds what this browser has, and leaves no cookie; the two differ in one thing."""
    browser.open("/lab/soon")
    keys, found = browser.all("[data-has]", "data-asked"), browser.all("[data-has]", "data-has")
    fedcm = "no" if isinstance(browser, Firefox) else "yes"
    expected = {"partitioned": "yes", "storage-access": "yes", "fedcm": fedcm, "passkeys": "yes"}
    assert dict(zip(keys, found, strict=True)) == expected
    assert browser.text("[data-asked=fedcm]")[0] == {"yes": "✓", "no": "✕"}[fedcm]
    assert "lab-twin" not in {cookie.name for cookie in browser.cookies()}


@in_one_browser
def test_the_button_clears_the_lab(browser):
    """Whatever name, prefix and partition they have, the cookies of the lab go."""
    keys = ("plain", "nameless", "host", "partitioned-secure")
    for key in keys:
        browser.open(f"/lab/send?preset={key}")
        browser.press("#lab .action")
    browser.open("/lab/send")
    assert len(browser.all("main [data-cookie]", "data-cookie")) == len(keys)
    browser.press("#lab .quiet")
    assert browser.all("main [data-cookie]", "data-cookie") == []
