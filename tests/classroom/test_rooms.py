"""Notes on another device."""

import re
from datetime import timedelta

import pytest

from tests.browsing import Browser
from tests.lessons.playing import LESSONS, start, told
from webapp import clock
from webapp.classroom import rooms
from webapp.signals import step_begun
from webapp.wire.record.masking import MASK


@pytest.fixture
def teacher(app) -> Browser:
    """An instructor who has opened a room, and is back on the page that shows it."""
    browser = start(app)
    browser.get("/teach")
    browser.submit("#open-room")
    return browser


def code_of(teacher: Browser) -> str:
    """Return the code on the instructor's page."""
    return teacher.get("/teach").one("[data-room]")["data-room"]


def begin(teacher: Browser, key: str, number: int) -> None:
    """Go to a step of a lesson."""
    teacher.get(f"/learn/{key}/{number}")
    teacher.submit(f'main form[action$="/{key}/{number}"]')


def test_a_room_has_a_code_a_picture_and_an_address(teacher):
    """Six letters that nobody mistakes; the cookie is a token of its own, which no page shows."""
    page = teacher.page
    code = page.one("[data-room]")["data-room"]
    assert re.fullmatch("[BCDFGHJKMNPQRSTVWXZ]{6}", code)
    assert page.one(".room-picture svg") and f"http://localhost:8000/teach/notes/{code}" in page.text
    assert "HOST=0.0.0.0" in page.text
    line = page.before[0].cookies_set["room"]
    assert "Max-Age=28800; HttpOnly; Path=/; SameSite=Lax" in line and code not in line
    assert teacher.cookies["room"] not in page.body.decode() and f"={MASK}" in page.soup.get_text()


def test_the_address_is_the_one_in_use(make_app):
    """On the local network the picture leads there, and nothing is said of a phone that can't reach it."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False, TRUSTED_HOSTS="192.168.7.7")
    browser = Browser(app, "http://192.168.7.7:8000", engine="chromium")
    browser.get("/teach")
    page = browser.submit("#open-room")
    assert "http://192.168.7.7:8000/teach/notes/" in page.text and "HOST=" not in page.text


@pytest.mark.parametrize("key", LESSONS)
def test_notes_follow_the_lesson(app, teacher, key):
    """Before the first step they wait; then they show what to say, do and watch, the answer, and the next step."""
    lesson, phone, code = LESSONS[key], Browser(app), code_of(teacher)
    page = phone.get(f"/teach/notes/{code}")
    assert "Begin a lesson" in page.text and page.headers["Refresh"] == "3"
    for number in (1, len(lesson.steps)):
        with app.test_request_context(headers={"Cookie": f"room={teacher.cookies['room']}"}):
            step_begun.send(app, lesson=key, step=number)
        page, step = phone.get(f"/teach/notes/{code}"), lesson.steps[number - 1]
        now = " ".join(page.one(f"[data-now='{number}']").get_text().split())
        for text in (step.note, step.do, step.watch, step.why):
            assert told(text) in now
        if step.question:
            assert told(step.question.answers[step.question.right]) in now
    assert not page.select("[data-following]")
    assert phone.cookies == {}


def test_notes_follow_the_browser_that_opened_them(app, teacher):
    """Whoever goes through the lesson elsewhere moves no notes, also not with the code as the cookie."""
    code = code_of(teacher)
    begin(teacher, "first", 2)
    other = start(app)
    other.agent.receive(other.home, f"room={code}; Path=/", now=clock.now())
    begin(other, "first", 4)
    page = Browser(app).get(f"/teach/notes/{code}")
    assert page.one("[data-now]")["data-now"] == "2" and page.one("[data-following]")["data-following"] == "3"


def test_notes_leave_no_trace(app, teacher):
    """Also in a browser with a record and a history the page that comes by itself is neither recorded nor a visit."""
    code = code_of(teacher)
    before = len(teacher.get("/wire?own").select(".exchanges h3 a"))
    for _ in range(3):
        page = teacher.get(f"/teach/notes/{code}")
        assert page.set_cookie == [] and not page.select("[data-wire]")
    assert len(teacher.get("/wire?own").select(".exchanges h3 a")) == before + 1


def test_the_code_is_typed(app, teacher):
    """In small letters, with a space: the form leads to the notes."""
    code, phone = code_of(teacher), Browser(app)
    phone.get("/teach/join")
    page = phone.submit("#join", code=f" {code[:3].lower()} {code[3:].lower()}")
    assert page.url.endswith(f"/teach/notes/{code}") and phone.cookies == {}


@pytest.mark.parametrize(
    "code",
    [
        "XXXXXX",
        "abc",
        "",
        " ",
        "AEIOUY",
        "BCDFG",
        "BCDFGHJ",
        "%00",
        "BCD%00FGH",
        "' OR 1=1",
        "B" * 4000,
        "ＢＣＤＦＧＨ",
    ],
)
def test_wrong_codes(app, code):
    """A code that no room has gets the form again, with a sentence; nothing is ever an error of ours."""
    phone = Browser(app)
    page = phone.get(f"/teach/join?code={code}")
    assert page.status == 404 and "no room with this code" in page.text and page.select("#join")
    if code.strip():
        assert phone.get(f"/teach/notes/{code}").status == 404
    assert phone.cookies == {}


def test_a_room_ends(app, teacher, monkeypatch):
    """By its button at once, when another is opened, and in any case after eight hours."""
    first = code_of(teacher)
    teacher.submit('form[action="/teach/room/close"]')
    assert "room" not in teacher.cookies and Browser(app).get(f"/teach/notes/{first}").status == 404
    teacher.submit("#open-room")
    second = code_of(teacher)
    teacher.post("/teach/room", headers={"Sec-Fetch-Site": "same-origin"})
    third = code_of(teacher)
    assert len({first, second, third}) == 3
    assert [Browser(app).get(f"/teach/notes/{code}").status for code in (second, third)] == [404, 200]
    later = clock.now() + rooms.LASTS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Browser(app).get(f"/teach/notes/{third}").status == 404


def test_a_browser_that_says_nothing_sends_it_once_more(app):
    """Without the browser's word the page comes back with a token, and then it counts."""
    browser = Browser(app, silent=True)
    browser.get("/teach")
    page = browser.submit("#open-room")
    assert page.status == 422 and "room" not in browser.cookies
    browser.submit("[data-once-more]")
    assert "room" in browser.cookies
