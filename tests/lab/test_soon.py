"""A look ahead: what the page says before a script has asked, and that the script asks for all that it can."""

import re
from pathlib import Path

from webapp.lab.soon.views import COMING

SCRIPT = Path(__file__).resolve().parents[2] / "static/js/soon.js"


def test_without_a_script_it_says_so(browser):
    """Each has its paragraph and nothing is claimed of the browser; what no script can ask for says why."""
    page = browser.get("/lab/soon")
    assert page.set_cookie == []
    assert [tag["data-coming"] for tag in page.select("[data-coming]")] == list(COMING)
    for key, each in COMING.items():
        card = page.one(f"[data-coming={key}]").get_text()
        assert each.text in card and ("Only a script can ask" in card) == (not each.unasked)
        assert each.unasked in card
    assert not page.select("[data-has]")


def test_the_script_asks_by_the_same_keys(browser):
    """What the page leaves to the script, and nothing else, the script knows how to ask."""
    asked = {tag["data-asked"] for tag in browser.get("/lab/soon").select("[data-asked]")}
    asks = SCRIPT.read_text("utf-8").partition("const asks = {")[2].partition("};")[0]
    assert asked == set(re.findall('"([a-z-]+)": ', asks)) == {key for key, each in COMING.items() if not each.unasked}


def test_lab_and_course_lead_to_it(browser):
    """The lab's first page, the course and the end of each lesson have a link."""
    for path in ("/lab", "/learn", "/learn/first/end"):
        assert browser.get(path).select("main a[href='/lab/soon']"), path
