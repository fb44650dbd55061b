"""Registering, logging in and out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask_login import encode_cookie

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.browsing import Browser, copy_of
from tests.examples import addresses
from webapp.accounts import users
from webapp.accounts.views import PASSING

WRONG = "Name or password is wrong."


def test_log_in_leads_on(browser, nora):
    """After the log-in the visitor is where `next` says, by way of a 303."""
    browser.get("/login?next=/account")
    page = browser.submit("#log-in", username="Nora", password=PASSWORD)
    assert (page.url, page.before[0].status) == ("http://localhost:8000/account", 303)
    assert page.html["data-user"] == "Nora"


def test_without_remember_one_session_cookie(browser, nora):
    """Without the tick no cookie outlives the browser but `known`, and the browser's end ends the log-in."""
    log_in(browser)
    assert "remember" not in browser.cookies
    browser.close()
    assert user_of(browser) is None


def test_remembered(browser, nora):
    """With the tick a closed browser comes back logged in, with both tokens renewed and HttpOnly and Lax."""
    log_in(browser, remember=True)
    first = browser.cookies["remember"]
    browser.close()
    page = browser.get("/logout")
    assert page.html["data-user"] == "Nora"
    assert browser.cookies["remember"] != first
    assert browser.cookies["remember"].partition(".")[0] == first.partition(".")[0]
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=2592000"} <= set(page.cookies_set["remember"].split("; "))


def test_session_carries_nothing_unread(browser, nora, app):
    """Flask-Login's fingerprint of the browser is not in the session, and the id is a token, never the user's."""
    log_in(browser)
    serializer = app.session_interface.get_signing_serializer(app)
    content = serializer.loads(browser.cookies["crumb_session"])
    assert set(content) == {"_user_id", "_fresh"}
    assert len(content["_user_id"]) == 22


@pytest.mark.parametrize("name", ["Nobody", "Nora", "x", "\x00", "N" * 5000])
def test_unknown_name_and_wrong_password_look_alike(browser, nora, name):
    """Nothing tells an unknown name from a wrong password; the name typed is kept, the password is not."""
    page = log_in(browser, name, "wrong password").page
    assert page.status == 422
    assert WRONG in page.text
    assert page.one("#log-in [name=username]")["value"] == name
    assert not page.one("#log-in [name=password]").get("value")
    assert len(page.text) == len(log_in(Browser(browser.app), "Somebody", "wrong password").page.text)


@pytest.mark.parametrize("name", ["nora", "NORA", " Nora ", "Ｎｏｒａ"])
def test_any_writing_of_the_name(browser, nora, name):
    """Case, width and blanks of the name don't matter."""
    assert user_of(log_in(browser, name)) == "Nora"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/%09/evil", "/\\evil", "javascript:x", "evil", "\t//e"]
)
def test_next_stays_here(browser, nora, target):
    """A `next` that leads elsewhere is neither shown nor followed."""
    page = browser.request("GET", "/login", query_string={"next": target})
    assert page.one("#log-in [name=next]")["value"] == "/"
    page = browser.submit("#log-in", username="Nora", password=PASSWORD, next=target, follow=False)
    assert page.headers["Location"] == "/"


def test_bad_next_in_a_refused_form(browser, nora):
    """A form that comes back doesn't carry a bad `next` either."""
    browser.get("/login")
    page = browser.submit("#log-in", username="Nora", password="wrong", next="//evil.example")
    assert page.one("#log-in [name=next]")["value"] == "/"


@pytest.mark.parametrize("target", ["/login", "/logout", "/register?next=/", "/account/confirm"])
def test_next_is_no_passing_page(browser, nora, target):
    """Nobody is led from the log-in page to the log-out page, say."""
    browser.request("GET", "/login", query_string={"next": target})
    page = browser.submit("#log-in", username="Nora", password=PASSWORD, follow=False)
    assert page.headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_no_token_no_change(browser, nora, path):
    """Without the CSRF token nothing happens, and the name typed is kept."""
    browser.get(path)
    again = {"confirm": PASSWORD} if path == "/register" else {}
    page = browser.submit(f"form[action='{path}']", username="Paul", password=PASSWORD, csrf_token="", **again)
    assert page.status == 422
    assert "too long" in page.text
    assert page.one("main [name=username]")["value"] == "Paul"
    assert user_of(browser) is None
    with browser.app.app_context():
        assert users.find("Paul") is None


def test_cookies_blocked(app, nora):
    """Somebody whose browser keeps no cookies is told so."""
    page = Browser(app).post("/login", {"username": "Nora", "password": PASSWORD})
    assert page.status == 422
    assert "sent no cookie" in page.text


def test_fixation(browser, nora):
    """A session that was planted before the log-in stays anonymous, and its CSRF token opens nothing."""
    browser.get("/login")
    planted = copy_of(browser)
    token = browser.page.one("#log-in [name=csrf_token]")["value"]
    browser.submit("#log-in", username="Nora", password=PASSWORD)
    assert user_of(planted) is None
    assert browser.post("/logout", {"csrf_token": token}).status == 422
    assert user_of(browser) == "Nora"


def test_flask_logins_own_cookie_is_ignored(app, enter):
    """A `remember_token` that Flask-Login would honour is nothing to us, and a strange one is no error."""
    token = app.session_interface.get_signing_serializer(app).loads(enter().cookies["crumb_session"])["_user_id"]
    with app.app_context():
        forged = encode_cookie(token)
    for cookie in (f"remember_token={forged}", f"None={forged}", "remember_token=x|\xe9"):
        page = Browser(app).get("/logout", headers={"Cookie": cookie})
        assert page.status == 200
        assert page.html.get("data-user") is None


def test_second_log_in_ends_the_first(browser, nora, enter):
    """Logging in where one is logged in leaves no forgotten device behind."""
    log_in(browser, remember=True)
    old = copy_of(browser)
    log_in(browser, remember=True)
    assert user_of(old) is None
    assert len(browser.get("/account/devices").select("[data-device]")) == 1


def test_logout_asks_first(enter):
    """GET asks; POST ends it, says so to the cache, and takes back `remember` but not `known`."""
    browser = enter(remember=True)
    browser.get("/logout")
    assert user_of(browser) == "Nora"
    page = browser.submit()
    answer = page.before[0]
    assert (answer.status, answer.headers["Location"]) == (303, "/logout")
    assert page.one("h1").get_text() == "You are logged out" and "ended here and on the server" in page.text
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert set(answer.cookies_set) >= {"remember", "crumb_session"}
    assert "HttpOnly" in answer.cookies_set["remember"] and "SameSite=Lax" in answer.cookies_set["remember"]
    assert not {"remember", "crumb_session"} & set(browser.cookies)
    assert "known" in browser.cookies
    assert browser.post("/logout", follow=False).status == 303


def test_logout_needs_the_token(enter):
    """A log-out without token changes nothing."""
    browser = enter()
    assert browser.post("/logout").status == 422
    assert user_of(browser) == "Nora"


def test_pages_of_the_account_ask_to_log_in(browser):
    """Each page of the account leads a stranger to the log-in page and back."""
    for path in ("/account", "/account/devices", "/account/password", "/account/close", "/account/confirm"):
        page = browser.get(path, follow=False)
        assert page.status == 303
        assert page.headers["Location"].startswith("/login?next=/account")
    assert browser.post("/account/devices/1/end", follow=False).headers["Location"] == "/login?next=/account/devices"


def test_register(browser):
    """Registering logs in, and nobody is remembered who did not tick the box."""
    browser.get("/register?next=/account")
    page = browser.submit(username="Zoë_9", password=PASSWORD, confirm=PASSWORD)
    assert (page.url, page.html["data-user"]) == ("http://localhost:8000/account", "Zoë_9")
    assert "remember" not in browser.cookies


def test_register_remembered(browser):
    """Whoever ticks the box on the registration form is remembered."""
    browser.get("/register")
    browser.submit(username="Zoë", password=PASSWORD, confirm=PASSWORD, remember=True)
    browser.close()
    assert user_of(browser) == "Zoë"


@pytest.mark.parametrize(
    ("fields", "wrong", "said"),
    [
        ({"username": "ab"}, "username", "3 to 30"),
        ({"username": "a b c"}, "username", "3 to 30"),
        ({"username": "NORA"}, "username", "Somebody has this name"),
        ({"password": "short", "confirm": "short"}, "password", "too short"),
        ({"password": "password123", "confirm": "password123"}, "password", "guess"),
        ({"password": "Wilhelmina1", "confirm": "Wilhelmina1"}, "password", "guess"),
        ({"confirm": "something else"}, "confirm", "differ"),
        ({"username": ""}, "username", "choose a name"),
    ],
)
def test_register_refused(browser, nora, fields, wrong, said):
    """What is wrong is said beside its field and in the summary; the name is kept, the passwords are not."""
    browser.get("/register")
    values = {"username": "Wilhelmina", "password": "another password", "confirm": "another password", **fields}
    page = browser.submit(**values)
    assert page.status == 422
    assert said in page.one(f"#{wrong}-error").get_text()
    assert page.one(f".problems a[href='#{wrong}']")
    assert page.one("#username")["value"] == values["username"]
    assert not any(tag.get("value") for tag in page.select("[type=password]"))
    assert user_of(browser) is None


def test_register_twice(browser):
    """The same registration sent twice makes one account, and both answers log in to it."""
    browser.get("/register")
    other = copy_of(browser)
    for one in (browser, other):
        page = one.submit(username="Zoë", password=PASSWORD, confirm=PASSWORD)
        assert page.status == 200
        assert user_of(one) == "Zoë"


def test_demo_accounts(make_app):
    """Demo accounts are a click away, remembered or not; nobody can take one away from the others."""
    app = make_app()
    for button in (None, "y"):
        browser = Browser(app)
        browser.get("/login?next=/account")
        page = browser.submit("form[data-demo=mira]", button=button)
        assert page.html["data-user"] == "mira"
        assert ("remember" in browser.cookies) == bool(button)
        assert "known" not in browser.cookies
        for path in ("/account/password", "/account/close"):
            page = browser.get(path)
            assert "demo account" in page.text and not page.select("main form")
            assert browser.post(path, {"password": "sourdough-mira", "confirm": "y"}).status == 403
    for _ in range(12):
        log_in(browser, "mira", "wrong password")
    assert user_of(log_in(browser, "mira", "sourdough-mira")) == "mira"


def test_demo_accounts_off(make_app):
    """With the setting off the public passwords open nothing, also where the accounts were made before."""
    browser = log_in(Browser(make_app()), "layla", "flatbread-layla", remember=True)
    assert user_of(browser) == "layla"
    app = make_app(DEMO_ACCOUNTS=False)
    old, new = copy_of(browser), Browser(app)
    old.app = app
    assert user_of(old) is None
    assert not new.get("/login").select("[data-demo]")
    assert WRONG in log_in(new, "layla", "flatbread-layla").page.text


def test_a_taken_name_is_no_demo_account(make_app):
    """A name that somebody registered while demo accounts were off stays theirs."""
    app = make_app(DEMO_ACCOUNTS=False)
    with app.app_context():
        users.register("Mira", PASSWORD)
    browser = Browser(make_app())
    assert [tag["data-demo"] for tag in browser.get("/login").select("[data-demo]")] == ["oskar", "layla"]
    assert user_of(log_in(browser, "mira", PASSWORD)) == "Mira"


def test_links_to_the_log_in_keep_the_place(app, browser):
    """On every page, each link to log-in and registration leads back to that page, or to where it was to lead on."""
    shown = 0
    for path in addresses(app, "GET"):
        if path in PASSING:
            continue
        page = browser.get(path)
        for link in page.select("a[href^='/login'], a[href^='/register']"):
            if page.status == 200 and urlsplit(page.url).path != "/login":
                (back,) = parse_qs(urlsplit(link["href"]).query)["next"]
                assert back.partition("?")[0] == urlsplit(page.url).path, f"{page.url}: {link}"
                shown += 1
        if urlsplit(page.url).path == "/login":
            links = [link["href"] for link in page.select("a[href*='next=']")]
            assert {urlsplit(link).query for link in links} == {urlsplit(page.url).query}, path
    assert shown > 30


def test_a_form_that_came_back_keeps_the_place(browser):
    """So does the menu of a page that answers a form."""
    browser.get("/setcookie")
    page = browser.submit("main form", title="two words")
    assert page.status == 422 and page.select("header a[href='/login?next=/setcookie']")


def test_password_managers_find_the_page(browser, nora):
    """`/.well-known/change-password` leads to the page, by way of the log-in; other such addresses are missing."""
    page = browser.get("/.well-known/change-password")
    assert [step.status for step in page.before] == [303, 303] and page.url.endswith("/login?next=/account/password")
    missing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"  # as Safari asks first
    assert browser.get(missing).status == 404


@pytest.mark.parametrize("now", ["Ada", None])
def test_a_form_from_before_another_log_in_says_who_would_send_it(app, enter, now):
    """Another tab has changed who one is: the text is kept, the page says whose it would be, one click sends it."""
    browser = enter()
    browser.get("/forum/sourdough/new")
    old = browser.page
    browser.get("/logout")
    browser.submit()
    if now:
        with app.app_context():
            users.register(now, PASSWORD)
        log_in(browser, now)
    else:
        browser.get("/login")
    browser.page = old
    page = browser.submit("form.drafted", title="Flat", text="It does not rise.")
    if now:
        assert page.status == 422 and f"You are {now} now" in page.text and "open for too long" not in page.text
        assert page.one("[name=text]").get_text(strip=True) == "It does not rise."
        browser.submit("form.drafted")
        assert now in browser.page.one("[data-post] .talker").get_text()
    else:
        assert "/login" in page.url and "Nora" not in page.text
