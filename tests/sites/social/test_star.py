"""Close the browser without logging out and come back: known, and by which cookie; or not, and why."""

from tests.browsing import Browser
from webapp.accounts import users
from webapp.i18n import N_, moment


def test_who_comes_back_is_greeted(enter):
    """The remember-me cookie brought somebody back: the name, the cookie, its end, and what still asks the password."""
    browser = enter("Nora", remember=True)
    browser.close()
    page = browser.get("/social/")
    box = page.one("[data-brought-back]")
    assert box["data-brought-back"] == "remember" and box.code.get_text() == "remember"
    assert box.h2.get_text() == "Welcome back, Nora"
    cookie = next(cookie for cookie in browser.agent.cookies if cookie.name == "remember")
    with browser.app.test_request_context():
        assert moment(cookie.expires).rpartition(":")[0] in box.get_text()
    assert box.select_one("a")["href"] == "/account"
    assert browser.get("/account/devices").url.partition("?")[0].endswith("/account/confirm")


def test_it_stays_so_for_the_visit(enter):
    """The next page is told by the session, and still says how the visit began; a typed password ends it."""
    browser = enter("Nora", remember=True)
    browser.close()
    browser.get("/social/")
    assert browser.get("/social/").select("[data-brought-back]")
    browser.get("/account/confirm?next=/social/")
    page = browser.submit("main form", password="three brown loaves")
    assert page.url.endswith("/social/") and not page.select("[data-brought-back]")


def test_who_has_just_logged_in_is_told_what_to_try(enter):
    """With a tick the cookie is named; without, the page says that closing the browser ends it."""
    assert enter("Nora", remember=True).page.one(".star code").get_text() == "remember"
    page = enter("Olaf").page
    assert page.select(".star code") == [] and "You did not tick" in page.one(".star").get_text()


def test_without_a_tick_nobody_is_known(enter):
    """The session went with the browser: the page invites like a stranger's."""
    browser = enter("Nora")
    browser.close()
    page = browser.get("/social/")
    assert not page.select("[data-brought-back]") and page.select(".star a.button")


def test_why_somebody_is_not_known(app, browser, monkeypatch):
    """Where accounts know the reason, the page tells it."""
    monkeypatch.setattr(app.login_manager.anonymous_user, "why_unknown", N_("Your log-in has ended."))
    assert browser.get("/social/").one("[data-why-unknown]").get_text() == "Your log-in has ended."
    monkeypatch.setattr(app.login_manager.anonymous_user, "why_unknown", None)
    assert browser.get("/social/").select("[data-why-unknown]") == []


def test_the_reason_of_a_real_visit(enter):
    """Logged in without a tick, then closed: at the return the page says why nobody is known."""
    browser = enter("Nora")
    browser.agree()
    browser.get("/login")
    browser.submit("#log-in", username="Nora", password="three brown loaves")
    browser.close()
    assert browser.get("/social/").select("[data-why-unknown]")


def test_under_https_the_name_is_the_one_on_the_wire(make_app):
    """With the name prefix, the page shows the prefix too."""
    app = make_app(
        DEMO_ACCOUNTS=False,
        DEMO_CONTENT=False,
        URL="https://crumb.example",
        SECRET_KEY="k3Jx9vQ2mZ7pL5tR8wY1bN6cD4fG0hSa",
    )
    with app.app_context():
        users.register("Nora", "three brown loaves")
    browser = Browser(app, url="https://crumb.example")
    browser.get("/login")
    browser.submit("#log-in", username="Nora", password="three brown loaves", remember=True)
    browser.close()
    assert browser.get("/social/").one("[data-brought-back] code").get_text() == "__Host-remember"
