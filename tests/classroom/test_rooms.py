"""Notes on another device, and how learners get in."""

import re
from datetime import timedelta
from itertools import zip_longest

import pytest
from sqlalchemy import select

from tests.browsing import Browser, Page
from tests.examples import ARGUMENTS, addresses
from tests.lessons.controls import told
from tests.lessons.playing import LESSONS, start
from webapp import Crumb, clock
from webapp.classroom import rooms
from webapp.classroom.rooms import ROOMS
from webapp.database import reading
from webapp.lessons.lesson import CHALLENGE
from webapp.security.tokens import token_hash
from webapp.signals import step_begun
from webapp.wire.record.masking import MASK


@pytest.fixture
def teacher(app) -> Browser:
    """An instructor who has opened a room, and is back on the page that shows it."""
    browser = start(app)
    browser.get("/teach")
    browser.submit("#open-notes")
    return browser


def notes_of(teacher: Browser) -> str:
    """Return the address of the notes, from the instructor's page."""
    return teacher.get("/teach").one("[data-room] a")["href"]


def begin(teacher: Browser, key: str, number: int) -> None:
    """Go to a step of a lesson."""
    teacher.get(f"/learn/{key}/{number}")
    teacher.submit(f'main form[action$="/{key}/{number}"]')


def present(browser: Browser) -> None:
    """Turn presenter mode on: from here on a class sees the screen."""
    browser.get("/teach")
    assert "data-presenter" in browser.submit("#presenter", button="on").html


def test_notes_have_a_token_of_their_own(app, teacher):
    """Long, random, not the cookie's, which no page shows; the database has neither of them, but a hash."""
    line, cookie = teacher.page.before[0].cookies_set["room"], teacher.cookies["room"]
    assert "Max-Age=28800; HttpOnly; Path=/; SameSite=Lax" in line
    assert cookie not in teacher.page.body.decode() and f"={MASK}" in teacher.page.soup.get_text()
    address = notes_of(teacher)
    token = address.removeprefix("http://localhost:8000/teach/notes/")
    assert re.fullmatch("[0-9a-f]{64}", token) and teacher.page.select("[data-room] .qr svg")
    with app.app_context():
        [kept] = reading().execute(select(ROOMS)).all()
    assert kept.notes == token_hash(token) and not {token, cookie} & set(kept)
    for other in (cookie, kept.notes):
        assert Browser(app).get(f"/teach/notes/{other}").status == 404
    other = start(app)
    other.get("/teach")
    other.submit("#open-notes")
    assert notes_of(other) != address


def leaks(page: Page, cookie: str) -> list[str]:
    """Return what of a page, and of the answers that led to it, opens the notes or says where they are."""
    told = [answer.body.decode("utf-8", "replace") + str(answer.headers) for answer in [*page.before, page]]
    return [secret for secret in (cookie, token_hash(cookie), "/teach/notes/") if any(secret in text for text in told)]


def look_everywhere(app: Crumb, paths: list[str]) -> None:
    """Show pages as an instructor whose notes are open, and who is in a lesson, first without presenter mode."""
    teacher = start(app)
    teacher.get("/teach")
    teacher.submit("#open-notes")
    address, cookie = notes_of(teacher), teacher.cookies["room"]
    assert len(leaks(teacher.page, cookie)) == 2 and teacher.get(address).status == 200
    begin(teacher, "first", 2)
    says = [told(step.note) for step in LESSONS["first"].steps]
    for presenting in (False, True):
        if presenting:
            present(teacher)
        for path in paths:
            page = teacher.get(path)
            assert bool(leaks(page, cookie)) == (path == "/teach" and not presenting), path
            if presenting:
                assert not any(text in page.text for text in says), path
                # The bar, above it, tells the answer to a step that is done, as it does everywhere.
                assert not (path.startswith("/teach") and page.select("main [data-right]")), path
    assert {"room", "lesson", "presenter"} <= set(teacher.cookies)


def test_what_a_class_sees_opens_no_notes(app):
    """In presenter mode no page has a token, a way to notes or what to say; without, only the instructor's has them.

    Neither have the dock, the wire and the jar, after the notes were looked at in that browser as well.
    """
    look_everywhere(
        app,
        [
            *("/teach", "/join", "/teach/student", "/wire", "/wire?own", "/jar", "/jar/cookie?name=room", "/cookies"),
            *("/teach/first", "/teach/first/handout", "/learn/first", "/setcookie", "/shop/"),
            *(f"/jar/export/{kind}" for kind in ("json", "netscape", "header", "curl")),
            *(f"/jar/try?name={name}&page=/&how=without" for name in ("presenter", "room")),
        ],
    )


@pytest.mark.whole("it opens every page of the site")
def test_no_page_at_all_opens_notes_before_a_class(make_app):
    """So it is on every page that the site has."""
    app = make_app(DEMO_ACCOUNTS=False)
    look_everywhere(app, [path for path in addresses(app, "GET") if ARGUMENTS["token"] not in path])


def test_learners_get_in_by_an_address(app, teacher):
    """The instructor's page has it, as a picture too; it leads to lessons and no notes, sets and asks nothing."""
    page = teacher.get("/teach")
    assert page.one("#class ~ p code").get_text() == "http://localhost:8000/join" and page.one(".with-picture .qr svg")
    assert "HOST=0.0.0.0" in page.text
    learner = Browser(app)
    page = learner.get("/join")
    assert page.select('main a[href="/learn"]') and page.set_cookie == [] and learner.cookies == {}
    assert not page.select("main input:not([type=hidden])") and leaks(page, teacher.cookies["room"]) == []
    assert learner.get("/teach/join").url == "http://localhost:8000/join"


def test_the_address_is_the_one_in_use(make_app):
    """On the local network the pictures lead there, and nothing is said of devices that can't reach it."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False, TRUSTED_HOSTS="192.168.7.7")
    browser = Browser(app, "http://192.168.7.7:8000", engine="chromium")
    browser.get("/teach")
    page = browser.submit("#open-notes")
    assert page.one("#class ~ p code").get_text() == "http://192.168.7.7:8000/join" and "HOST=" not in page.text
    assert notes_of(browser).startswith("http://192.168.7.7:8000/teach/notes/")


@pytest.mark.parametrize("key", LESSONS)
def test_notes_follow_the_lesson(app, teacher, key):
    """Before the first step they wait; then they show what to say, do and watch, the answer, and what comes next."""
    lesson, phone, address = LESSONS[key], Browser(app), notes_of(teacher)
    page = phone.get(address)
    assert "Begin a lesson" in page.text and page.headers["Refresh"] == "3"
    steps = [*enumerate(lesson.steps, 1), *([(CHALLENGE, lesson.challenge)] if lesson.challenge else [])]
    for (number, step), following in zip_longest(steps, steps[1:]):
        with app.test_request_context(headers={"Cookie": f"room={teacher.cookies['room']}"}):
            step_begun.send(app, lesson=key, step=number)
        page = phone.get(address)
        now = " ".join(page.one(f"[data-now='{number}']").get_text().split())
        for text in (step.note, step.do, step.watch, step.why):
            assert told(text) in now
        if step.question:
            assert told(step.question.answers[step.question.right]) in now
        assert page.select(f'a[href="/teach/{key}"]')
        after = [" ".join(tag.get_text().split()) for tag in page.select("[data-following]")]
        assert len(after) == bool(following) and all(told(following[1].do) in text for text in after)
    assert phone.cookies == {}


def test_notes_follow_the_browser_that_opened_them(app, teacher):
    """Whoever goes through the lesson elsewhere moves no notes, also not with the notes' token as the cookie."""
    address = notes_of(teacher)
    begin(teacher, "first", 2)
    other = start(app)
    other.agent.receive(other.home, f"room={address.rpartition('/')[2]}; Path=/", now=clock.now())
    begin(other, "first", 4)
    page = Browser(app).get(address)
    assert page.one("[data-now]")["data-now"] == "2"


def test_notes_leave_no_trace(app, teacher):
    """Also in a browser with a record and a history the page that comes by itself is neither recorded nor a visit."""
    address = notes_of(teacher)
    before = len(teacher.get("/wire?own").select(".exchanges h3 a"))
    for _ in range(3):
        page = teacher.get(address)
        assert page.set_cookie == [] and not page.select("[data-wire]")
    assert len(teacher.get("/wire?own").select(".exchanges h3 a")) == before + 1


@pytest.mark.parametrize("token", ["BCDFGH", "0" * 64, "%00", "%ff%fe", "%ed%a0%80", "' OR 1=1", "B" * 4000])
def test_wrong_tokens(app, teacher, token):
    """What opens no notes gets a sentence, whatever it is; nothing is ever an error of ours."""
    phone = Browser(app)
    page = phone.get(f"/teach/notes/{token}")
    assert page.status == 404 and "no notes here" in page.text and "Refresh" not in page.headers
    assert phone.cookies == {}


def test_a_room_ends(app, teacher, monkeypatch):
    """By its button at once, when another is opened, and in any case after eight hours."""
    first = notes_of(teacher)
    teacher.submit("#close-notes")
    assert "room" not in teacher.cookies and Browser(app).get(first).status == 404
    teacher.submit("#open-notes")
    second = notes_of(teacher)
    teacher.post("/teach/room", headers={"Sec-Fetch-Site": "same-origin"})
    third = notes_of(teacher)
    assert len({first, second, third}) == 3
    assert [Browser(app).get(address).status for address in (second, third)] == [404, 200]
    later = clock.now() + rooms.LASTS + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Browser(app).get(third).status == 404
    assert not teacher.get("/teach").select("[data-room]")


def test_a_browser_that_says_nothing_sends_it_once_more(app):
    """Without the browser's word the page comes back with a token, and then it counts."""
    browser = Browser(app, silent=True)
    browser.get("/teach")
    page = browser.submit("#open-notes")
    assert page.status == 422 and "room" not in browser.cookies
    browser.submit("[data-once-more]")
    assert "room" in browser.cookies
