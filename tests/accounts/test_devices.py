"""Devices: what ends them, their list, and a database that fails."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser, copy_of
from tests.statements import heard
from webapp.accounts import devices, redeeming
from webapp.accounts.tables import DEVICES, RETIRED_VALIDATORS, USERS
from webapp.database import engines, question, reading


def test_copies_die_with_the_log_out(enter):
    """Session and remember cookie that were copied before the log-out are worth nothing after it."""
    browser = enter(remember=True)
    copy = copy_of(browser)
    browser.get("/logout")
    browser.submit()
    assert user_of(copy) is None
    copy.close()
    assert user_of(copy) is None


def test_copies_die_with_the_password(enter):
    """A changed password is told once, and ends other devices and all copies; this browser stays as it was."""
    browser, other = enter(remember=True), enter(remember=True)
    copy = copy_of(browser)
    browser.get("/account/password")
    page = browser.submit(current=PASSWORD, password="four brown loaves", confirm="four brown loaves")
    assert "password is changed" in page.text
    for path in ("/account", "/account?changed=password"):
        assert "is changed" not in browser.get(path).text
    for dead in (copy, copy_of(copy), other):
        assert user_of(dead) is None
        dead.close()
        assert user_of(dead) is None
    assert user_of(browser) == "Nora"
    browser.close()
    assert user_of(browser) == "Nora"
    assert log_in(Browser(browser.app)).page.status == 422
    assert user_of(log_in(Browser(browser.app), password="four brown loaves")) == "Nora"


def test_password_refused(enter):
    """A wrong old password, a weak new one or two that differ change nothing."""
    browser = enter()
    for current, new, confirm in (
        ("wrong", "four brown loaves", "four brown loaves"),
        (PASSWORD, "password123", "password123"),
        (PASSWORD, "four brown loaves", "five brown loaves"),
    ):
        browser.get("/account/password")
        assert browser.submit(current=current, password=new, confirm=confirm).status == 422
    assert user_of(log_in(Browser(browser.app))) == "Nora"


def test_copies_die_with_the_account(enter, app):
    """Closing takes the password and a tick, deletes every row, and leaves no copy alive."""
    browser = enter(remember=True)
    copy = copy_of(browser)
    browser.get("/account/close")
    assert browser.submit(password=PASSWORD).status == 422
    assert browser.submit(password="wrong password", confirm=True).status == 422
    assert user_of(copy) == "Nora"
    browser.get("/account/close")
    page = browser.submit(password=PASSWORD, confirm=True)
    assert page.before[0].headers["Clear-Site-Data"] == '"cache"'
    for dead in (browser, copy):
        assert user_of(dead) is None
        dead.close()
        assert user_of(dead) is None
    with app.app_context():
        for table in (USERS, DEVICES, RETIRED_VALIDATORS):
            assert reading().execute(select(table)).all() == []


def test_session_token_of_any_alphabet(app, nora):
    """A signed session with a strange id in it is a stranger's, never an error."""
    serializer = app.session_interface.get_signing_serializer(app)
    for token in ("é" * 22, "A" * 43, "", 5, None, ["x"], str(nora.id), "A" * 21 + "\n"):
        cookie = serializer.dumps({"_user_id": token, "_fresh": True})
        page = Browser(app).get("/logout", headers={"Cookie": f"crumb_session={cookie}"})
        assert page.status == 200
        assert page.html.get("data-user") is None


def test_fresh_log_in(enter):
    """After a return by cookie the sensitive pages ask for the password, then go on, and the session is another one."""
    browser = enter(remember=True)
    browser.close()
    for path in ("/account/devices", "/account/password", "/account/close"):
        page = browser.get(path)
        assert page.url == f"http://localhost:8000/account/confirm?next={path}"
        assert browser.submit(password="wrong password").status == 422
        assert browser.page.one("main [name=next]")["value"] == path
    page = browser.post("/account/devices/1/end", follow=False)
    assert page.headers["Location"] == "/account/confirm?next=/account/devices"
    old = {"Cookie": "crumb_session=" + browser.cookies["crumb_session"]}
    browser.get("/account/confirm?next=/account/devices")
    page = browser.submit(password=PASSWORD)
    assert page.url == "http://localhost:8000/account/devices"
    assert browser.get("/account/confirm").url == "http://localhost:8000/"
    assert Browser(browser.app).get("/logout", headers=old).html.get("data-user") is None


def test_list_and_end(enter, app):
    """The list names each browser and marks this one; ending one ends it, and only one's own can be ended."""
    browser = enter(remember=True)
    phone = Browser(app, **{"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile Safari/604.1"})
    log_in(phone)
    page = browser.get("/account/devices")
    assert [tag.h2.get_text() for tag in page.select("[data-device]")] == ["Safari on iPhone", "Firefox on Linux"]
    assert page.one("[data-this-device]")["aria-current"] == "true"
    form = page.one("[data-device]:not([data-this-device]) form")
    page = browser.post(form["action"])
    assert page.status == 422 and page.one("main .problems") and len(page.select("[data-device]")) == 2
    assert user_of(phone) == "Nora"

    stranger = Browser(app)
    stranger.get("/register")
    stranger.submit(username="Mallory", password=PASSWORD, confirm=PASSWORD)
    stranger.get("/logout")
    token = stranger.page.one("main form [name=csrf_token]")["value"]
    stranger.post(form["action"], {"csrf_token": token})
    assert user_of(phone) == "Nora"

    browser.get("/account/devices")
    browser.submit(f"form[action='{form['action']}']")
    assert "logged out from another one" in phone.get("/account").text
    assert user_of(phone) is None
    assert user_of(browser) == "Nora"


def test_end_all_others(enter):
    """All others end, this one stays."""
    browser, others = enter(remember=True), [enter(remember=True) for _ in range(3)]
    page = browser.get("/account/devices")
    assert len(page.select("[data-device]")) == 4
    page = browser.submit("form[action$=end-others]")
    assert len(page.select("[data-device]")) == 1
    for other in others:
        assert user_of(other) is None
        other.close()
        assert user_of(other) is None
    assert user_of(browser) == "Nora"


def test_own_device_is_ended_by_log_out(enter):
    """Who asks to end the device in use is led to the log-out page."""
    browser = enter()
    number = browser.get("/account/devices").one("[data-this-device]")["data-device"]
    page = browser.get("/logout")
    token = page.one("main [name=csrf_token]")["value"]
    assert browser.post(f"/account/devices/{number}/end", {"csrf_token": token}).url == "http://localhost:8000/logout"


def test_account_says_by_which_cookie(enter):
    """The account page tells how the visitor was known in this very request."""
    browser = enter(remember=True)
    assert "cookie named crumb_session told us" in browser.get("/account").text
    browser.close()
    assert "remember has just brought you back" in browser.get("/account").text
    assert "cookie named crumb_session told us" in browser.get("/account").text


@pytest.mark.parametrize("close", [False, True])
def test_database_down(enter, monkeypatch, close):
    """Without the database everybody is a stranger for the moment: pages work, cookies stay, and it heals by itself."""
    browser = enter(remember=True)
    if close:
        browser.close()

    def down(*args):
        raise OperationalError("select", {}, Exception("down"))

    kept = browser.cookies["remember"]
    with monkeypatch.context() as broken:
        broken.setattr(devices, "reading", down)
        broken.setattr(redeeming, "reading", down)
        broken.setattr(question, "reading", down)
        page = browser.get("/login")
        assert page.status == 200
        assert page.html.get("data-user") is None
        assert "remember" not in page.cookies_set
        assert browser.get("/").select("[data-unasked]") and "without a log-in" not in browser.page.text
        page = browser.get("/account")
        assert (page.status, page.headers["Retry-After"]) == (503, "60")
        assert browser.post("/logout").status == 503
    assert browser.cookies["remember"] == kept
    assert user_of(browser) == "Nora"


def test_log_in_while_nothing_can_be_written(browser, nora, monkeypatch):
    """A log-in that can't be saved is a 503 that keeps the name typed."""
    from webapp.accounts import throttle

    def down():
        raise OperationalError("insert", {}, Exception("read-only"))

    monkeypatch.setattr(throttle, "writing", down)
    page = log_in(browser).page
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert page.one("#username")["value"] == "Nora"


def test_a_page_works_while_nothing_can_be_written(enter, travel, monkeypatch):
    """Whoever is logged in stays so while the database is read-only."""
    browser = enter()
    travel(minutes=10)

    def down():
        raise OperationalError("update", {}, Exception("read-only"))

    monkeypatch.setattr(devices, "writing", down)
    assert user_of(browser) == "Nora"


def test_one_statement_a_page(enter, app):
    """Knowing the visitor costs one statement."""
    browser = enter(remember=True)
    browser.get("/account")
    with heard(engines(app).to_read) as statements:
        browser.get("/account")
    assert len([statement for statement in statements if "devices" in statement]) == 1


def test_the_database_holds_no_token(enter, app):
    """No token that a browser holds stands in the database."""
    browser = enter(remember=True)
    validator = browser.cookies["remember"].partition(".")[2]
    session = app.session_interface.get_signing_serializer(app).loads(browser.cookies["crumb_session"])["_user_id"]
    with app.app_context():
        stored = repr(reading().execute(text("SELECT * FROM devices")).all())
    assert validator not in stored and session not in stored
