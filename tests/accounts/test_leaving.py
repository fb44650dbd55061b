"""What stays in the browser after a log-out, and what the site can say about a log-in that is over."""

from datetime import timedelta

import pytest
from flask_login import current_user

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser
from webapp import clock
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.cookies import Category, Cookie, codecs, declare

LETTER = Cookie(
    name="letter", purpose="", category=Category.NECESSARY, codec=codecs.Text(99), path="/forum/", private=True
)


def traces(browser: Browser) -> set[str]:
    """Return the names of the cookies that tell what was done in this browser, under whatever path."""
    find = browser.app.extensions["cookies"].registry.find
    found = {name: find(name) for name in browser.cookies}
    return {name for name, cookie in found.items() if cookie.category is Category.HISTORY or cookie.private}


def why(browser: Browser) -> str | None:
    """Return what the site would say to this browser about its log-in."""
    cookie = browser.agent.cookie_header(browser.home, now=clock.now(), method="GET")
    with browser.app.test_request_context(headers={"Cookie": cookie} if cookie else {}):
        browser.app.preprocess_request()
        return current_user.why_unknown


@pytest.fixture
def app(make_app):
    """An app that knows the letter."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    declare(app, __name__, LETTER)
    return app


@pytest.fixture
def visit(app, nora):
    """A function that gives a browser which allowed everything, logged in as Nora, looked around and wrote a letter."""

    def go(**fields) -> Browser:
        browser = Browser(app)
        browser.agree()
        log_in(browser, **fields)
        browser.get("/shop/rye-bread")
        browser.agent.receive(browser.home, "letter=Dear; Path=/forum/; HttpOnly", now=clock.now())
        assert {"seen", "visit", "last_login", "recent_shop.rye-bread", "letter"} <= set(browser.cookies)
        browser.get("/logout")
        return browser

    return go


@pytest.mark.parametrize(("remember", "default"), [(False, "clear"), (True, "keep")])
def test_the_default_fits_the_log_in(visit, remember, default):
    """Without “remember me” the computer may be a shared one: the history goes unless one says otherwise."""
    browser = visit(remember=remember)
    assert browser.page.one("[name=history][checked]")["value"] == default
    browser.submit("main form", history=None)  # a form of one step leaves the answer out
    assert user_of(browser) is None
    assert bool(traces(browser) - {"seen", "visit"}) == (default == "keep")


@pytest.mark.parametrize("remember", [False, True])
def test_clear_takes_every_trace(visit, remember):
    """All of history and what was written goes, under every path; consent, preferences and `known` stay."""
    browser = visit(remember=remember)
    browser.agent.receive(browser.home, "theme=dark; Path=/", now=clock.now())
    answer = browser.submit("main form", history="clear", follow=False)
    assert traces(browser) == set()
    assert {"consent", "known", "theme"} <= set(browser.cookies)
    assert "Path=/forum/" in answer.cookies_set["letter"]
    assert why(browser) is None
    assert "/shop/rye-bread" not in browser.get("/wire").text


@pytest.mark.parametrize("remember", [False, True])
def test_keep_keeps_every_trace(visit, remember):
    """What one looked at is still there after a log-out that keeps it."""
    browser = visit(remember=remember)
    before = traces(browser)
    browser.submit("main form", history="keep")
    assert traces(browser) == before
    assert user_of(browser) is None
    assert "/shop/rye-bread" in browser.get("/wire").text


def test_another_answer_is_none(visit):
    """An answer that the form does not offer logs nobody out and clears nothing."""
    browser = visit()
    page = browser.submit("main form", history="burn")
    assert page.status == 422
    assert user_of(browser) == "Nora"
    assert "recent_shop.rye-bread" in browser.cookies


def test_the_wish_counts_after_the_log_in_has_ended(visit, travel):
    """A log-in may end by itself while its page stays open: clearing at the log-out still clears."""
    browser = visit()
    page = browser.page
    travel(hours=25)
    token = page.one("main [name=csrf_token]")["value"]
    browser.post("/logout", {"csrf_token": token, "history": "clear"}, follow=False)
    assert traces(browser) == set()


def test_a_stranger_is_told_nothing(app, nora):
    """Who never logged in here, or allowed no history, is not told of a log-in."""
    assert why(Browser(app)) is None
    browser = log_in(Browser(app))
    browser.close()
    assert "last_login" not in browser.cookies
    assert why(browser) is None


def test_closed_without_remember(visit):
    """The session cookie went with the window."""
    browser = visit()
    browser.close()
    assert "closed the browser" in why(browser)


def test_closed_with_remember(visit):
    """Remembered, there is nothing to explain, and a redemption leaves the cookie as it is."""
    browser = visit(remember=True)
    browser.close()
    assert user_of(browser) == "Nora"
    assert browser.cookies["last_login"] == "remembered"


def test_logged_out(visit):
    """The visitor did it."""
    browser = visit(remember=True)
    browser.submit("main form", history="keep")
    browser.close()
    assert "You logged out" in why(browser)


def test_the_remember_cookie_is_gone(visit, travel):
    """Deleted by hand, or at its end."""
    browser = visit(remember=True)
    browser.close()
    browser.agent.receive(browser.home, "remember=; Path=/; Max-Age=0", now=clock.now())
    assert "remember-me cookie has ended" in why(browser)


def test_too_long_without_a_visit(visit, travel):
    """A browser that was never closed still has its session cookie: the server ended that log-in."""
    browser = visit()
    travel(hours=25)
    assert "ended on the server" in why(browser)


@pytest.mark.parametrize("remember", [False, True])
def test_ended_from_another_browser(app, visit, remember):
    """The reason of the server goes before what the browser remembers."""
    browser = visit(remember=remember)
    other = log_in(Browser(app))
    other.get("/account/devices")
    other.submit("form[action$=end-others]")
    assert "logged out from another one" in why(browser)


def test_a_closed_account_leaves_no_reason(visit):
    """The account is gone, and so is what the browser knew of its log-in."""
    browser = visit()
    browser.get("/account/close")
    browser.submit("main form", password=PASSWORD, confirm=True)
    assert "last_login" not in browser.cookies
    assert why(browser) is None


def test_forged(visit):
    """Another word in the cookie is no reason."""
    browser = visit()
    browser.close()
    browser.agent.receive(browser.home, "last_login=stolen; Path=/", now=clock.now())
    assert why(browser) is None


def test_the_cookie_tells_how_one_logged_in(visit):
    """One word, for thirty days."""
    browser = visit()
    assert browser.cookies["last_login"] == "session"
    lasting = next(cookie for cookie in browser.agent.cookies if cookie.name == "last_login")
    assert timedelta(days=29) < lasting.expires - clock.now() <= timedelta(days=30)
    assert visit(remember=True).cookies["last_login"] == "remembered"


@pytest.mark.parametrize("remember", [False, True])
def test_both_ends_are_shown_once(visit, remember):
    """The page after a log-out names the cookies and the row that ended; later it says that nobody is logged in."""
    browser = visit(remember=remember)
    page = browser.submit("main form", history="keep")
    ends = page.one("[data-ended]")
    assert {tag.get_text() for tag in ends.select("code")} == {"crumb_session", *["remember"] * remember}
    assert "Firefox on Linux" in ends.get_text() and "other browsers go on" in ends.get_text()
    page = browser.get("/logout")
    assert page.select("[data-ended]") == [] and "Nobody is logged in" in page.text


def test_nobody_else_can_claim_a_log_out(visit):
    """Without a record of it nothing is said to have ended: no address and no other form brings the two ends up."""
    browser = visit()
    stranger = Browser(browser.app)
    for path in ("/logout", "/logout?ended=2", "/logout?cookies=set"):
        assert stranger.get(path).select("[data-ended]") == []
    stranger.post("/logout", {"history": "clear"})
    assert stranger.page.select("[data-ended]") == []
    browser.get("/preferences")
    browser.submit("main form", dock=None)
    browser.get("/logout")
    page = browser.submit("main form", history="keep")
    assert page.select("[data-ended], [data-wire]") == [] and page.select("[data-keeps] li")


def test_what_stays_is_shown_as_things(visit):
    """Kept: pictures of what was looked at, and a sentence on each other trace; then it can still be cleared."""
    browser = visit(remember=True)
    page = browser.submit("main form", history="keep")
    kept = page.one("[data-keeps]")
    assert kept.select("img[src*=rye-bread]") and "1 thing that you looked at" in kept.get_text()
    assert "You logged out." in kept.get_text() and "visit 1" in kept.get_text()
    assert kept.select("code") == [] and page.select("details [data-clue=seen]")
    page = browser.submit('main form:has([value="clear"])', button="clear")
    assert traces(browser) <= {"seen", "visit"} and "letter" not in browser.cookies
    assert page.select("[data-keeps] li, main form") == [] and "Nothing of your visit." in page.text
    assert page.select("[data-ended]") == []


def test_cleared_at_the_log_out(visit):
    """Who has it cleared at once is told how many traces went, and that nothing stays."""
    page = visit().submit("main form", history="clear")
    assert page.set_cookie == []  # the page that says so begins no history anew
    assert "Nothing of your visit." in page.text and page.select("[data-keeps] li, main form") == []
    set_lines, came = page.before[0].cookies_set, page.before[0].sent
    gone = [name for name, line in set_lines.items() if "Max-Age=0" in line and f"{name}=" in came]
    assert len(gone) < sum("Max-Age=0" in line for line in set_lines.values())  # some go unseen, at other paths
    assert f"and {len(gone) - 1} about your visit" in page.one("[data-ended]").get_text()


@pytest.mark.parametrize("history", ["clear", "keep"])
def test_a_log_out_deletes_what_came(make_app, history):
    """Each cookie that the log-out deletes was sent, or an index that was sent told of it; a draft's goes that way."""
    browser = Browser(make_app(DEMO_CONTENT=False))
    browser.agree()
    log_in(browser, "mira", DEMO_ACCOUNTS["mira"])
    now = int(clock.now().timestamp())
    for line in (f"begun_forum.t12={now}; Path=/", "draft.t12=SGVsbG8; Path=/forum/"):
        browser.agent.receive(browser.home + "/forum/", line, now=clock.now())
    browser.get("/logout")
    answer = browser.submit("main form", history=history, follow=False)
    gone = {name for name, line in answer.cookies_set.items() if "Max-Age=0" in line}
    came = {pair.partition("=")[0] for pair in answer.sent.split("; ")}
    assert gone - came == ({"draft.t12"} if history == "clear" else set()) and gone & came


def test_nothing_stays_where_history_was_refused(app, nora):
    """The same page, without a list, for somebody who allowed no history."""
    browser = log_in(Browser(app), remember=True)
    browser.post("/consent", {"choice": "necessary"}, headers={"Sec-Fetch-Site": "same-origin"}, follow=False)
    browser.get("/logout")
    page = browser.submit("main form", history="keep")
    assert page.select("[data-ended]") and "Nothing of your visit." in page.text
