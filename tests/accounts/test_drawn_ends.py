"""How an account with a drawn name ends: at log-out, at another log-in, after a day."""

import pytest

from tests.accounts.conftest import log_in, user_of
from tests.accounts.drawing import FORM, NAME, count, draw, name_of
from tests.browsing import Browser, copy_of
from webapp.accounts import users
from webapp.accounts.tables import COUNTED, DEVICES
from webapp.database.bounds import sweep


def test_what_was_sent_long_ago_opens_nothing(app, travel):
    """A form that turns up a minute after it made an account makes another: what it held is no key to the first."""
    browser = Browser(app)
    browser.get("/login")
    other = copy_of(browser)
    browser.submit(FORM)
    travel(minutes=1, seconds=1)
    other.submit(FORM)
    assert name_of(other) not in ("", name_of(browser))


def test_log_out_ends_the_account(app):
    """Row, device and count go with the log-out, the name is free, and the page says it before."""
    browser = draw(app)
    name = name_of(browser)
    assert "The account goes with it" in browser.get("/logout").text
    browser.submit("main form")
    assert user_of(browser) is None
    with app.app_context():
        assert (users.find(name), count(), count(DEVICES), count(COUNTED)) == (None, 0, 0, 0)


@pytest.mark.parametrize("history", ["clear", "keep"])
def test_the_page_after_it_says_that_it_is_gone(app, nora, history):
    """It speaks of an account gone for good, not of devices; the page of an account that stays, and a link, do not."""
    browser = draw(app)
    browser.get("/logout")
    page = browser.submit("main form", history=history)
    assert "The account is gone for good" in page.one("[data-gone]").get_text()
    ended = page.one("[data-ended]").get_text()
    assert "The account, with its log-ins" in ended and "your devices" not in page.text
    assert page.one('main a[href="/login"]').get_text() == "Log in"
    assert not browser.get("/logout?account=gone").select("[data-gone]")
    other = log_in(Browser(app))
    other.get("/logout")
    page = other.submit("main form", history=history)
    assert not page.select("[data-gone]") and "your devices" in page.one("[data-ended]").get_text()


def test_what_was_written_ends_as_with_any_account(app):
    """Texts are emptied with the trace that a closed account leaves, and no page shows the name."""
    browser = draw(app)
    name = name_of(browser)
    browser.get("/social/")
    browser.submit("form.write", text="Fresh loaves at six.")
    assert "Fresh loaves at six." in Browser(app).get("/social/").text
    browser.get("/logout")
    browser.submit("main form")
    page = Browser(app).get("/social/")
    assert "Fresh loaves" not in page.text and name not in page.text
    assert Browser(app).get(f"/social/@{name}").status == 404


def test_another_log_in_ends_the_account(app, nora):
    """Whoever changes to an account of their own leaves none behind that nobody could come back to."""
    browser = draw(app)
    assert user_of(log_in(browser)) == "Nora"
    with app.app_context():
        assert count() == 0


def test_a_log_out_elsewhere_ends_it_here(app):
    """A copy of the cookies that logs out ends the account for both; the other is a stranger, and may draw."""
    browser = draw(app, remember=True)
    thief = copy_of(browser)
    thief.get("/logout")
    thief.submit("main form")
    browser.close()
    assert user_of(browser) is None
    browser.get("/login")
    browser.submit(FORM)
    assert NAME.fullmatch(name_of(browser))


def test_a_reset_ends_it(app):
    """The instructor's reset between two groups leaves no account of the first."""
    browser = draw(app, remember=True)
    browser.post("/teach/reset", headers={"Sec-Fetch-Site": "same-origin"})
    assert user_of(browser) is None
    with app.app_context():
        assert count() == 0


@pytest.mark.parametrize("remember", [False, True])
def test_a_day_ends_it(app, travel, remember):
    """A day after it was made nobody is logged in to it, swept or not; the sweep deletes it then, and not before."""
    browser = draw(app, remember=remember)
    name = name_of(browser)
    for _ in range(23):
        travel(hours=1)
        assert user_of(browser) == name
    travel(minutes=59, seconds=50)
    with app.app_context():
        sweep(app)
        assert count() == 1
    assert user_of(browser) == name
    browser.get("/shop/")
    travel(seconds=20)
    assert user_of(browser) is None and "“remember me” a day" not in browser.get("/").text
    with app.app_context():
        assert count() == 1
        sweep(app)
        assert (count(), count(DEVICES), count(COUNTED)) == (0, 0, 0)
