"""A copy of one's log-in in the second browser: what it opens, where it lives, and when it is gone."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.browsing import Browser
from tests.classroom.test_student import NAME, PASSWORD
from tests.lessons.playing import begin, start
from webapp import clock
from webapp.accounts.lifetimes import GRACE
from webapp.classroom.students import COPY_ENDS_AFTER, STUDENTS
from webapp.database import reading
from webapp.database.bounds import sweep

HERE, AT = "/teach/student/copied", "/teach/student/at"


def remembered(app) -> Browser:
    """Return the browser of somebody who is logged in and remembered."""
    browser = start(app)
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD, remember=True)
    assert "remember" in browser.cookies
    return browser


@pytest.fixture
def robbed(app) -> Browser:
    """Somebody who is remembered, and whose log-in was copied into the second browser."""
    browser = remembered(app)
    browser.get("/teach/student")
    browser.submit("#copy")
    return browser


def rows(browser: Browser) -> list[str]:
    """Return the lines that second browsers of all visitors have received."""
    with browser.app.app_context():
        return [line for (received,) in reading().execute(select(STUDENTS.c.received)) for _, line, _ in received]


def test_the_copy_is_logged_in(robbed):
    """It is what the second browser has, and there the account is open, by another browser's name."""
    assert robbed.page.url.endswith(HERE) and robbed.page.select("[data-copied]")
    assert [line.partition("=")[0] for line in rows(robbed)] == ["remember"]
    assert robbed.get(f"{AT}/social/").html["data-user"] == NAME


def test_after_the_log_out_the_copy_opens_nothing(robbed):
    """With a log-out in between the second browser is refused, and its copy deleted."""
    robbed.get("/logout")
    robbed.submit("main form")
    assert "data-user" not in robbed.get(f"{AT}/social/").html
    assert not [line for line in rows(robbed) if line.startswith("remember=")]


def test_two_of_one_are_an_alarm(robbed, monkeypatch):
    """Used by the thief first, then by its owner who had closed the browser: every log-in of the account ends."""
    robbed.get(f"{AT}/social/")
    robbed.get(f"{AT}/social/")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=5))
    robbed.close()
    robbed.get("/social/")
    assert "data-user" not in robbed.page.html
    robbed.get("/account")
    assert "data-user" not in robbed.get(f"{AT}/social/").html


def test_the_alarm_waits_for_what_may_come_late(robbed, monkeypatch):
    """As the lesson's note has it, nothing closed: for three minutes the owner is let in, and nobody is alarmed."""
    robbed.get(f"{AT}/social/")
    robbed.get(f"{AT}/social/")
    now = clock.now()
    for passed, let_in in ((GRACE - timedelta(seconds=2), True), (timedelta(minutes=3, seconds=2), False)):
        monkeypatch.setattr(clock, "now", lambda passed=passed: now + passed)
        robbed.get("/social/")
        assert ("data-user" in robbed.page.html) == let_in
        assert ("data-user" in robbed.get(f"{AT}/social/").html) == let_in


def test_only_the_server_has_the_copy(app, caplog):
    """From the copying on, no page, header, dock, record or line of the log has the value or its secret half."""
    caplog.set_level(logging.DEBUG)
    browser = remembered(app)
    value = browser.cookies["remember"]
    browser.get("/teach/student")
    seen = [browser.submit("#copy")]
    seen += seen[0].before
    own = (HERE, f"{HERE}?at=/jar", "/teach/student/store", "/wire", "/jar")
    for path in (*own, f"{AT}/jar", f"{AT}/wire", f"{AT}/social/"):
        seen.append(browser.get(path))
        seen += browser.page.before
    texts = [page.text + str(page.soup) + "".join(f"{name}: {text}" for name, text in page.headers) for page in seen]
    assert len(texts) > 8 and any("remember" in text for text in texts)
    for secret in (value, value.partition(".")[2]):
        assert not any(secret in text for text in (*texts, caplog.text))
    assert list(browser.cookies.values()).count(value) == 1, "no other cookie holds it"


def test_it_is_gone_with_the_next_step(robbed):
    """A lesson's step that begins throws the second browser with its copy away; one without a copy stays."""
    assert rows(robbed)
    begin(robbed, "first", 1)
    assert not rows(robbed) and robbed.get(f"{AT}/social/").status == 404
    assert robbed.get(HERE).url.endswith("/teach/student") and not robbed.page.select("iframe")
    robbed.submit("#begin", engine="firefox")
    begin(robbed, "first", 2)
    assert robbed.get(f"{AT}/social/").status == 200


@pytest.mark.parametrize("form", ["/return/end", "/leave"])
def test_it_is_gone_with_the_lesson(robbed, form):
    """Whoever ends a lesson, or leaves it, leaves no copy behind."""
    begin(robbed, "return", 7)
    robbed.get("/teach/student")
    robbed.submit("#copy")
    robbed.get("/social/")
    assert rows(robbed)
    robbed.submit(f".lesson form[action$='{form}']")
    assert not rows(robbed)


def test_it_is_gone_after_ten_minutes(robbed, monkeypatch):
    """However often it is used, after ten minutes nobody finds it, and the next sweep leaves nothing in the table."""
    now = clock.now()
    for minutes in (4, 8):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        assert robbed.get(f"{AT}/shop/").status == 200
    monkeypatch.setattr(clock, "now", lambda: now + COPY_ENDS_AFTER + timedelta(seconds=2))
    assert robbed.get(f"{AT}/shop/").status == 404
    assert rows(robbed)
    sweep(robbed.app)
    assert not rows(robbed)


def test_nobody_s_log_in_is_not_copied(app):
    """Who is not remembered is offered no button, and asking for it all the same copies nothing."""
    browser = start(app)
    assert not browser.get("/teach/student").select("#copy")
    page = browser.post(HERE, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.url.endswith("/teach/student") and not rows(browser)
    assert browser.post(HERE, headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_a_lesson_sees_the_copying_and_nothing_else_of_the_second_browser(app):
    """What is done with a copy is watched by a lesson; the rest of the instructor's side is aside."""
    with app.test_request_context():
        house = app.extensions["house"]
        assert not house.is_aside(HERE) and not house.is_aside(f"{HERE}?at=/social/")
        aside = ("/teach", "/teach/student", "/teach/student?at=/", f"{AT}/shop/", "/learn/first")
        assert all(map(house.is_aside, aside))
        assert not any(map(house.is_aside, ("/", "/shop/", "/teaching")))
