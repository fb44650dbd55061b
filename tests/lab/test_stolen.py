"""Stolen: what an injected script gets, what stops it, and that no other site has a hand in it."""

import re

import pytest

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp.lab.stolen.views import ENTRIES, SHOWS


def robbed(app, entry: str, shown: str, http_only: bool = False) -> Browser:
    """Return a browser with a pass, whose guest has written; the inbox is open."""
    browser = Browser(app, engine="chromium")
    assert browser.get("/lab/stolen").set_cookie == []
    browser.submit("#pass", http_only=http_only)
    browser.submit("#write", entry=entry, shown=shown)
    browser.get("/lab/stolen/inbox")
    return browser


def notes_of(browser: Browser) -> list[str]:
    """Return what lies in the inbox that is open."""
    return [tag["data-note"] for tag in browser.page.select("[data-note]")]


@pytest.mark.parametrize("shown", SHOWS)
@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("http_only", [False, True])
def test_what_arrives(app, entry, shown, http_only):
    """The pass, where a script runs and may read it; an order, wherever a script runs; else nothing."""
    got = {"kind": "none", "thief": "nothing" if http_only else "pass", "order": "order"}[entry]
    assert notes_of(robbed(app, entry, shown, http_only)) == [got if shown == "raw" else "none"]


def test_only_the_pass_is_kept(app):
    """Whatever else a script could read, the inbox holds the pass alone."""
    browser = visitor(app, "chromium")
    browser.get("/lab/stolen")
    browser.submit("#pass")
    answer = browser.post("/lab/stolen/inbox?tutorial.secret=rye;%20lab-pass=0123abcd;%20other=1")
    assert (answer.status, answer.set_cookie) == (201, [])
    page = browser.get("/lab/stolen/inbox")
    assert page.one("[data-note=pass] code").get_text() == "lab-pass=0123abcd" and "rye" not in page.text


@pytest.mark.parametrize("path", ["pass", "write", "inbox?lab-pass=0123abcd", "order"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://127.0.0.1:8000"}, {}])
def test_another_site_plants_nothing(app, path, headers):
    """A form of another site's, or one that does not say where it comes from, writes nothing and sets no lab cookie."""
    browser = robbed(app, "kind", "raw")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    stranger = app.test_client(use_cookies=False)
    answer = stranger.post(
        f"/lab/stolen/{path}",
        headers={"Cookie": cookies, **headers},
        data={"entry": "thief", "shown": "raw"},
    )
    assert answer.status_code in (403, 422)
    assert not [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(("lab-", "inbox"))]
    browser.get("/lab/stolen/inbox")
    assert notes_of(browser) == ["none"]


def test_nothing_is_written_by_a_link(app):
    """No address of the page's holds an entry: whatever a link says, the page shows the kind word."""
    page = visitor(app, "chromium").get("/lab/stolen?entry=thief&shown=raw&lab-entry=thief.raw")
    assert page.one("#written").get_text() == ENTRIES["kind"] and page.set_cookie == []


@pytest.mark.parametrize("value", ["<b>.raw", "thief.<b>", "thief", "", "thief.raw.raw", "\xff.raw", "x" * 3000])
def test_an_entry_is_one_of_a_few(app, value):
    """What stands in the cookie chooses among fixed texts, and never is one."""
    page = Browser(app).get("/lab/stolen", headers={"Cookie": f"lab-entry={value}; lab-pass=<b>"})
    assert page.status == 200 and page.one("#written").decode_contents() == ENTRIES["kind"]
    assert not page.select("#pass b")


@pytest.mark.parametrize("fields", [{}, {"entry": "cake", "shown": "raw"}, {"entry": "thief", "shown": "\0"}])
def test_an_odd_choice_is_explained(app, fields):
    """Nothing is written that is not on the list."""
    browser = visitor(app, "chromium")
    page = browser.post("/lab/stolen/write", fields)
    assert (page.status, page.set_cookie) == (422, [])


@pytest.mark.parametrize("shown", SHOWS)
def test_the_policy_is_the_sites_own(app, shown):
    """The page's Content-Security-Policy is that of every page; a nonce lets the script run, in one of three ways."""
    browser = robbed(app, "thief", shown)
    policy = browser.get("/lab/stolen").headers["Content-Security-Policy"]
    usual = browser.get("/lab").headers["Content-Security-Policy"]
    assert re.sub(r"script-src 'nonce-[^']+'; ", "", policy) == re.sub(r"script-src 'nonce-[^']+'; ", "", usual)
    page = browser.get("/lab/stolen")
    assert bool(page.select("#written script[nonce]")) == (shown == "raw")
    assert bool(page.select("#written script")) == (shown != "text")
    assert page.one("#source").get_text() == ENTRIES["thief"]


def test_a_form_without_a_word_asks_for_a_token(app):
    """A browser that does not say which page sent a form gets it back with a token, and then it counts."""
    browser = Browser(app, silent=True)
    browser.get("/lab/stolen")
    for form, fields in (("#pass", {}), ("#write", {"entry": "kind", "shown": "text"})):
        assert browser.submit(form, **fields).status == 422
        assert browser.submit("[data-once-more]").status == 200
