"""The instructor's page, its links, and the hand-outs."""

from dataclasses import replace

import pytest

from tests.browsing import Browser
from tests.lessons.controls import told
from tests.lessons.playing import LESSONS, start
from webapp.house import house
from webapp.lessons.lesson import Lesson
from webapp.lessons.needs import NEEDS


def words(tag) -> str:
    """Return the text of a tag on one line."""
    return " ".join(tag.get_text().split())


def needed(lesson: Lesson) -> list[str]:
    """Return what the steps of a lesson need, in the order that it is told in."""
    return sorted({need for step in lesson.steps for need in step.needs}, key=list(NEEDS).index)


def test_the_overview_lists_the_lessons(browser):
    """Each with its title, which leads to its page, minutes, difficulty and needs; no texts. It sets nothing."""
    page = browser.get("/teach")
    assert [tag["data-lesson"] for tag in page.select("[data-lesson]")] == list(LESSONS)
    for key, lesson in LESSONS.items():
        row = page.one(f"[data-lesson={key}]")
        hard = ("●○○easy", "●●○harder", "●●●hard")[lesson.hard - 1]
        about = " · ".join([hard, *(NEEDS[need].short for need in needed(lesson))])
        assert words(row) == f"{lesson.order} {lesson.title} {lesson.minutes} minutes {about}"
        assert row.select(f'a[href="/teach/{key}"]')
    assert f"{len(LESSONS)} lessons · {sum(lesson.minutes for lesson in LESSONS.values())} minutes" in page.text
    assert page.set_cookie == []


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_has_a_page_for_the_instructor(browser, key):
    """What it needs, what goes wrong with the way round; each step with its question and answer, note and link.

    And what comes before and afterwards.
    """
    page, lesson = browser.get(f"/teach/{key}"), LESSONS[key]
    said = [words(tag).partition(" ")[2] for tag in page.select("[data-need]")]
    assert said == [*(NEEDS[need].short for need in needed(lesson)), *map(told, lesson.needs)]
    assert [tag["href"] for tag in page.select("main aside p a")] == [f"/teach/{before}" for before in lesson.after]
    assert ("Challenge" in page.one("main aside").get_text()) == bool(lesson.challenge)
    for (trouble, way), fold in zip(lesson.troubles, page.select("[data-trouble]"), strict=True):
        assert told(trouble) in fold.summary.get_text() and told(way) in fold.p.get_text()
    for number, (step, row) in enumerate(zip(lesson.steps, page.select(".teach-steps > li"), strict=True), 1):
        text = " ".join(row.get_text().split())
        assert told(step.do) in text and told(step.note) in row.select_one("details .say").get_text()
        assert row.select(f'a[href="/learn/{key}/{number}#step-{number}"]')
        assert row.select(f'form[action="/learn/{key}/{number}"]')
        if step.question:
            assert told(step.question.ask) in text
            right = told(step.question.answers[step.question.right])
            assert words(row.select_one("div > p > [data-right]")) == right
    assert page.select(f'a[href="/teach/{key}/handout"]') and page.set_cookie == []


def test_what_is_known_of_needs_is_said(app, monkeypatch):
    """What is there has a tick, what is not a cross, and what only the instructor can know a question mark."""
    lesson = replace(LESSONS["first"], steps=(replace(LESSONS["first"].steps[0], needs=tuple(NEEDS)),), needs=("x",))
    monkeypatch.setitem(house(app).features["lessons"].lessons, "first", lesson)
    browser = start(app)
    marks = [tag.b.get_text() for tag in browser.get("/teach/first").select("[data-need]")]
    assert dict(zip([*NEEDS, "x"], marks, strict=True)) == {
        "logged_in": "✕", "remembered": "✕", "own": "✕", "password": "?", "history": "✓", "preferences": "✓",
        "script": "?", "close": "?", "secure": "✓", "hosts": "✓", "x": "?",
    }  # fmt: skip


def test_a_class_sees_no_answer(app):
    """In presenter mode, where the class sees the page, it has no answer and no note, and says so."""
    browser = start(app)
    browser.get("/teach")
    page = browser.submit("#presenter", button="on")
    assert page.html["data-presenter"] == "" and page.before[0].cookies_set["presenter"].startswith("presenter=on;")
    page = browser.get("/teach/first")
    assert not page.select("[data-right], .say") and "it has no answers" in page.text
    assert not any(told(step.note) in page.text for step in LESSONS["first"].steps)
    browser.get("/teach")
    assert "data-presenter" not in browser.submit("#presenter", button="off").html


def test_a_lesson_begins_there(app):
    """The button leads to the first step, the number of a step to that one, on its page, with the bar."""
    browser = start(app)
    browser.get("/teach/first")
    assert browser.submit("#begin").one(".lesson")["data-step"] == "1"
    browser.get("/teach/first")
    assert browser.submit('.teach-steps form[action="/learn/first/3"]').one(".lesson")["data-step"] == "3"


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
def test_a_handout_gives_no_answer_away(browser, key):
    """What to do, what to choose from and room to write; what to watch, reasons and answers are on the last sheet.

    At the end stands the lesson's own question to go home with.
    """
    page, lesson = browser.get(f"/teach/{key}/handout"), LESSONS[key]
    solution = page.one(".handout-solution").extract()
    sheet, answers = words(page.one(".handout")), words(solution)
    assert told(lesson.idea) in answers and told(lesson.idea) not in sheet and not page.select("[data-right]")
    assert told(lesson.exit) in words(page.one("section[aria-labelledby=exit]"))
    for step, row in zip(lesson.steps, page.select(".handout-steps > li"), strict=True):
        assert told(step.do) in words(row) and "The header line that I saw:" in words(row)
        assert len(row.select(".handout-lines i")) == 2
        for text in (step.watch, step.why):
            assert told(text) in answers and told(text) not in sheet
        assert told(step.note) not in sheet + answers
        options = [words(each) for each in row.select(".handout-answers li")]
        assert options == [told(answer) for answer in (step.question.answers if step.question else ())]
        assert words(row).count("What I expect:") == 1
        if step.question:
            assert told(step.question.ask) in words(row) and told(step.question.answers[step.question.right]) in answers


def test_a_handout_leads_to_the_lesson(browser, make_app):
    """By the class's address, as text and picture; at localhost the page says whose address that is, off the print."""
    page, warning = browser.get("/teach/first/handout"), "means this machine alone"
    assert page.one(".handout-head code").get_text() == "http://localhost:8000/learn/first"
    assert page.select(".handout-head .qr svg") and warning in page.one(".no-print").get_text()
    assert all(text in page.text for text in ("in my own words", "Before you go"))
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False, TRUSTED_HOSTS="192.168.7.7")
    page = Browser(app, "http://192.168.7.7:8000").get("/teach/first/handout")
    assert page.one(".handout-head code").get_text() == "http://192.168.7.7:8000/learn/first"
    assert warning not in page.text and page.select(".handout-solution")


def test_a_class_sees_no_handouts_answers(app):
    """In presenter mode there is no last sheet, and the page says where it is."""
    browser = start(app)
    browser.get("/teach")
    browser.submit("#presenter", button="on")
    page = browser.get("/teach/first/handout")
    assert not page.select(".handout-solution, [data-right]") and "answers are not on it" in page.text


def test_no_handout_of_a_lesson_that_is_not_there(browser):
    """A made-up lesson is not found."""
    for path in ("/teach/none/handout", "/teach/%00/handout", "/teach/BCDFGH/handout", "/teach/none", "/teach/%00"):
        assert browser.get(path).status == 404


def test_what_happens_at_the_instructors_pages_is_no_mistake_in_a_lesson(app):
    """A room that is opened in the middle of a step leaves the step waiting."""
    browser = start(app)
    browser.get("/learn/first")
    browser.submit('main form[action$="/1"]')
    browser.get("/teach")
    page = browser.submit("#open-notes")
    assert page.one(".lesson")["data-state"] == "waiting"
