"""Which forms need a token: all, but those of views that say `open_form` where the browser names a page of ours."""

import pytest

from tests.browsing import Browser
from tests.examples import ARGUMENTS, FOR_PROGRAMS, NAME, address, writer

WORD = {"Sec-Fetch-Site": "same-origin"}
# What the second browser asks for comes by this guard itself, as it was sent (tests/classroom/test_student.py).
PASSED_ON = {"student.at"}


def rules(app, *marks: str) -> list[str]:
    """Return an address of each writing route whose view has just these marks."""
    found = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        has = tuple(name for name in ("open_form", "accepts_cross_site") if hasattr(view, name))
        if "POST" in rule.methods and has == marks and rule.endpoint not in FOR_PROGRAMS | PASSED_ON:
            found.append(address(rule))
    return found


@pytest.fixture
def member(make_app, monkeypatch) -> Browser:
    """Somebody who wrote all that the addresses name, and looks after the site, where a text was reported."""
    monkeypatch.setitem(ARGUMENTS, "name", NAME)
    browser = writer(make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False))
    browser.app.test_cli_runner().invoke(args=["users", "admin", NAME], catch_exceptions=False)
    browser.get("/social/1/report")
    browser.submit("#report")
    return browser


def test_a_view_that_says_nothing_asks_for_a_token(member):
    """Whoever declares nothing is strict: without a token its form comes back with one, whatever the browser says."""
    strict = rules(member.app)
    assert {"/login", "/social/1/edit", "/forum/post/1/edit", "/shop/checkout", "/account/devices/1/end"} <= set(strict)
    assert "/reports" in strict
    for path in strict:
        page = member.post(path, {"like": "1"}, headers=WORD, follow=False)
        assert page.status == 422 and page.select("main [name=csrf_token]"), f"{path}: {page.status}"


def test_an_open_view_is_never_asked_without_a_word_or_a_token(app):
    """Whose browser names no page of ours gets the page that asks once more, and nothing else is done."""
    paths = rules(app, "open_form")
    assert {"/consent", "/preferences", "/setcookie", "/lab/send", "/shop/basket", "/teach/reset"} <= set(paths)
    for headers in ({}, {"Sec-Fetch-Site": "none"}, {"Origin": "https://localhost:8000"}):
        for path in paths:
            page = Browser(app, **headers).post(path, {"item": "bagel"}, follow=False)
            assert page.status == 422 and page.one("[data-once-more] [name=item]")["value"] == "bagel", path
            assert set(page.cookies_set) <= {"crumb_session", "wire"}, path


@pytest.mark.parametrize("word", [WORD, {"Origin": "http://localhost:8000"}])
def test_an_open_view_asks_for_no_token_by_the_browsers_word(app, word):
    """Where the browser names a page of ours, no open view asks once more, and none begins a session."""
    for path in rules(app, "open_form"):
        page = Browser(app, **word).post(path, follow=False)
        assert not page.select("[data-once-more]"), path
        # What is kept as a draft comes back in the form that posts it, which has a token; to draw a name is to log in.
        begun = "Max-Age=0" not in page.cookies_set.get("crumb_session", "Max-Age=0")
        assert not begun or path in ("/forum/draft", "/login/drawn"), path


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.test"}],
)
def test_another_site_is_refused_by_all(app, headers):
    """Strict or open, a view never sees what another site sends, a token or not."""
    for path in [*rules(app), *rules(app, "open_form")]:
        assert Browser(app, **headers).post(path, follow=False).status == 403, path


def test_nothing_that_was_written_is_lost_on_the_way(app):
    """The page holds every field, with names that come twice, signs, lines and order, and leads to the same address."""
    browser = Browser(app, silent=True)
    lines = 'lab-a=1; Path=/lab\nlab-b="<&é>"'
    data = {"guess": "stored", "lines": lines, "twice": ["b", "a", ""], "ask": "", "csrf_token": "forged"}
    page = browser.post("/lab/send?x=1&x=2", data)
    held = [(tag["name"], tag["value"].replace("\r", "")) for tag in page.select("[data-once-more] [type=hidden]")]
    assert held[0][0] == "csrf_token" and held[0][1] != "forged"
    twice = [("twice", "b"), ("twice", "a"), ("twice", "")]
    assert held[1:] == [("guess", "stored"), ("lines", lines), *twice, ("ask", "")]
    assert page.one("[data-once-more]").get("action") is None and page.url.endswith("/lab/send?x=1&x=2")
    assert browser.submit("[data-once-more]").url.startswith("http://localhost:8000/lab/result")
    assert {"lab-a", "lab-b"} <= set(browser.cookies)
