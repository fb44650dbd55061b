"""The instructor's page, its links, and the hand-outs."""

import pytest

from tests.browsing import Browser
from tests.lessons.playing import LESSONS, start, told


def test_each_lesson_is_there_as_an_instructor_needs_it(browser):
    """Title, minutes, what it needs, what goes wrong and the way round, a link to each step and to the hand-out."""
    page = browser.get("/teach")
    assert [tag["data-lesson"] for tag in page.select("[data-lesson]")] == list(LESSONS)
    for key, lesson in LESSONS.items():
        row = page.one(f"[data-lesson={key}]")
        text = " ".join(row.get_text().split())
        assert lesson.title in text and f"{lesson.minutes} minutes" in text
        for part in [*lesson.needs, *(part for trouble in lesson.troubles for part in trouble)]:
            assert told(part) in text
        links = [tag["href"].partition("#")[0] for tag in row.select("details a")]
        assert links == [f"/learn/{key}/{number}" for number in range(1, len(lesson.steps) + 1)]
        assert row.select(f'a[href="/teach/{key}/handout"]')
    assert page.set_cookie == []


def test_a_lesson_begins_there(app):
    """The button leads to the first step, on its page, with the bar."""
    browser = start(app)
    browser.get("/teach")
    page = browser.submit('[data-lesson=first] form[action="/learn/first/1"]')
    assert page.one(".lesson")["data-step"] == "1"


def test_it_is_found(app):
    """The course and the foot of each page lead there, and in presenter mode the menu."""
    browser = Browser(app)
    assert browser.get("/learn").select('main a[href="/teach"]')
    assert browser.get("/shop/").select('footer a[href="/teach"]')
    assert not browser.page.select('nav a[href="/teach"]')
    browser.agree()
    browser.get("/preferences")
    browser.submit("main form", presenter=True)
    assert browser.get("/shop/").select('nav a[href="/teach"]')


def test_the_script_for_keys_is_there_in_presenter_mode_alone(app):
    """Elsewhere no page has it: Page Down is for scrolling."""
    browser = start(app)
    browser.get("/learn/first")
    assert browser.submit('main form[action$="/1"]').select("script[src$='keys.js']") == []
    browser.get("/preferences")
    browser.submit("main form", presenter=True)
    page = browser.get("/shop/")
    nonce = page.one("script[src$='keys.js']")["nonce"]
    assert f"script-src 'nonce-{nonce}'" in page.headers["Content-Security-Policy"]
    assert page.select(".lesson-moves [data-key=next]")


@pytest.mark.parametrize("key", LESSONS)
def test_a_handout_has_all_that_a_learner_needs(browser, key):
    """What to do and to watch, what to choose from, room for the line; the answers with their reasons at the end."""
    page, lesson = browser.get(f"/teach/{key}/handout"), LESSONS[key]
    solution = page.one(".handout-solution").extract()
    answers, text = (" ".join(part.get_text().split()) for part in (solution, page.one(".handout")))
    assert len(page.select(".handout-box")) == len(lesson.steps)
    for step in lesson.steps:
        assert told(step.do) in text and told(step.watch) in text
        assert told(step.why) in answers and told(step.why) not in text
        if step.question:
            assert all(told(answer) in text for answer in step.question.answers)
            assert told(step.question.answers[step.question.right]) in answers


def test_no_handout_of_a_lesson_that_is_not_there(browser):
    """A made-up lesson is not found."""
    for path in ("/teach/none/handout", "/teach/%00/handout", "/teach/BCDFGH/handout"):
        assert browser.get(path).status == 404


def test_what_happens_at_the_instructors_pages_is_no_mistake_in_a_lesson(app):
    """A room that is opened in the middle of a step leaves the step waiting."""
    browser = start(app)
    browser.get("/learn/first")
    browser.submit('main form[action$="/1"]')
    browser.get("/teach")
    page = browser.submit("#open-room")
    assert page.one(".lesson")["data-state"] == "waiting"
