"""Other ways through a lesson than its acts: what is right is not refused, what is not yet done is not done."""

from tests.lessons.playing import LESSONS, begin, bring, logged_in, pass_time, play, start, state
from webapp.accounts.devices import REASONS
from webapp.accounts.lifetimes import GRACE
from webapp.lessons.course import send_line
from webapp.lessons.lesson import CHALLENGE

RETURN = LESSONS["return"]


def bar(browser) -> str:
    """Return what the bar says of how the step stands."""
    return browser.page.one(".lesson-now").get_text(" ", strip=True)


def test_a_newcomer_sees_that_nothing_is_sent(app):
    """Who begins the first lesson before any choice sees an exchange that sent and set nothing but the course's own."""
    browser = start(app, choice="")
    begin(browser, "first", 1)
    assert browser.page.select('[data-exchange^="GET /setcookie"] .nothing')
    play(browser, LESSONS["first"].steps[0].acts)
    assert not browser.page.select('[data-exchange^="GET /setcookie"] .nothing')


def test_a_browser_that_restores_its_session_is_not_stuck(app):
    """Where `Bun` survives the closing the bar says so, and to delete it by hand does the step; the log-in likewise."""
    browser = start(app)
    begin(browser, "lifetimes", 1)
    for step in LESSONS["lifetimes"].steps[:2]:
        play(browser, step.acts)
        browser.submit(".lesson-moves form:has([data-key=next])")
    browser.get("/getcookie")
    assert "Bun is still there" in " ".join(bar(browser).split())
    browser.submit("main form.own", button="Loaf")
    assert state(browser) != "done"
    begin(browser, "lifetimes", 3)
    browser.get("/getcookie?title=Bun")
    browser.submit("main form.own", button="Bun")
    assert state(browser) == "done"

    begin(browser, "return", 7)
    bring(browser)
    browser.get("/jar")
    assert state(browser) == "waiting"
    browser.follow('[data-cookie$="session"] h2 a')
    browser.submit("#delete")
    assert state(browser) == "done"


def test_any_account_does_and_only_a_remembered_one(app):
    """To be remembered as oskar does the step; not to be remembered does not, and the bar says why."""
    browser = start(app)
    begin(browser, "return", 1)
    browser.get("/login")
    browser.submit('form[data-demo="oskar"]')
    assert state(browser) == "other" and "not remembered" in bar(browser)
    browser.get("/login")
    browser.submit('form[data-demo="oskar"]', button="y")
    assert state(browser) == "done"


def test_the_bar_gives_a_name(app):
    """Where a step wants a log-in or a remembered one, one button of the bar brings it, and the step still waits."""
    for key, number, button in (("forum", 3, None), ("return", 2, "y")):
        browser = start(app)
        begin(browser, key, number)
        at = browser.page.url
        browser.submit(".lesson form[data-draw]", button)
        assert logged_in(browser) and browser.page.url == at
        assert state(browser) == "waiting" and not browser.page.select(".lesson div > [data-missing]")


def test_a_name_for_a_day_does_the_steps_on_logging_in(app):
    """Remembered it does what a remembered account does, else not; its log-out and return count like any other's."""
    browser = start(app)
    begin(browser, "return", 1)
    browser.get("/login")
    browser.submit("form[data-draw]")
    assert state(browser) == "other" and "not remembered" in bar(browser)
    name = browser.page.html["data-user"]
    begin(browser, "return", 2)
    assert f"Remember {name}" in bar(browser)
    browser.submit(".lesson form[data-draw]", "y")
    assert browser.page.html["data-user"] == name
    assert play(browser, RETURN.steps[1].acts) == ["done"]
    begin(browser, "return", 4)
    assert play(browser, RETURN.steps[3].acts)[-1] == "done"
    begin(browser, "return", 6)
    for button, says in (("y", "other"), (None, "done")):
        browser.get("/login")
        browser.submit("form[data-draw]", button)
        assert state(browser) == says
        if button:
            browser.get("/logout")
            browser.submit("main form")
            assert state(browser) == "other" and "without it" in bar(browser)
    begin(browser, "return", 7)
    assert play(browser, RETURN.steps[6].acts) == ["done"]


def test_a_step_that_asks_for_a_password_says_so_where_there_is_none(app):
    """With a drawn name it asks for another account first; with one that has a password it is done."""
    browser = start(app)
    begin(browser, "return", 3)
    browser.submit(".lesson form[data-draw]", "y")
    assert browser.page.select('.lesson [data-missing="password"]') and "your account has none" in bar(browser)
    browser.follow('.lesson [data-missing="password"] a')
    browser.submit('form[data-demo="mira"]', button="y")
    assert not browser.page.select(".lesson div > [data-missing]")
    assert play(browser, RETURN.steps[2].acts)[-1] == "done"


def test_to_be_nobody_is_not_done_by_being_nobody(app):
    """The last step begun logged out waits, and asks to log in; who comes back by `remember` is told so."""
    browser = start(app)
    begin(browser, "return", 7)
    browser.get("/social/")
    assert state(browser) == "waiting" and browser.page.select('[data-missing="logged_in"]')
    browser.get("/login")
    browser.submit('form[data-demo="mira"]', button="y")
    browser.close()
    browser.get("/social/")
    assert state(browser) == "other" and "brought you back" in bar(browser)


def test_a_list_that_opens_is_said(app):
    """Who has just typed the password sees the list at once: the bar says why, and after closing it can be done."""
    browser = start(app)
    begin(browser, "return", 3)
    bring(browser)
    browser.get("/account/devices")
    assert state(browser) == "other" and "just typed the password" in bar(browser)
    assert play(browser, RETURN.steps[2].acts)[-1] == "done"


def test_what_was_never_refused_is_no_no(app):
    """Before any choice the shop withholds too, but that is not the step of saying no."""
    browser = start(app, choice="")
    begin(browser, "consent", 2)
    browser.follow(".goods li a")
    assert state(browser) == "other" and "not said no yet" in bar(browser)
    browser.get("/consent")
    browser.submit("form.choose", "necessary")
    browser.get("/shop/")
    browser.follow(".goods li a")
    assert state(browser) == "done"


def test_a_copy_is_not_sent_before_the_log_out(app):
    """The copying alone shows no page of the second browser; after the log-out it is asked, and knows nobody."""
    browser = start(app)
    begin(browser, "return", 4)
    bring(browser)
    browser.submit(".lesson-question", button="1")
    browser.get("/teach/student")
    browser.submit("#copy")
    assert not browser.page.select(".student-page") and browser.page.select(".student-store")
    assert browser.page.one(".lesson [data-part=done]").get_text().startswith("✓ 1")
    browser.get("/logout")
    browser.submit("main form")
    assert state(browser) == "waiting"
    page = browser.get("/teach/student/copied?at=/social/")
    assert state(browser) == "done"
    assert "data-user" not in browser.get(page.one(".student-page")["src"]).html


def robbed(app, pages: tuple[str, ...] = ("/social/", "/shop/")):
    """Return the browser of somebody in the step on the alarm, with pages that their copy was shown over there."""
    browser = start(app)
    begin(browser, "return", 5)
    bring(browser)
    browser.submit(".lesson-question", button="3")
    browser.get("/teach/student")
    browser.submit("#copy")
    for page in pages:
        browser.get(f"/teach/student/copied?at={page}")
    return browser


def test_the_alarm_is_the_real_one(app):
    """The owner is let in for three minutes, which the bar counts down; then one page logs out both and says why.

    Neither the frames, which come again by themselves, nor the course's own pages take that away from it.
    """
    browser = robbed(app)
    folded, timer = browser.page.select(".lesson [role=timer]")
    left, most = int(timer["data-left"]), GRACE.total_seconds()
    assert most - 30 < left <= most and timer.get_text() == f"{left // 60}:{left % 60:02}" == folded.get_text()
    assert "part" in timer.parent["class"] and timer.parent.get_text().startswith("… 4")
    browser.get("/shop/")
    assert logged_in(browser) and state(browser) == "waiting" and browser.page.select(".lesson [role=timer]")
    assert logged_in_over_there(browser)

    pass_time(3)
    for path in ("/teach/student/store", "/teach/student/at/shop/", "/learn/return", "/teach/student"):
        assert not browser.get(path).cookies_set.keys() & {"remember", "crumb_session"}
    assert not logged_in_over_there(browser), "the alarm itself does not wait to be told"
    browser.get("/")
    assert state(browser) == "done" and not logged_in(browser) and not logged_in_over_there(browser)
    assert REASONS["stolen"] in browser.get("/").text and REASONS["stolen"] in browser.get("/login").text


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
    assert not logged_in(browser) and state(browser) != "done"


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
    assert state(browser) == "other" and "nobody over there had come back" in bar(browser) and logged_in(browser)


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
    assert play(browser, RETURN.steps[4].acts)[-1] == "done" and not logged_in(browser)
    other.get("/social/")
    assert other.page.html["data-user"] == "mira"


def test_what_a_step_left_does_no_challenge(app):
    """Of the two that are to be noted one came already, from step 3: it counts when it is written anew."""
    browser, size = start(app), LESSONS["size"]
    begin(browser, "size", 3)
    assert play(browser, size.steps[2].acts)[-1] == "done"
    begin(browser, "size", CHALLENGE)
    opened, bun, again, cake = size.challenge.acts
    other = send_line("lab-other=1")
    assert play(browser, (opened, bun, again, other, again, cake)) == ["waiting"] * 5 + ["done"]
