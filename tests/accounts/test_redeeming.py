"""Redeeming a remember-me cookie: once, with a grace, and never by a thief; what is no such cookie."""

import threading

import pytest

from tests.accounts.conftest import PASSWORD, log_in, rows, user_of
from tests.browsing import Browser, copy_of
from webapp.accounts.lifetimes import GRACE
from webapp.accounts.tables import DEVICES

OVER = GRACE.total_seconds() + 1
STOLEN = "An old copy of your remember-me cookie was used."


@pytest.mark.parametrize("rounds", [1, 3])
def test_theft_thief_first(enter, travel, rounds):
    """A thief who redeems a copy is found out by the owner's next visit, also after several redemptions."""
    owner, elsewhere = enter(remember=True), enter(remember=True)
    thief = copy_of(owner)
    owner.close()
    for _ in range(rounds):
        thief.close()
        assert user_of(thief) == "Nora"
        assert user_of(thief) == "Nora"
    travel(seconds=OVER)
    assert user_of(owner) is None
    for browser in (thief, elsewhere, owner):
        assert user_of(browser) is None
        browser.close()
        assert user_of(browser) is None
    page = log_in(owner).page
    assert STOLEN in page.text
    assert user_of(owner) == "Nora"
    assert STOLEN not in log_in(Browser(owner.app)).page.text


def test_theft_owner_first(enter, travel):
    """A copy that is used after the owner came back raises the alarm at once, and opens nothing."""
    owner = enter(remember=True)
    thief = copy_of(owner)
    thief.close()
    owner.close()
    assert user_of(owner) == "Nora"
    assert user_of(owner) == "Nora"
    travel(seconds=OVER)
    page = thief.get("/account")
    assert page.url.startswith("http://localhost:8000/login")
    assert STOLEN in page.text
    assert user_of(owner) is None


def test_theft_while_the_owner_is_logged_in(enter, travel):
    """A thief who redeems a copy throws the owner's session out, and the owner's next request raises the alarm."""
    owner = enter(remember=True)
    thief = copy_of(owner)
    thief.close()
    assert user_of(thief) == "Nora"
    assert user_of(thief) == "Nora"
    travel(seconds=OVER)
    assert user_of(owner) is None
    assert user_of(thief) is None


def test_thief_who_came_once(enter, travel):
    """A thief whose replacement was never used looks like a lost answer; its first use raises the alarm."""
    owner = enter(remember=True)
    thief = copy_of(owner)
    owner.close()
    thief.close()
    assert user_of(thief) == "Nora"
    travel(seconds=OVER)
    assert user_of(owner) == "Nora"
    travel(seconds=OVER)
    assert user_of(thief) is None
    assert user_of(owner) is None


def test_grace(enter, travel):
    """For a minute, by any server's clock, the replaced cookie lets a request in, not fresh, and sets nothing."""
    browser = enter(remember=True)
    late = copy_of(browser)  # its session cookie is a fresh one, about to die
    browser.close()
    assert user_of(browser) == "Nora"
    assert user_of(browser) == "Nora"
    travel(seconds=OVER - 2)
    page = late.get("/login")
    assert page.html["data-user"] == "Nora"
    assert not {"remember", "crumb_session"} & set(page.cookies_set)
    assert late.get("/account/devices", follow=False).headers["Location"].startswith("/account/confirm")
    assert "has just brought you back" in late.get("/account").text
    travel(seconds=2)
    assert user_of(late) is None


def test_a_cookie_replaced_long_ago_has_no_grace(enter, travel):
    """A renewal gives the cookie before the last one no second minute: a copy of it raises the alarm at once."""
    browser = enter(remember=True)
    thief = copy_of(browser)
    thief.close()
    for _ in range(2):
        browser.close()
        assert user_of(browser) == "Nora"
        assert user_of(browser) == "Nora"
        travel(hours=1)
    browser.close()
    assert user_of(browser) == "Nora"
    travel(seconds=10)
    assert user_of(thief) is None
    assert user_of(browser) is None


def test_lost_answer(enter, travel):
    """An answer that never arrived costs nothing, however often: the cookie that was sent is good again."""
    browser = enter(remember=True)
    browser.close()
    for _ in range(3):
        assert user_of(copy_of(browser)) == "Nora"
        travel(seconds=OVER)
    assert user_of(browser) == "Nora"
    assert user_of(browser) == "Nora"
    browser.close()
    travel(days=1)
    assert user_of(browser) == "Nora"


@pytest.mark.parametrize("rounds", [50])
def test_eight_tabs_at_once(enter, app, rounds):
    """Eight requests with the same cookie at the same time all get in, one is given the new one, nobody is alarmed."""
    browser = enter(remember=True)
    for _ in range(rounds):
        browser.close()
        tabs = [copy_of(browser) for _ in range(8)]
        barrier = threading.Barrier(len(tabs))

        def visit(tab, barrier=barrier):
            barrier.wait()
            tab.get("/logout")

        threads = [threading.Thread(target=visit, args=(tab,)) for tab in tabs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [tab.page.html.get("data-user") for tab in tabs] == ["Nora"] * 8
        renewed = [tab for tab in tabs if "remember" in tab.page.cookies_set]
        assert len(renewed) == 1
        assert sum("crumb_session" in tab.page.cookies_set for tab in tabs) == 1
        browser = renewed[0]
    assert user_of(browser) == "Nora"
    assert rows(app, DEVICES.c.ended_at) == [(None,)]


def test_every_byte_of_the_cookie(enter, app):
    """The remember cookie with any byte changed, cut or doubled is refused without error, and is no theft."""
    browser = enter(remember=True)
    good = browser.cookies["remember"]
    bad = {good[:i] + other + good[i + 1 :] for i in range(len(good)) for other in ("A", "_", ".", "%", "\xe9", "")}
    bad |= {good[:i] for i in range(len(good))}
    bad |= {good + "A", good * 2, good.upper(), good[::-1], good.replace(".", ":")}
    bad.discard(good)
    client = app.test_client(use_cookies=False)
    for value in bad:
        answer = client.get("/logout", headers={"Cookie": f"remember={value}"})
        assert answer.status_code == 200
        assert b"data-user" not in answer.data
    browser.close()
    assert user_of(browser) == "Nora"


def test_validators_of_two_accounts_swapped(enter, app):
    """One device's validator opens no other device."""
    first, second = (enter(remember=True).cookies["remember"].partition(".") for _ in range(2))
    for selector, validator in ((first[0], second[2]), (second[0], first[2])):
        page = Browser(app).get("/logout", headers={"Cookie": f"remember={selector}.{validator}"})
        assert page.html.get("data-user") is None
        assert page.cookies_set["remember"].startswith("remember=;")


def test_first_form_after_a_return_works(enter):
    """The form that a returning visitor opens first can be sent: redemption began its session before."""
    browser = enter(remember=True)
    browser.close()
    browser.get("/login")
    assert browser.submit("#log-in", username="Nora", password=PASSWORD).url == "http://localhost:8000/"
