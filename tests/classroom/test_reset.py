"""Between two groups: one click, and the browser is as on a first visit."""

import re

import pytest

from tests.browsing import Browser
from tests.examples import KEY
from webapp import clock
from webapp.useragent import UserAgent

NAME, PASSWORD = "Marlene", "three warm loaves, and a fourth"
SCREEN = {"theme", "presenter", "room"}


@pytest.fixture(params=["http://localhost:8000", "https://localhost:8000"], ids=["http", "https"])
def used(make_app, request) -> Browser:
    """A browser in which a group has worked: logged in and remembered, in a lesson, with cookies under many paths."""
    app = make_app(URL=request.param, SECRET_KEY=KEY, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    browser = Browser(app, request.param, engine="chromium")
    browser.agree()
    browser.get("/teach")
    browser.submit("#open-notes")
    browser.get("/preferences")
    browser.submit("main form", theme="dark", presenter=True)
    browser.get("/register")
    browser.submit("main form.card", username=NAME, password=PASSWORD, confirm=PASSWORD, remember=True)
    browser.get("/shop/rye-bread")
    browser.get("/setcookie")
    browser.submit("main form", title="Flavour", value="rye")
    browser.get("/teach/student")
    browser.submit("#begin")
    for path in ("/lab/cross", "/lab/clock"):
        browser.get(path)
        browser.submit("#begin")
    plant(browser, "lab-own=1; Path=/lab", "/lab")
    plant(browser, "lab-deep=1; Path=/lab/result", "/lab/result")
    plant(browser, "lab-slash=1; Path=/lab/browser/", "/lab/browser/x")
    plant(browser, "__Host-lab-root=1; Path=/; Secure", "/lab")
    plant(browser, "anything=1; Path=/httpbin", "/httpbin/")
    browser.get("/learn/first")
    browser.submit('main form[action$="/1"]')
    return browser


def plant(browser: Browser, line: str, path: str) -> None:
    """Give the browser a cookie as one of the lab's pages would."""
    browser.agent.receive(browser.home + path, line, now=clock.now())


def bare_names(browser: Browser) -> set[str]:
    """Return the names of what the browser holds, without their prefixes."""
    return {re.sub("^(__Host-|__Secure-|crumb_)", "", name) for name in browser.cookies}


def test_what_makes_the_screen_is_all_that_stays(used):
    """Whatever the path or category: only colours, presenter mode and the room are left, and it is a first visit."""
    gone = {"remember", "session", "lesson", "bench", "student", "lab-deep", "lab-slash", "lab-root", "anything"}
    assert gone | SCREEN < bare_names(used)
    used.get("/teach")
    page = used.submit("#reset")
    assert bare_names(used) == SCREEN
    assert page.select("[data-reset]") and "data-user" not in page.html
    used.agent.receive(used.home, "anything=else", now=clock.now())
    assert not used.get("/teach?done=1").select("[data-reset]")
    assert page.html["data-theme"] == "dark" and "data-presenter" in page.html
    assert {answer.status for answer in page.before[:-1]} == {307} and page.before[-1].status == 303
    assert not page.select(".lesson") and page.select(".ask")


def test_each_answer_writes_a_name_once(used):
    """No answer of the reset has two lines for one declared cookie."""
    used.get("/teach")
    last = used.submit("#reset").before[-1]
    assert len(last.cookies_set) == len(last.set_cookie)


def test_the_log_in_and_the_record_end_on_the_server(used):
    """Copies of the cookies are worth nothing afterwards: nobody is logged in, and nothing was recorded."""
    copies = list(used.agent.cookies)
    used.get("/teach")
    used.submit("#reset")
    thief = Browser(used.app, used.home)
    thief.agent = UserAgent()
    for cookie in copies:
        secure = "; Secure" if cookie.secure else ""
        line = f"{cookie.name}={cookie.value}; Path={cookie.path}; Max-Age=1000{secure}"
        thief.agent.receive(used.home + cookie.path, line, now=clock.now())
    assert "data-user" not in thief.get("/").html
    assert [tag["data-exchange"] for tag in thief.get("/wire?own").select(".exchanges [data-exchange]")] == ["GET /"]
    assert thief.get("/teach/student/at/").status == 404


def test_it_takes_the_browsers_word_or_a_token(make_app):
    """A browser that says nothing gets the page with a token, and is asked once more; then it is done."""
    browser = Browser(make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False), silent=True)
    browser.get("/learn/first")
    browser.submit('main form[action$="/1"]')
    browser.submit("[data-once-more]")
    browser.get("/teach")
    assert browser.submit("#reset").status == 422 and "lesson" in browser.cookies
    page = browser.submit("[data-once-more]")
    assert page.select("[data-reset]") and browser.cookies == {}


def test_another_site_resets_nothing(used):
    """Neither the whole nor any part of its way can be asked for from elsewhere, or by following a link."""
    held = dict(used.cookies)
    used.get("/teach")
    way = used.page.one("#reset")["action"]
    for path in (way, "/lab/clock/reset", "/teach/reset"):
        assert used.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
        assert used.get(path).status in (404, 405)
    assert set(used.cookies) >= set(held)
