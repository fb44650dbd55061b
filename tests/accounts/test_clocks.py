"""Two servers, one database, clocks a hundred seconds apart: nobody is logged out, and no form is refused."""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

import pytest
from flask_wtf.csrf import validate_csrf
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser, copy_of
from webapp import Crumb, clock
from webapp.accounts import users
from webapp.accounts.tables import DEVICES
from webapp.cookies import LEEWAY, current_jar
from webapp.database import reading


class Balancer:
    """Sends each request to the next of several servers, and is asked for the rest as if it were the first."""

    def __init__(self, *servers: Crumb) -> None:
        self.servers = servers
        self.next = cycle(servers).__next__

    def test_client(self, **options):
        """Return a client of whoever's turn it is."""
        return self.next().test_client(**options)

    def __getattr__(self, name: str):
        return getattr(self.servers[0], name)


@pytest.fixture
def servers(make_app, monkeypatch) -> Callable[[float], tuple[Crumb, Crumb]]:
    """A function that gives two servers, the clock of the second ahead by some seconds; browsers have the first's."""
    ahead, real, now = [0.0], time.time, clock.now
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(seconds=ahead[0]))

    def start(seconds: float) -> tuple[Crumb, Crumb]:
        pair = make_app(DEMO_CONTENT=False), make_app(DEMO_CONTENT=False)
        serve = pair[1].wsgi_app

        def skewed(environ, start_response):
            ahead[0] = seconds
            try:
                return serve(environ, start_response)
            finally:
                ahead[0] = 0

        pair[1].wsgi_app = skewed
        with pair[0].app_context():
            users.register("Nora", PASSWORD)
        return pair

    return start


TOKEN = "main [name=csrf_token]"
APART = pytest.mark.parametrize("seconds", [-100, 100])


def test_the_clocks_are_apart(servers):
    """What these tests try is there: beyond the leeway the second server knows nobody whom the first let in."""
    first, second = servers(-LEEWAY.total_seconds() - 2)
    browser = log_in(Browser(first))
    assert user_of(browser) == "Nora"
    browser.app = second
    assert user_of(browser) is None


@APART
@pytest.mark.parametrize("remember", [False, True])
@pytest.mark.parametrize("begins", [0, 1])
def test_nobody_is_logged_out(servers, seconds, remember, begins):
    """The session cookie of an open browser counts at either server, whichever wrote it, remembered or not."""
    balancer = Balancer(*servers(seconds))
    if begins:
        balancer.next()
    browser = log_in(Browser(balancer), remember=remember)
    assert [user_of(browser) for _ in range(6)] == ["Nora"] * 6
    if remember:
        for _ in range(6):
            browser.close()
            assert user_of(browser) == "Nora"
        assert user_of(browser) == "Nora"


@APART
def test_tabs_restored_at_once(servers, seconds):
    """Of tabs that come back at once some meet the other server, the last when the new tokens are in use: no alarm.

    Nor does any of them get tokens that would end those of the first.
    """
    pair = servers(seconds)
    for here, there in (pair, pair[::-1]):
        browser = log_in(Browser(here), remember=True)
        for _ in range(3):
            browser.close()
            late = [copy_of(browser) for _ in range(3)]
            late[0].app, late[1].app, late[2].app = there, here, there
            assert user_of(browser) == "Nora"
            assert user_of(late[0]) == "Nora"
            browser.app = there
            assert user_of(browser) == "Nora"
            assert [user_of(tab) for tab in late[1:]] == ["Nora"] * 2
            assert not any("remember" in tab.page.cookies_set for tab in late)
            assert user_of(browser) == "Nora"
            browser.app = here
        with here.app_context():
            assert reading().scalars(select(DEVICES.c.ended_why)).all()[-1] is None


@APART
def test_open_forms_are_taken(servers, seconds):
    """A page that one server made is sent to the other: registering, another name, something to say, logging out."""
    pair = servers(seconds)
    for here, there in (pair, pair[::-1]):
        browser = Browser(here)
        name = f"Zoe{here is pair[0]:d}"
        for path, form, fields in [
            ("/register", "main form.card", {"username": name, "password": PASSWORD, "confirm": PASSWORD}),
            ("/account/name", "main form", {"username": f"{name}x"}),
            ("/forum/sourdough/new", "form.drafted", {"title": "Flat", "text": "It does not rise."}),
            ("/logout", "main form", {}),
        ]:
            browser.app = here
            assert browser.get(path).url.endswith(path)
            browser.app = there
            page = browser.submit(form, **fields)
            assert page.before and page.before[0].status == 303, path
            assert page.status == 200


@APART
def test_every_token_and_signed_cookie_counts_at_both(app, enter, monkeypatch, seconds):
    """The token of each page's forms, and each cookie of the registry that is signed, made here, count there."""
    browser = enter()
    tokens = {tag["value"] for path in ("/account/name", "/login") for tag in browser.get(path).select(TOKEN)}
    signed = [cookie for cookie in app.extensions["cookies"].registry if cookie.signed or cookie.library]
    assert tokens and {cookie.name for cookie in signed} >= {"session", "known"}
    header = browser.agent.cookie_header(browser.home, now=clock.now(), method="GET")
    there = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: there)
    with app.test_request_context(headers={"Cookie": header}):
        jar = current_jar()
        for cookie in signed:
            assert jar.decode(cookie, dict(jar.received)[jar.wire_name(cookie)]), cookie.name
        for token in tokens:
            validate_csrf(token)
