"""What whoever runs the site decides about accounts: whether new ones are made, and what is said of a lost password."""

import pytest

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser


@pytest.fixture
def closed(make_app):
    """A site where nobody may make an account."""
    return make_app(REGISTRATION=False, DEMO_CONTENT=False)


def ways(browser: Browser) -> list[str]:
    """Return the pages that lead to making an account, of those where somebody may look for it."""
    pages = ("/", "/login", "/register", "/account/close", "/social/")
    return [path for path in pages if browser.get(path).select("main [href^='/register'], [action^='/register']")]


def test_no_page_leads_to_a_closed_registration(closed, make_app):
    """Where no account can be made, no page offers it, neither to a visitor nor to a borrower; else they do."""
    for app, expected in ((make_app(DEMO_CONTENT=False), ["/login", "/register", "/account/close"]), (closed, [])):
        browser = Browser(app)
        assert ways(browser) == expected
        browser.get("/login")
        browser.submit('form[data-demo="mira"]')
        assert user_of(browser) == "mira" and ways(browser) == expected


def test_a_closed_registration_says_so(closed):
    """The page is there, says why it has no form, and leads to the log-in, from there to where one wanted to go."""
    page = Browser(closed).get("/register?next=/shop/")
    assert page.status == 200 and "has closed that for now" in page.text
    assert page.select("main form") == [] and page.one("main .button")["href"] == "/login?next=/shop/"


def test_a_form_that_was_open_makes_no_account(make_app):
    """What was typed before registration was closed is answered with 403 and the name, and no account is made."""
    browser = Browser(make_app(DEMO_CONTENT=False))
    browser.get("/register")
    fields = {"username": "Nora", "password": PASSWORD, "confirm": PASSWORD}
    browser.app = make_app(REGISTRATION=False, DEMO_CONTENT=False)
    page = browser.submit("main form.card", **fields)
    assert page.status == 403 and "No account named Nora was made" in page.text and PASSWORD not in page.body.decode()
    assert user_of(log_in(browser)) is None
    assert browser.post("/register", {}).status == 403


def test_whoever_runs_the_site_makes_accounts(closed):
    """`flask users add` works as ever, and the account is one to log in to."""
    closed.test_cli_runner().invoke(args=["users", "add", "Nora", "--password", PASSWORD], catch_exceptions=False)
    assert user_of(log_in(Browser(closed))) == "Nora"


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("contact", ["", "ada@bakery.example"])
def test_a_forgotten_password(make_app, contact, demo):
    """The log-in page says that no mail can come, and who can help; borrowed accounts are named where there are any."""
    page = Browser(make_app(CONTACT=contact, DEMO_ACCOUNTS=demo, DEMO_CONTENT=False)).get("/login")
    told = page.one("#forgotten")
    assert "nothing can be sent to you" in told.get_text()
    assert [link["href"] for link in told.select("a")] == [f"mailto:{contact}"][: bool(contact)]
    assert [code.get_text() for code in told.select("code")] == ["flask users password NAME"][: not contact]
    assert ("a borrowed account" in told.get_text()) is demo


def test_the_command_that_the_page_names(app, nora):
    """`flask users password` gives an account another password: the forgotten one opens nothing more."""
    told = app.test_cli_runner().invoke(args=["users", "password", "Nora", "--password", "seven cold loaves"])
    assert told.exit_code == 0
    assert user_of(log_in(Browser(app))) is None
    assert user_of(log_in(Browser(app), password="seven cold loaves")) == "Nora"
