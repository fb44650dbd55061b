"""The certificate: what was done, from one cookie, to be printed."""

from dataclasses import replace

import pytest

from tests.browsing import Browser
from tests.lessons.playing import LESSONS
from webapp import clock
from webapp.lessons import LEARNT
from webapp.lessons.certificate import Done, certify
from webapp.lessons.lesson import CHALLENGE

FIRST = replace(LESSONS["first"], challenge=None)
HARDER = replace(LESSONS["return"], challenge=FIRST.steps[0])


@pytest.mark.parametrize(
    ("done", "stated"),
    [
        ({}, []),
        ({"first": {1, 3}}, [Done(FIRST, 2, False)]),
        ({"return": {2}, "first": {1, 2, 3}}, [Done(FIRST, 3, False), Done(HARDER, 1, False)]),
        ({"return": {1, CHALLENGE}}, [Done(HARDER, 1, True)]),
        ({"return": {CHALLENGE}}, [Done(HARDER, 0, True)]),
        ({"first": {1, -1, -3, -CHALLENGE}, "return": {-2}}, [Done(FIRST, 1, False, 1), Done(HARDER, 0, False, 1)]),
        ({"first": {CHALLENGE, len(FIRST.steps) + 1}, "gone": {1}, "first ": {1}}, []),
    ],
)  # fmt: skip
def test_what_is_stated(done, stated):
    """The steps and challenges that there are, lesson by lesson in the order of the course, and nothing else."""
    assert certify([FIRST, HARDER], done) == stated


def learnt(app, done: dict[str, set[int]]) -> Browser:
    """Return a browser with the cookie of what it has done."""
    browser = Browser(app)
    value = LEARNT.codec.encode({key: frozenset(steps) for key, steps in done.items()})
    browser.agent.receive(browser.home, f"learnt={value}; Path=/", now=clock.now())
    return browser


def test_the_page_states_it(app):
    """Each lesson with its steps, how many in all, and the day; no form sends the field for a name. It sets nothing."""
    steps = len(FIRST.steps)
    page = learnt(app, {"first": set(range(1, steps + 1)), "return": {2}}).get("/learn/certificate")
    rows = {tag["data-certified"]: " ".join(tag.get_text().split()) for tag in page.select("[data-certified]")}
    assert rows == {
        "first": f"{LESSONS['first'].title} {steps} of {steps} steps done",
        "return": f"{LESSONS['return'].title} 1 of {len(LESSONS['return'].steps)} steps done",
    }
    assert f"{steps + 1} steps of Crumb's course" in page.text and f"{clock.now():%B} {clock.now().day}," in page.text
    assert page.set_cookie == [] and not page.one("#name").find_parent("form") and "name" not in page.one("#name").attrs


def test_a_challenge_alone_is_no_step(app):
    """Whoever did nothing but a challenge is told so; no word of steps, of which there are none."""
    page = learnt(app, {"first": {CHALLENGE}}).get("/learn/certificate")
    assert "1 challenge of Crumb's course" in page.text and "steps" not in page.text
    assert " ".join(page.one("[data-certified]").get_text().split()) == f"{LESSONS['first'].title} Challenge ✓"


def test_what_was_shown_is_no_step_done(app):
    """It is stated as shown, in a sentence and by lesson, and nothing else is stated of who did nothing more."""
    page = learnt(app, {"first": {1, -2}, "return": {-1, -2}}).get("/learn/certificate")
    assert "1 step of Crumb's course on cookies is done:" in page.text
    assert "3 steps were only shown" in page.one("[data-shown]").get_text()
    assert page.one("[data-certified=first]").get_text().endswith(f"1 of {len(FIRST.steps)} steps done · 1 shown")
    page = learnt(app, {"first": {-2}}).get("/learn/certificate")
    assert "1 step was only shown" in page.text and not page.select(".lead")
    assert "· 1 shown" in page.one("[data-certified]").get_text()
    assert not learnt(app, {"first": {1}}).get("/learn/certificate").select("[data-shown]")


def test_nothing_done_is_nothing_stated(app):
    """Without the cookie, with another program's, and with lessons that there are not, the page states nothing."""
    for value in ("", "first.00", "<b>", "none.ff"):
        browser = Browser(app)
        browser.agent.receive(browser.home, f"learnt={value}; Path=/", now=clock.now())
        page = browser.get("/learn/certificate")
        assert page.status == 200 and "no step to show" in page.text and not page.select("#name, [data-certified]")


def test_the_course_leads_there(app):
    """Where something is done there is a link; where nothing is, there is none."""
    for done, links in (({"first": {1}}, 1), ({}, 0)):
        assert len(learnt(app, done).get("/learn").select('main a[href="/learn/certificate"]')) == links
