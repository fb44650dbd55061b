"""Other programs of this host: cookies ignore ports, so theirs come here, and ours go there."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.browsing import Browser
from tests.examples import KEY, addresses
from webapp import clock
from webapp.accounts.tables import USERS
from webapp.cookies import Category
from webapp.database import reading

HAZE = "purple|haze"  # no codec of ours writes a bar


@pytest.fixture
def app(make_app) -> Flask:
    """A site with demo accounts."""
    return make_app(DEMO_CONTENT=False)


@pytest.fixture(scope="module")
def theirs() -> str:
    """The session of another Flask app, as its browser holds it."""
    app = Flask("theirs")
    app.secret_key = "another key of another app, long enough"
    return app.session_interface.get_signing_serializer(app).dumps({"_user_id": "1"})


def held(browser: Browser) -> dict[str, str]:
    """Return the Cookie header of what the browser holds."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


def give(browser: Browser, line: str) -> None:
    """Let another program of the same host set a cookie."""
    browser.agent.receive(browser.home, line, now=clock.now(), method="GET")


@pytest.mark.parametrize("agreed", [False, True], ids=["nothing allowed", "all allowed"])
def test_looking_around_leaves_every_stranger_s_cookie_alone(app, agreed):
    """No page that one only looks at deletes or replaces a cookie of a name of ours that we never wrote."""
    browser = Browser(app)
    browser.agree(*([] if agreed else [Category.PREFERENCES]))
    declared = app.extensions["cookies"].registry
    names = {cookie.name for cookie in declared if not cookie.many and cookie.name != "consent"}
    assert {"theme", "language", "seen", "lesson", "remember", "wire", "known", "session"} <= names
    sent = {"Cookie": "; ".join([f"consent={browser.cookies['consent']}", *(f"{name}={HAZE}" for name in names)])}
    for path in addresses(app, "GET"):
        page = Browser(app).get(path, headers=sent, follow=False)
        assert page.status < 500
        assert names & set(page.cookies_set) == set(), path


@pytest.mark.parametrize("name", ["consent", "theme", "remember"])
def test_a_visitor_s_own_act_takes_the_name(app, name):
    """Who chooses, or logs in to be remembered, needs the name: then ours is written over the other one."""
    browser = Browser(app)
    give(browser, f"{name}={HAZE}; Path=/")
    page = browser.get("/consent" if name == "consent" else "/preferences" if name == "theme" else "/login")
    assert browser.cookies[name] == HAZE
    if name == "consent":
        browser.submit("main form", button="all")
    elif name == "theme":
        assert page.html["data-theme"] == "auto"
        browser.submit("main form", theme="dark")
    else:
        browser.submit('form[data-demo="mira"]', button="y")
        assert browser.page.html["data-user"]
    assert browser.cookies[name] not in ("", HAZE)


def test_the_dock_says_whose_it_is_and_what_waits(app):
    """A stranger's cookie is named as one, with the reason; what it keeps from being written is withheld, and said."""
    browser = Browser(app)
    browser.agree()
    give(browser, f"seen={HAZE}; Path=/")
    page = browser.get("/shop/")
    line = page.one("[data-wire] [data-sent=seen]")
    assert "not ours" in line.get_text() and "Cookies ignore ports" in line.get_text()
    assert "not ours" not in page.one("[data-wire] [data-sent=consent]").get_text()
    withheld = page.one("[data-wire] [data-withheld=seen]").get_text()
    assert "Another program's cookie has this name" in withheld
    assert "Another program's" not in page.one("[data-wire]").get_text().replace(withheld, "")


def test_the_jar_says_whose_it_is_and_deletes_it_when_asked(app):
    """In the jar a stranger's cookie is named as one, what is ours is not; its button makes room for ours."""
    browser = Browser(app)
    browser.agree()
    give(browser, f"seen={HAZE}; Path=/")
    page = browser.get("/jar")
    assert "not ours" in page.one("[data-cookie=seen] [data-strange]").get_text()
    assert "Not Crumb's" in page.one("[data-cookie=seen] summary").get_text()
    assert "400 days" not in page.one("[data-cookie=seen]").get_text()
    assert browser.get("/jar/export/json").body.count(b'"sameSite"') == len(browser.cookies) - 1
    assert page.select("[data-cookie=consent]") and not page.select("[data-cookie=consent] [data-strange]")
    browser.get("/jar/cookie?name=seen")
    browser.submit("#delete")
    assert browser.cookies["seen"] != HAZE


def test_the_first_page_counts_them_as_strangers(app):
    """Who brings only other programs' cookies is somebody new."""
    page = Browser(app).get("/", headers={"Cookie": f"theme={HAZE}; language={HAZE}"})
    assert "2 cookies that are not ours" in page.text and not page.select("[data-clue]")


def test_another_flask_app_keeps_its_session(app, theirs):
    """A form's token comes in a session of ours; that of another Flask app, called as Flask calls it, stays."""
    browser = Browser(app)
    give(browser, f"session={theirs}; Path=/")
    page = browser.get("/login")
    assert set(page.cookies_set) == {"crumb_session", "wire"}
    assert "not ours" in page.one("[data-wire] [data-sent=session]").get_text()
    assert theirs.rpartition(".")[2] not in page.body.decode()
    browser.submit('form[data-demo="mira"]')
    browser.get("/logout")
    browser.submit("main form")
    assert browser.cookies["session"] == theirs and "crumb_session" not in browser.cookies


def former(browser: Browser) -> str:
    """Let the browser hold its session under the name that it had before, and return the value."""
    value = browser.cookies["crumb_session"]
    give(browser, "crumb_session=; Path=/; Max-Age=0")
    give(browser, f"session={value}; Path=/; HttpOnly; SameSite=Lax")
    return value


def test_a_session_of_the_former_name_goes_on(app):
    """Who is logged in by `session` stays so; the next change moves the session, and then the log-out ends it."""
    browser = Browser(app)
    browser.get("/login")
    browser.submit('form[data-demo="mira"]')
    value = former(browser)
    page = browser.get("/account")
    assert page.html["data-user"] and "crumb_session" not in browser.cookies
    assert "The cookie named session told us." in page.text
    assert "not ours" not in browser.get("/").one("[data-wire] [data-sent=session]").get_text()
    row = browser.get("/jar").one("[data-cookie=session]")
    assert "Accounts" in row.get_text() and not row.select("[data-strange]")
    browser.get("/logout")
    assert "crumb_session" in browser.cookies and "session" not in browser.cookies
    browser.submit("main form")
    assert "crumb_session" not in browser.cookies
    assert "data-user" not in Browser(app).get("/", headers={"Cookie": f"session={value}"}).html


def test_the_former_name_counts_only_with_our_signature_and_on_plain_http(app, make_app, theirs):
    """A session that another app signed is nobody's here, that of today's name goes first, and https reads neither."""
    browser = Browser(app)
    browser.get("/login")
    browser.submit('form[data-demo="mira"]')
    ours = browser.cookies["crumb_session"]
    asked = Browser(app).get
    assert "data-user" in asked("/", headers={"Cookie": f"session={ours}"}).html
    for header in (f"session={theirs}", f"session={ours}; crumb_session={theirs}", f"session={ours[:-1]}"):
        assert "data-user" not in asked("/", headers={"Cookie": header}).html, header
    secure = make_app(URL="https://localhost:8000", SECRET_KEY=app.config["SECRET_KEY"], DEMO_ACCOUNTS=True)
    for name, known in {"session": False, "crumb_session": False, "__Host-session": True}.items():
        page = Browser(secure, "https://localhost:8000").get("/", headers={"Cookie": f"{name}={ours}"})
        assert ("data-user" in page.html) == known, name


def test_texts_name_the_session_as_the_wire_does(app, make_app):
    """Lessons and the account's page take the name from the declaration, and it belongs to the accounts."""
    for url, name in {"http://localhost:8000": "crumb_session", "https://localhost:8000": "__Host-session"}.items():
        secure = url.startswith("https")
        site = make_app(URL=url, SECRET_KEY=KEY, DEMO_ACCOUNTS=True) if secure else app
        browser = Browser(site, url)
        codes = {code.get_text() for code in browser.get("/teach/return").select("main code")}
        assert name in codes and not {"session", "%(session)s"} & codes
        browser.get("/login")
        browser.submit('form[data-demo="mira"]')
        assert f"The cookie named {name} told us" in browser.get("/account").text
        assert "Accounts" in browser.get("/jar").one(f"[data-cookie={name}]").get_text()


def test_they_prove_nothing_to_a_browser_that_keeps_none_of_ours(app):
    """Where ours never come back, other programs' cookies don't hide it: the forms say so, and make no account.

    One that has a name and a value of ours can't be told from it, but for the session, which no one else calls so.
    """
    sent = {"Cookie": f"their=1; theme={HAZE}", "Sec-Fetch-Site": "same-origin"}
    browser = Browser(app, **sent)
    assert browser.get("/").select('header nav a[href^="/setcookie"]')
    chosen = browser.post("/consent", {"choice": "all", "next": "/shop/"})
    assert chosen.url.endswith("cookies=set") and chosen.select("[data-kept=none]")
    assert "sent no cookie" in browser.post("/login", {"username": "Nora", "password": "three warm loaves"}).text
    for cookie in (sent["Cookie"], "theme=dark; language=de", "crumb_session=forged"):
        page = Browser(app, **{**sent, "Cookie": cookie}).post("/login/drawn", {"once": cookie})
        assert (page.status, len(page.select("[data-kept=none]"))) == (422, 1)
    with app.app_context():
        assert reading().scalar(select(func.count()).where(USERS.c.drawn.is_not(None))) == 0


def test_who_keeps_ours_is_believed_beside_them(app):
    """With one of ours among them the forms speak of nothing that was lost."""
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.agree()
    give(browser, f"their={HAZE}; Path=/")
    page = browser.post("/preferences", {"theme": "dark"})
    assert "cookies=set" not in page.url and not page.select("[data-kept]")
    assert not page.select('header nav a[href^="/setcookie"]')
    assert browser.post("/login/drawn", {"once": "x"}).html["data-user"]
