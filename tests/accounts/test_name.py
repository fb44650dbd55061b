"""Changing the name of an account, and making it one that looks after the site."""

import pytest

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser
from webapp.accounts import users


def test_a_new_name(enter):
    """The new name is shown at once, here and elsewhere, and is the one to log in with."""
    browser, other = enter(), enter()
    page = browser.get("/account")
    assert page.one("main a[href='/account/name']")
    browser.get("/account/name")
    assert browser.page.one("[name=username]")["value"] == "Nora"
    page = browser.submit("main form", username=" Émile ")
    assert page.url.endswith("/account") and "name is changed" in page.one("[role=status]").get_text()
    assert page.html["data-user"] == user_of(other) == "Émile"
    assert user_of(log_in(Browser(browser.app), "ÉMILE")) == "Émile"
    assert user_of(log_in(Browser(browser.app), "Nora")) is None


def test_the_same_name_in_other_letters(enter):
    """One's own name is not taken."""
    browser = enter()
    browser.get("/account/name")
    assert browser.submit("main form", username="NORA").html["data-user"] == "NORA"


@pytest.mark.parametrize(
    ("name", "words"),
    [("x", "3 to 30 letters"), ("two words", "3 to 30 letters"), ("oSKAR", "Somebody has this name"), ("", "choose")],
)
def test_refused(app, enter, name, words):
    """A bad or taken name comes back with its reason, as it was typed."""
    with app.app_context():
        users.register("Oskar", PASSWORD)
    browser = enter()
    browser.get("/account/name")
    page = browser.submit("main form", username=name)
    assert page.status == 422
    assert words in page.one(".problems").get_text()
    assert page.one("[name=username]").get("value", "") == name
    assert page.html["data-user"] == "Nora"


def test_needs_the_password_after_a_remembered_return(enter):
    """A name is changed by somebody who has typed the password in this session."""
    browser = enter(remember=True)
    browser.close()
    page = browser.get("/account/name")
    assert "/account/confirm?next=" in page.url
    assert browser.submit("main form", password=PASSWORD).url.endswith("/account/name")


def test_a_demo_account_keeps_its_name(app):
    """It is everybody's."""
    with app.app_context():
        users.register("Mira", PASSWORD, demo=True)
    app.config["DEMO_ACCOUNTS"] = True
    browser = log_in(Browser(app), "Mira")
    assert "everybody" in browser.get("/account/name").text
    assert browser.post("/account/name", {"username": "Mine"}).status == 403
    assert user_of(browser) == "Mira"


def test_admin_on_and_off(app, nora):
    """`flask users admin` makes an account one that looks after the site, and an ordinary one again."""
    run = app.test_cli_runner().invoke
    for arguments, admin in ((["admin", "nora"], True), (["admin", "NORA", "--off"], False)):
        result = run(args=["users", *arguments])
        assert result.exit_code == 0, result.output
        assert ("admin" in run(args=["users", "list"]).output) == admin


def test_admin_of_nobody(app, nora):
    """An unknown name, and a demo account, which belongs to everybody."""
    with app.app_context():
        users.register("Mira", PASSWORD, demo=True)
    run = app.test_cli_runner().invoke
    for name, words in (("Nobody", "no account named"), ("Mira", "belongs to everybody")):
        result = run(args=["users", "admin", name])
        assert result.exit_code == 1
        assert words in result.output
