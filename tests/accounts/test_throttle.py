"""Guessing is slow, and the owner enters meanwhile."""

import threading

import pytest
from sqlalchemy import func, select

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser, Page, copy_of
from webapp.accounts import passwords, throttle, users
from webapp.accounts.tables import COUNTED
from webapp.database import reading


@pytest.fixture
def checked(monkeypatch):
    """The passwords that were checked; hashing is left out."""
    asked = []

    def check(password_hash, password):
        asked.append(password)
        return password == PASSWORD

    monkeypatch.setattr(passwords, "is_right", check)
    return asked


@pytest.mark.parametrize("name", ["Nora", "Nobody"])
def test_ten_guesses(browser, nora, checked, travel, name):
    """After ten guesses in a quarter of an hour no more are checked, whether there is the account or not."""
    for number in range(40):
        page = log_in(browser, name, f"guess {number}").page
    assert len(checked) == 10
    assert page.status == 429
    assert 840 < int(page.headers["Retry-After"]) <= 900
    assert "Too many wrong passwords. Please try again in 15 minutes." in page.text
    assert page.one("#username")["value"] == name
    travel(minutes=14, seconds=30)
    assert "in 1 minute." in log_in(browser, name, "guess").page.text
    travel(seconds=31)
    assert log_in(browser, name, "guess").page.status == 422


def test_the_owner_enters(enter, app, checked):
    """While others guess, the owner's browser, which was here before, is let in; its own guesses are limited too."""
    owner = enter()
    owner.get("/logout")
    owner.submit()
    stranger = Browser(app)
    for _ in range(12):
        log_in(stranger, password="guess")
    assert log_in(stranger).page.status == 429
    assert user_of(log_in(owner)) == "Nora"
    owner.get("/logout")
    owner.submit()
    for _ in range(12):
        log_in(owner, password="guess")
    assert log_in(owner).page.status == 429


def test_known_is_per_browser_and_per_account(enter, app, checked):
    """Guesses from one of the owner's browsers don't close another, and one account's cookie is nothing to another."""
    first, second = enter(), enter()
    for browser in (first, second):
        browser.get("/logout")
        browser.submit()
    for _ in range(11):
        log_in(first, password="guess")
    assert user_of(log_in(second)) == "Nora"
    with app.app_context():
        users.register("Paul", PASSWORD)
    for _ in range(11):
        log_in(Browser(app), "Paul", "guess")
    assert log_in(first, "Paul").page.status == 429


def test_forged_known(enter, app, checked):
    """A `known` cookie that was changed in any byte counts for nothing and raises nothing."""
    good = enter().cookies["known"]
    with app.app_context():
        for i in range(len(good)):
            bad = good[:i] + ("A" if good[i] != "A" else "B") + good[i + 1 :]
            with app.test_request_context(headers={"Cookie": f"known={bad}"}):
                assert throttle.KNOWN.get() is None
    with app.test_request_context(headers={"Cookie": f"known={good}"}):
        assert throttle.KNOWN.get()


def test_success_clears_the_count(browser, nora, checked, app):
    """The right password makes the wrong ones before it forgotten."""
    for _ in range(3):
        for _ in range(9):
            log_in(browser, password="guess")
        assert user_of(log_in(browser)) == "Nora"
    with app.app_context():
        assert reading().scalar(select(func.count()).select_from(COUNTED)) == 0


def test_old_rows_go(browser, nora, checked, travel, app):
    """What is older than the window is deleted as one goes."""
    for name in ("Nora", "Paul", "Ines"):
        log_in(browser, name, "guess")
    travel(minutes=16)
    log_in(browser, "Nora", "guess")
    with app.app_context():
        assert reading().scalar(select(func.count()).select_from(COUNTED)) == 1


def test_an_address_is_limited_generously(browser, nora, checked, monkeypatch):
    """A class fits behind one address, a list of names to try doesn't; other addresses are not concerned."""
    monkeypatch.setattr(throttle, "PER_ADDRESS", 30)
    for number in range(30):
        assert log_in(browser, f"name{number}", "guess").page.status == 422
    assert log_in(browser).page.status == 429
    browser.get("/login")
    token = browser.page.one("#log-in [name=csrf_token]")["value"]
    form = {"username": "Nora", "password": PASSWORD, "csrf_token": token}
    page = browser.request("POST", "/login", data=form, environ_base={"REMOTE_ADDR": "192.0.2.7"}, follow=False)
    assert page.status == 303


def test_others_behind_the_address_lock_no_known_browser_out(enter, app, checked, monkeypatch):
    """However many wrong names came from its address, a browser that is known enters; a new one waits, for them alone.

    What the known browser guesses itself is not counted against the others behind the address.
    """
    monkeypatch.setattr(throttle, "PER_ADDRESS", 30)
    owner = enter()
    owner.get("/logout")
    owner.submit()
    for _ in range(9):
        assert log_in(owner, password="guess").page.status == 422
    stranger = Browser(app)
    assert [log_in(stranger, f"name{number}", "guess").page.status for number in range(31)] == [422] * 30 + [429]
    assert log_in(Browser(app)).page.status == 429
    assert user_of(log_in(owner)) == "Nora"


def test_a_class_behind_one_address(app, checked):
    """Sixty students who mistype their passwords three times each, and then all try once more, are all heard."""
    for password in ("typo one", "typo two", "typo three", "at last"):
        for number in range(60):
            with app.test_request_context("/login", method="POST"):
                users.authenticate(f"pupil{number}", password)
    assert len(checked) == 240


def test_a_network_of_ipv6_is_one_address(app, checked, monkeypatch):
    """Whoever changes their address within a /64 is counted all the same; the network beside it is another."""
    monkeypatch.setattr(throttle, "PER_ADDRESS", 3)
    statuses = []
    for address in [*(f"2001:db8:0:1::{number}" for number in range(4)), "2001:db8:0:2::1"]:
        browser = Browser(app)
        browser.get("/login")
        form = {"username": f"name{address}", "password": "guess"}
        form["csrf_token"] = browser.page.one("#log-in [name=csrf_token]")["value"]
        page = browser.request("POST", "/login", data=form, environ_base={"REMOTE_ADDR": address})
        statuses.append(page.status)
    assert statuses == [422, 422, 422, 429, 422]


def test_demo_accounts_count_for_the_address(make_app, monkeypatch, travel):
    """Right or wrong, log-ins to demo accounts are limited from one address, and stop nobody from any other account."""
    app = make_app(DEMO_CONTENT=False)
    monkeypatch.setattr(throttle, "PER_ADDRESS", 4)
    browser = Browser(app)
    for name, password in [("mira", "wrong"), ("mira", "sourdough-mira"), ("layla", "wrong"), ("oskar", "wrong")]:
        log_in(browser, name, password)
    page = log_in(browser, "mira", "sourdough-mira").page
    assert page.status == 429 and "Too many log-ins came from your network. Please try again in 15 minutes" in page.text
    with app.app_context():
        users.register("Nora", PASSWORD)
    assert user_of(log_in(Browser(app))) == "Nora"
    travel(minutes=15, seconds=1)
    assert user_of(log_in(Browser(app), "mira", "sourdough-mira")) == "mira"


def test_new_accounts_count_for_the_address(app, monkeypatch, travel):
    """A day's accounts from one address are bounded; what was typed stays, other addresses and log-ins go on."""
    monkeypatch.setattr(throttle, "PER_ADDRESS", 3)

    def register(name: str, address: str = "127.0.0.1") -> Page:
        browser = Browser(app)
        form = {"username": name, "password": PASSWORD, "confirm": PASSWORD}
        form["csrf_token"] = browser.get("/register").one("main form [name=csrf_token]")["value"]
        return browser.request("POST", "/register", data=form, environ_base={"REMOTE_ADDR": address}, follow=False)

    assert [register(name).status for name in ("Ada", "Bea", "Cleo")] == [303] * 3
    page = register("Dora")
    assert page.status == 429 and page.one("#username")["value"] == "Dora"
    assert "Too many accounts were made from your network today. Please try again in 24 hours." in page.text
    assert 86000 < int(page.headers["Retry-After"]) <= 86400
    assert register("Dora", "192.0.2.7").status == 303
    assert user_of(log_in(Browser(app), "Ada")) == "Ada"
    travel(hours=23)
    log_in(Browser(app), "Ada", "guess")  # which deletes what is too old
    assert register("Edda").status == 429
    travel(hours=1, seconds=1)
    assert register("Edda").status == 303


def test_taken_names_are_asked_for_slowly(app, nora, checked):
    """Whoever asks by the registration form which names are taken is counted as one who guesses their passwords."""
    statuses = []
    for _ in range(11):
        browser = Browser(app)
        browser.get("/register")
        statuses.append(browser.submit(username="NORA", password="a long guess", confirm="a long guess").status)
    assert statuses == [422] * 10 + [429] and len(checked) == 10


def test_guesses_at_once(app, nora, checked):
    """Of many guesses at the same moment no more than ten are checked."""
    browser = Browser(app)
    browser.get("/login")
    tabs = [copy_of(browser) for _ in range(24)]
    barrier = threading.Barrier(8)

    def guess(mine):
        barrier.wait()
        for tab in mine:
            tab.submit("#log-in", username="Nora", password="guess")

    threads = [threading.Thread(target=guess, args=(tabs[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) == 10
    assert sorted({tab.page.status for tab in tabs}) == [422, 429]


def test_the_confirm_page_is_counted(enter, checked):
    """Whoever found a logged-in browser can't guess the password there either."""
    browser = enter(remember=True)
    browser.close()
    for number in range(12):
        browser.get("/account/confirm?next=/account/devices")
        page = browser.submit(password=f"guess {number}")
    assert page.status == 429
    assert page.one("main [name=next]")["value"] == "/account/devices"
    assert len(checked) == 11  # one was the log-in


def test_names_and_addresses_are_not_readable(browser, nora, checked, app):
    """What was typed as a name, perhaps a password, stands nowhere in the table."""
    log_in(browser, "my secret password", "guess")
    with app.app_context():
        row = reading().execute(select(COUNTED.c.account_hash, COUNTED.c.address_hash)).one()
    from hashlib import sha256

    assert row.account_hash != sha256(b"my secret password").hexdigest()
    assert row.address_hash != sha256(b"127.0.0.1").hexdigest()
