"""The record goes on under a new token when somebody is let in or goes: one from before reads no more."""

from collections.abc import Callable

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.accounts import users

PASSWORD = "three brown loaves"


def fill_in(path: str, form: str, **fields: object) -> Callable[[Browser], None]:
    """Return what opens a page and sends its form."""

    def act(browser: Browser) -> None:
        browser.get(path)
        browser.submit(form, **fields)

    return act


LOG_IN = fill_in("/login", "#log-in", username="Nora", password=PASSWORD, remember=True)
REGISTER = fill_in("/register", "main form.card", username="Ada", password=PASSWORD, confirm=PASSWORD)
CONFIRM = fill_in("/account/confirm", "main form", password=PASSWORD)
LOG_OUT = fill_in("/logout", "main form", history="keep")
FIRST = "GET /login?next=/shop/"
RETURN = lambda browser: browser.get("/account")  # noqa: E731


def listed(browser: Browser) -> list[str]:
    """Return the exchanges that the page of the record lists."""
    return [tag["data-exchange"] for tag in browser.get("/wire?own=y").select("main [data-exchange]")]


@pytest.mark.parametrize(
    ("before", "change", "crossed"),
    [
        ([], LOG_IN, "POST /login"),
        ([], REGISTER, "POST /register"),
        ([LOG_IN], LOG_OUT, "POST /logout"),
        ([LOG_IN, Browser.close], RETURN, "GET /account"),
        ([LOG_IN, Browser.close, RETURN], CONFIRM, "POST /account/confirm"),
    ],
    ids=["log-in", "registration", "log-out", "brought back", "password again"],
)
def test_a_token_from_before_reads_nothing_after(app, before, change, crossed):
    """Who planted the token sees not even the request that let somebody in; the visitor sees that and what was before.

    Nor does the one whose token it was go on to write into the visitor's record.
    """
    with app.app_context():
        users.register("Nora", PASSWORD)
    browser, other = Browser(app), Browser(app)
    for step in before:
        step(browser)
    other.get("/login?next=/shop/")
    planted = other.cookies["wire"]
    browser.agent.receive(browser.home, f"wire={planted}; Path=/", now=clock.now(), method="GET")
    assert listed(browser) == [FIRST]
    change(browser)
    browser.get("/cookies")
    assert browser.cookies["wire"] != planted
    own = listed(browser)
    assert own[0] == FIRST and own[-1] == "GET /cookies" and crossed in own
    assert not {crossed, "GET /cookies"} & set(listed(other))
    other.get("/forum/")
    assert "GET /forum/" not in listed(browser)


def test_a_trial_renews_nothing(app):
    """A page as if other cookies had come lets somebody in without taking the record away from its token."""
    with app.app_context():
        users.register("Nora", PASSWORD)
    browser = Browser(app)
    LOG_IN(browser)
    before, token = listed(browser), browser.cookies["wire"]
    session = next(name for name in browser.cookies if name.endswith("session"))
    page = browser.get(f"/jar/try?name={session}&how=off&page=/account")
    assert page.status == 200 and "Nora" in page.text
    assert browser.cookies["wire"] == token and listed(browser)[: len(before)] == before
