"""Accounts with a drawn name: one click, no password, so many names."""

import re
import threading
from datetime import timedelta

import pytest

from tests.accounts.conftest import PASSWORD, log_in, user_of
from tests.accounts.drawing import FORM, NAME, count, draw, name_of, post
from tests.browsing import Browser, copy_of
from webapp.accounts import drawn, throttle, users
from webapp.accounts.tables import COUNTED
from webapp.i18n import LANGUAGES, gettext
from webapp.useragent import UserAgent


def words_of(app, language: str) -> list[str]:
    """Return the words that a visitor with this language gets one of."""
    with app.test_request_context(headers={"Accept-Language": language}):
        return gettext(drawn.WORDS).split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_names(app, language):
    """Each language has thirty words at least, none twice, and any number makes a name of each, as it is kept."""
    words = words_of(app, language)
    assert language == "en" or words != words_of(app, "en")
    assert len(words) >= 30 and len(set(words)) == len(words)
    for word in words:
        for name in (f"{word}-1", f"{word}-999999"):
            assert users.name_problem(name) is None and users.key_of(name) == users.clean_name(name) == name


def test_short_names_come_first():
    """The first names to try have one digit, the last have six, and none is 0."""
    names = list(drawn.names(["rye"]))
    assert re.fullmatch("rye-[1-9]", names[0])
    assert [len(name) for name in names] == sorted(map(len, names)) or max(map(len, names)) == len("rye-999999")
    assert all(NAME.fullmatch(name) for name in names) and len(set(names)) > 20


@pytest.mark.parametrize("language", ["en", "de", "ar", "fr"])
def test_one_click_logs_in(app, language):
    """The name is of the visitor's language, English where there are no words; one goes on where one was going."""
    browser = draw(app, **{"Accept-Language": language})
    assert NAME.fullmatch(name_of(browser))[1] in words_of(app, language)
    assert browser.page.url.endswith("/social/")
    assert browser.page.before[-1].cookies_set.keys() >= {"crumb_session", "last_login"}
    assert not {"remember", "known"} & set(browser.cookies)
    browser.close()
    assert user_of(browser) is None


def test_the_name_is_said_for_a_minute(app, travel):
    """The pages of the first minute say it above all else, no later one does, nor that of another account."""
    browser = draw(app)
    name = name_of(browser)
    for path in ("/social/", "/forum/"):
        assert browser.get(path).one("[data-named] bdi").get_text() == name
    travel(minutes=1)
    assert not browser.get("/social/").select("[data-named]")


def test_it_can_be_remembered(app):
    """With “remember me” the name comes back after closing, and its cookies end with the account, not later."""
    browser = draw(app, remember=True)
    name, lines = name_of(browser), browser.page.before[-1].cookies_set
    for cookie in ("remember", "last_login"):
        assert "Max-Age=86400;" in lines[cookie]
    browser.close()
    assert user_of(browser) == name


def test_who_is_logged_in_stays_who_they_are(app, nora):
    """Neither the log-in page nor /join offers somebody another name, and a form of an older tab changes nothing."""
    for browser in (draw(app), draw(app, remember=True), log_in(Browser(app))):
        name = user_of(browser)
        for path in ("/login", "/join"):
            assert not browser.get(path).select(FORM)
        tab = Browser(app)
        once = tab.get("/login").one(f"{FORM} [name=once]")["value"]
        form = {"once": once, "remember": "y" if name == "Nora" else ""}
        page = browser.post("/login/drawn", {**form, "next": "/shop/"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert name_of(browser) == name and page.url.endswith("/shop/")
    with app.app_context():
        assert count() == 2


def test_a_second_tab_shares_the_name(app):
    """Of two tabs that are open the second stays with the name that the first was given."""
    first = Browser(app)
    first.get("/login")
    second = copy_of(first)
    second.agent = first.agent
    first.submit(FORM)
    second.submit(FORM)
    assert name_of(first) == name_of(second) != ""
    with app.app_context():
        assert count() == 1


def test_a_double_click_makes_one_account(app):
    """Of a form that is sent twice before its answer came, both answers are logged in to one account; later, to two."""
    for later, made in ((False, 1), (True, 3)):
        browser = Browser(app)
        browser.get("/login")
        tabs = [copy_of(browser) for _ in range(6)]
        threads = [threading.Thread(target=tab.submit, args=(FORM,)) for tab in tabs[: 1 if later else 6]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        names = {name_of(tab) for tab in tabs[: len(threads)]}
        assert len(names) == 1 and "" not in names
        with app.app_context():
            assert count() == made - later


@pytest.mark.parametrize("once", ["", "x" * 5000, "\x00é\u202e"])
def test_any_form_makes_an_account(app, once):
    """What stands in the form's token is not ours to trust: whatever it is, it only tells a form from another."""
    assert post(Browser(app), once=once).status == 303


def test_forms_without_a_token_are_not_one(app):
    """Two people whose forms lost the token get a name each."""
    names = set()
    for _ in range(2):
        browser = Browser(app)
        assert post(browser, once="").status == 303
        names.add(user_of(browser))
    assert len(names) == 2 and None not in names


def test_without_cookies_no_account_is_made(app):
    """Where the browser keeps none, the page says so, wherever it was to lead; nothing was made, however often."""
    browser = Browser(app)
    for _ in range(2):
        browser.get("/join")
        browser.agent = blocking = UserAgent()
        blocking.receive = lambda *args, **kwargs: None
        browser.page.one(f"{FORM} [name=next]")["value"] = "/account"
        page = browser.submit(FORM)
        assert page.status == 422 and page.select("[data-kept=none]") and page.select(FORM)
        assert page.one(f"{FORM} [name=next]")["value"] == "/account"
    with app.app_context():
        assert count() == 0


def test_the_first_cookie_may_be_the_name_s(app):
    """From a page that set nothing the same click leads to the page one wanted, and none speaks of cookies."""
    browser = Browser(app)
    browser.get("/join")
    browser.page.one(f"{FORM} [name=next]")["value"] = "/account"
    page = browser.submit(FORM)
    assert (name_of(browser), page.url, page.status) == (user_of(browser), f"{browser.home}/account", 200)
    assert [answer.status for answer in page.before] == [307, 303] and not page.select("[data-kept]")


def test_the_account_says_what_it_is(app):
    """Its page names the end and offers no name, no password and no closing; the list of devices opens."""
    browser = draw(app, remember=True)
    page = browser.get("/account")
    assert "The account goes when you log out, at the latest on" in page.text and "30 more days" not in page.text
    links = {tag["href"] for tag in page.select("main a")}
    assert links >= {"/account/devices", "/logout"}
    assert not links & {"/account/name", "/account/password", "/account/close"}
    until = re.search("at the latest on (.*?) \\(UTC\\)", page.text)[1]
    row = browser.get("/account/devices").one("[data-this-device] dl")
    assert " ".join(row.get_text(" ").split()).endswith(f"until {until}")


@pytest.mark.parametrize("path", ["/account/name", "/account/password", "/account/close"])
def test_no_password_can_be_asked_for(app, path):
    """What asks for the password says that there is none, also after coming back by the cookie; and refuses forms."""
    browser = draw(app, remember=True)
    assert "no password belongs to it" in browser.get(path).text
    browser.close()
    page = browser.get(path)
    assert "/account/confirm" in page.url and "no password belongs to it" in page.text and page.status == 200
    assert not page.select("main [type=password]")
    refused = browser.post("/account/confirm", {"password": ""})
    assert refused.status == 403 and user_of(browser)
    assert "/account/confirm" in browser.get("/account/devices").url


def test_nobody_logs_in_to_it_by_name(app):
    """Neither an empty password nor any other opens it, and its name is not to be registered."""
    name = name_of(draw(app))
    browser = Browser(app)
    for password in ("", "-", "no password"):
        log_in(browser, name, password)
        assert user_of(browser) is None
    browser.get("/register")
    page = browser.submit("main form.card", username=name, password=PASSWORD, confirm=PASSWORD)
    assert page.status == 422 and "Somebody has this name already" in page.text


def test_taken_names_are_not_drawn(app, monkeypatch):
    """A name that somebody has is passed over, however it was typed."""
    with app.app_context():
        for number in range(1, 10):
            users.register(f"RYE-{number}", PASSWORD)
    monkeypatch.setattr(drawn, "WORDS", "rye")
    assert int(name_of(draw(app)).removeprefix("rye-")) > 9


def test_a_class_fits_and_fits_again(app, monkeypatch):
    """Sixty behind one address get sixty names, and again when they have deleted their cookies."""
    for _ in range(2):
        names = set()
        for _ in range(60):
            browser = Browser(app)
            assert post(browser).status == 303
            names.add(user_of(browser))
        assert len(names) == 60
    with app.app_context():
        assert count() == 120


def test_a_network_has_so_many(app, monkeypatch, travel):
    """At the bound the log-in page comes back and says when there is room; a log-out makes room, others are let in."""
    monkeypatch.setattr(throttle, "DRAWN_PER_ADDRESS", 3)
    browsers = [Browser(app) for _ in range(3)]
    assert [post(browser).status for browser in browsers] == [303] * 3
    page = post(Browser(app), next="/forum/")
    assert page.status == 429 and 86_000 < int(page.headers["Retry-After"]) <= 86_400
    assert "Too many accounts were made from your network today. Please try again in 24 hours." in page.text
    assert page.one("#log-in [name=next]")["value"] == page.one(f"{FORM} [name=next]")["value"] == "/forum/"
    assert post(Browser(app), "192.0.2.7").status == 303
    browsers[0].get("/logout")
    browsers[0].submit("main form")
    assert post(Browser(app)).status == 303
    assert post(Browser(app)).status == 429
    travel(days=1, seconds=1)
    assert post(Browser(app)).status == 303


def test_there_are_so_many_in_all(app, monkeypatch, travel):
    """However many networks ask, the database holds so many; then a sentence says so, until the oldest goes."""
    monkeypatch.setattr(drawn, "MOST", 2)
    for number in (1, 2):
        assert post(Browser(app), f"192.0.2.{number}").status == 303
    page = post(Browser(app), "192.0.2.3")
    assert page.status == 503 and 86_000 < int(page.headers["Retry-After"]) <= 86_400
    assert "All accounts for a day are taken" in page.text
    travel(days=1, seconds=1)
    assert post(Browser(app), "192.0.2.3").status == 303


def test_new_and_wrong_are_counted_apart(app, nora, monkeypatch):
    """Who may make no more of them may still log in and register."""
    monkeypatch.setattr(throttle, "DRAWN_PER_ADDRESS", 1)
    assert [post(Browser(app)).status for _ in range(2)] == [303, 429]
    assert user_of(log_in(Browser(app))) == "Nora"
    browser = Browser(app)
    browser.get("/register")
    browser.submit("main form.card", username="Paul", password=PASSWORD, confirm=PASSWORD)
    assert user_of(browser) == "Paul"


def test_where_registration_is_closed_so_is_this(make_app):
    """The button is on no page then, and its form is refused with a sentence."""
    app = make_app(REGISTRATION=False, DEMO_CONTENT=False)
    browser = Browser(app)
    for path in ("/login", "/join"):
        assert not browser.get(path).select(FORM)
    page = browser.post("/login/drawn", headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status == 403 and "No new accounts at the moment" in page.text


def test_a_reload_of_the_answer_leads_to_the_page(app):
    """Whoever opens the form's address by hand comes to the log-in page, with the way on kept."""
    assert Browser(app).get("/login/drawn?next=/shop/").url.endswith("/login?next=/shop/")


def test_the_operator_sees_which_they_are(app):
    """`flask users list` marks them."""
    name = name_of(draw(app))
    assert re.search(rf"{name} .* 1 devices  for a day", app.test_cli_runner().invoke(args=["users", "list"]).output)


def test_the_first_page_sets_nothing(app):
    """/join offers a name and sets no cookie by that."""
    page = Browser(app).get("/join")
    assert page.select(FORM) and not page.cookies_set
    assert timedelta(days=1) == COUNTED.info["bound"].lasts  # what counts a network's accounts lasts as long as they do
