"""The alarm in *Still logged in*, as somebody may play it: what ends the copy begins the step again, no more does."""

from datetime import timedelta

import pytest

from tests.lessons.playing import LESSONS, begin, bring, logged_in, pass_time, play, say, start, state
from webapp import clock
from webapp.accounts.devices import REASONS
from webapp.accounts.lifetimes import GRACE
from webapp.wire.record.store import KEPT

PASSWORD = "long enough for this"
STEP = LESSONS["return"].steps[4]


def test_the_lesson_waits_as_long_as_the_server(app):
    """What the step calls late is what the server calls so."""
    assert timedelta(minutes=STEP.seen[-1].late) == GRACE


def robbed(app, pages: tuple[str, ...] = ("/social/", "/shop/")):
    """Return the browser of somebody in the step on the alarm, with pages that their copy was shown over there."""
    browser = start(app)
    copy(browser, pages)
    return browser


def copy(browser, pages: tuple[str, ...] = ("/social/", "/shop/")) -> None:
    """Begin the step and do it as far as that."""
    begin(browser, "return", 5)
    bring(browser)
    browser.submit(".lesson-question", button="3")
    browser.get("/teach/student")
    browser.submit("#copy")
    for page in pages:
        browser.get(f"/teach/student/copied?at={page}")


def test_the_alarm_is_the_real_one(app):
    """The owner is let in for three minutes, which the bar counts down; then one page logs out both and says why.

    Neither the frames, which come again by themselves, nor the course's own pages take that away from it.
    """
    browser = robbed(app)
    folded, timer = browser.page.select(".lesson [role=timer]")
    left, most = int(timer["data-left"]), GRACE.total_seconds()
    assert most - 30 < left <= most and timer.get_text() == f"{left // 60}:{left % 60:02}" == folded.get_text()
    assert "part" in timer.parent["class"] and timer.parent.get_text().startswith("… 4")
    assert timer.find_next_sibling("noscript"), "where nothing counts, it says since when"
    browser.get("/shop/")
    assert logged_in(browser) and state(browser) == "waiting" and browser.page.select(".lesson [role=timer]")
    assert logged_in_over_there(browser)

    pass_time(3)
    for path in ("/teach/student/store", "/teach/student/at/shop/", "/learn/return", "/teach/student"):
        assert not browser.get(path).cookies_set.keys() & {"remember", "crumb_session"}
    assert not logged_in_over_there(browser), "the alarm itself does not wait to be told"
    browser.get("/")
    assert state(browser) == "done" and not logged_in(browser) and not logged_in_over_there(browser)
    for path in ("/", "/login"):
        told = browser.get(path).text
        assert REASONS["copied"] in told and REASONS["stolen"] not in told, "a drawn name has no password to change"


def test_the_alarm_may_go_at_a_page_over_there(app):
    """Who looked around over there by links, and goes there once more when the time is over, is told and is done."""
    browser = robbed(app, ("/social/",))
    for path in ("shop", "forum"):
        browser.get(f"/teach/student/at/{path}/")
    pass_time(3)
    browser.get("/teach/student/copied?at=/shop/")
    assert state(browser) == "done" and not logged_in(browser)


def test_while_the_time_passes_forms_are_by_the_way(app):
    """Somebody who waits may write: the parts stay ticked, and the count-down goes on."""
    browser = robbed(app)
    browser.get("/social/")
    browser.submit("#write", text="While I wait")
    browser.get("/shop/")
    assert state(browser) == "waiting" and browser.page.select(".lesson [role=timer]")


def test_a_log_out_over_there_is_no_alarm(app):
    """It takes the cookie of both away, and nobody is told of a theft: the step is not done."""
    browser = robbed(app)
    page = browser.page
    browser.get("/teach/student/at/logout")
    browser.submit("main form")
    browser.page = page
    browser.get("/")
    assert not logged_in(browser) and begins_again(browser)


def logged_in_over_there(browser) -> bool:
    """Tell whether the second browser is logged in."""
    page = browser.page
    browser.get("/teach/student/at/social/")
    there, browser.page = logged_in(browser), page
    return there


def test_no_alarm_where_nobody_came_back_with_the_next_one(app):
    """With one page over there the answer may have been lost: the owner gets the next cookie, and the bar says so."""
    browser = robbed(app, ("/social/",))
    pass_time(3)
    assert not browser.get("/teach/student/store").cookies_set  # a frame that comes by itself
    assert "remember" in browser.get("/").cookies_set
    assert state(browser) == "other" and "nobody over there had come back" in say(browser) and logged_in(browser)


def test_the_alarm_is_for_an_account_of_one_s_own(app):
    """Who borrows an account is given one: whoever else borrows it stays logged in."""
    browser, other = start(app), start(app)
    for each in (browser, other):
        each.get("/login")
        each.submit('form[data-demo="mira"]', button="y")
    begin(browser, "return", 5)
    assert browser.page.select('.lesson [data-missing="own"]')
    bring(browser)
    assert browser.page.html["data-user"] != "mira"
    assert play(browser, STEP.acts)[-1] == "done" and not logged_in(browser)
    other.get("/social/")
    assert other.page.html["data-user"] == "mira"


def ticked(browser) -> int:
    """Return how many parts the bar ticks."""
    return len(browser.page.select(".lesson [data-part=done]"))


def begins_again(browser) -> bool:
    """Tell whether the bar says that what was done is undone, and ticks nothing any more."""
    return state(browser) == "waiting" and bool(browser.page.select(".lesson [data-undone]")) and not ticked(browser)


def log_out(browser) -> None:
    """Log out by the site's own page."""
    browser.get("/logout")
    browser.submit("main form", history="keep")


def be_another(browser) -> None:
    """Log in as somebody else, not remembered: over the log-in there is."""
    browser.get("/login")
    browser.submit('form[data-demo="oskar"]')


def be_new(browser) -> None:
    """Register over the log-in there is, not remembered."""
    browser.get("/register")
    browser.submit("main form", username="a-baker", password=PASSWORD, confirm=PASSWORD)


def delete_it(browser) -> None:
    """Delete the cookie by hand, on the jar's page."""
    browser.get("/jar")
    browser.follow('[data-cookie="remember"] h2 a')
    browser.submit("#delete")
    browser.get("/")


def lose_it(browser) -> None:
    """Delete the cookie in the browser itself, which tells nobody."""
    browser.agent.receive(browser.home, "remember=; Max-Age=0; Path=/", now=clock.now())
    browser.get("/")


@pytest.mark.parametrize("end", [log_out, be_another, be_new, delete_it, lose_it])
def test_what_ends_the_copy_begins_the_step_again(app, end):
    """The bar says so, gives another name, and the step is done from its first part on: not by the new log-in alone."""
    browser = robbed(app)
    assert ticked(browser) == 3
    end(browser)
    assert begins_again(browser) and browser.page.select('.lesson [data-missing="own"]')
    if end is be_new:
        log_out(browser)
    bring(browser)
    pass_time(3)
    browser.get("/shop/")
    assert logged_in(browser) and begins_again(browser)
    assert play(browser, STEP.acts)[-1] == "done" and not logged_in(browser)


def test_a_password_that_is_typed_begins_the_step_again(app):
    """It gives the browser the next cookie, and a copy of any before opens nothing."""
    browser = start(app)
    be_new(browser)
    log_out(browser)
    browser.get("/login")
    browser.submit("#log-in", username="a-baker", password=PASSWORD, remember="y")
    copy(browser)
    browser.get("/account/confirm")
    browser.submit("main form", password=PASSWORD)
    assert "remember" in browser.cookies and begins_again(browser)


def test_a_new_copy_is_the_first_part_again(app):
    """Whoever copies once more goes on from there; a page that comes again over there is another page."""
    browser = robbed(app)
    browser.get("/teach/student")
    browser.submit("#copy")
    assert state(browser) == "waiting" and ticked(browser) == 1 and not browser.page.select(".lesson [data-undone]")
    for parts in (2, 3):
        browser.get("/teach/student/copied?at=/social/")
        assert ticked(browser) == parts
    pass_time(3)
    browser.get("/")
    assert state(browser) == "done"


def test_the_alarm_counts_by_whatever_page_it_goes(app):
    """By a form that is sent here, by a new copy, or before the bar knew of a second page over there."""
    browser = robbed(app)
    browser.get("/social/")
    pass_time(3)
    browser.submit("#write", text="After the wait")
    assert state(browser) == "done" and not logged_in(browser)

    browser = robbed(app)
    browser.get("/teach/student")
    pass_time(3)
    browser.submit("#copy")
    assert state(browser) == "done" and not logged_in(browser)

    browser = robbed(app, ("/social/",))
    browser.get("/teach/student/at/shop/")
    pass_time(3)
    browser.get("/shop/")
    assert state(browser) == "done" and not logged_in(browser)


def test_another_lesson_in_another_tab(app):
    """It ends the copy; who comes back begins anew, and an alarm of what was copied before is not the step's."""
    browser = robbed(app)
    begin(browser, "first", 1)
    browser.get("/teach/student/copied?at=/social/")
    assert browser.page.url.endswith("/teach/student"), "the copy is gone"
    begin(browser, "return", 5)
    assert logged_in(browser) and state(browser) == "waiting" and not ticked(browser)
    pass_time(3)
    browser.get("/")
    assert not logged_in(browser) and state(browser) == "waiting"
    assert browser.page.select('.lesson [data-missing="own"]')
    bring(browser)
    assert play(browser, STEP.acts)[-1] == "done"


def test_a_long_walk_loses_nothing(app):
    """More pages than the record keeps: the parts stay ticked, what undid them too, and what is done stays done."""
    browser = robbed(app)
    walk = ["/shop/", "/social/"] * (KEPT // 2 + 5)
    for path in walk:
        browser.get(path)
    assert ticked(browser) == 3 and browser.page.select(".lesson [role=timer]")
    browser.get("/teach/student")
    browser.submit("#copy")
    for path in walk:
        browser.get(path)
    assert ticked(browser) == 1
    log_out(browser)
    for path in walk:
        browser.get(path)
    assert state(browser) == "waiting" and not ticked(browser)
    bring(browser)
    assert play(browser, STEP.acts)[-1] == "done"
    for path in walk:
        browser.get(path)
    assert state(browser) == "done"
    browser.submit(".lesson form:has([data-key=next])")
    assert states(browser)["5"] == "done"


def test_a_long_walk_among_the_lessons_loses_nothing(app):
    """Pages of the course have no bar, and are recorded all the same."""
    browser = robbed(app)
    for path in ["/learn/return", "/learn"] * (KEPT // 2 + 5):
        browser.get(path)
    browser.get("/social/")
    assert ticked(browser) == 3


def test_where_nobody_can_make_an_account(app):
    """The bar says so to whoever borrows one, and counts the step as shown; with an account of one's own it is done."""
    browser = start(app)
    be_new(browser)
    log_out(browser)
    app.config["REGISTRATION"] = False
    browser.get("/login")
    browser.submit('form[data-demo="mira"]', button="y")
    begin(browser, "return", 5)
    assert "makes no new accounts" in browser.page.one('.lesson [data-missing="own"]').get_text()
    assert not browser.page.select(".lesson form[data-draw]") and not browser.page.select(".lesson .lesson-question")
    assert "Not here" in browser.page.one(".lesson-fold").get_text()
    assert states(browser)["5"] == "shown"

    browser.get("/login")
    browser.submit("#log-in", username="a-baker", password=PASSWORD, remember="y")
    assert not browser.page.select(".lesson [data-missing]")
    assert play(browser, STEP.acts)[-1] == "done" and not logged_in(browser)
    assert REASONS["stolen"] in browser.page.text
    assert states(browser)["5"] == "done"


def states(browser) -> dict[str, str]:
    """Return how the steps of the lesson stand, by their numbers, as its own page has it."""
    before = browser.page
    steps = browser.get("/learn/return").select("[data-step]")
    browser.page = before
    return {step["data-step"]: step["data-state"] for step in steps}


def test_everybody_s_account_has_no_password_to_change(app):
    """Where the alarm goes off in a demo account, neither the page here nor the next log-in's asks to change it."""
    browser = start(app)
    browser.get("/login")
    browser.submit('form[data-demo="mira"]', button="y")
    browser.get("/teach/student")
    browser.submit("#copy")
    for page in ("/social/", "/shop/"):
        browser.get(f"/teach/student/copied?at={page}")
    pass_time(3)
    assert REASONS["copied"] in browser.get("/login").text and "change your password" not in browser.page.text
    browser.submit('form[data-demo="mira"]', button="y")
    assert REASONS["copied"] in browser.page.text and not browser.page.select('main a[href="/account/password"]')
