"""Theme, language, dock and presenter mode, before any log-in."""

import re
from pathlib import Path

import pytest

from tests.browsing import Browser
from webapp.i18n import LANGUAGES
from webapp.preferences import THEME

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("theme", THEME.codec.options[1:])
def test_a_theme_is_on_the_page_at_once(browser, theme):
    """The server writes the theme into the page, so the first paint is right, also after the browser was closed."""
    browser.get("/preferences?next=/shop/")
    page = browser.submit("main form", theme=theme)
    assert page.url.endswith("/shop/?cookies=set")
    browser.close()
    assert browser.get("/").html["data-theme"] == theme


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_kept(browser, language):
    """The chosen language outlives the browser's session and beats Accept-Language."""
    browser.get("/preferences")
    browser.submit("main form", language=language)
    browser.close()
    html = browser.get("/", headers={"Accept-Language": "en" if language == "de" else "de"}).html
    assert html["lang"] == language
    assert html["dir"] == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9", "de"),
        ("xx,ar;q=0.5", "ar"),
        ("xx", "en"),
        ("*", "en"),
        ("de;q=0", "en"),
        (";;,", "en"),
    ],
)
def test_the_browser_s_language_is_the_default(browser, accept, language):
    """Without a choice we follow what the browser asks for."""
    page = browser.get("/", headers={"Accept-Language": accept})
    assert page.html["lang"] == language
    assert "Accept-Language" in page.headers["Vary"]
    assert "Cookie" in page.headers["Vary"]


def test_only_what_changed_is_written(browser):
    """One choice is one header line."""
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    assert set(browser.page.before[0].cookies_set) - {"wire"} == {"theme"}
    assert browser.page.before[0].cookies_set["theme"].endswith("Max-Age=34560000; HttpOnly; Path=/; SameSite=Lax")


def test_back_to_the_browser_s_language(browser):
    """Giving the choice back deletes its cookie."""
    browser.get("/preferences")
    browser.submit("main form", language="de")
    browser.get("/preferences")
    page = browser.submit("main form", language="")
    assert "language" not in browser.cookies
    assert page.html["lang"] == "en"


def test_back_to_where_one_was(browser):
    """The form returns to the page that led to it."""
    page = browser.get("/shop/search?q=rye&x=%26&cookies=set")
    link = next(tag["href"] for tag in page.select("header a") if tag["href"].startswith("/preferences"))
    browser.get(link)
    assert browser.submit("main form", theme="dark").url.endswith("/shop/search?cookies=set&q=rye&x=%26")


def test_an_unknown_choice_is_explained(browser):
    """A value that the form never offered is an error on the form, and nothing is set."""
    browser.get("/preferences")
    page = browser.submit("main form", theme="purple")
    assert page.status == 422
    assert page.select(".problems")
    assert "theme" not in browser.cookies


def test_an_expired_form_keeps_the_choice(browser):
    """A form whose token no longer counts comes back as it was filled in, and works with one more click."""
    browser.silent = True
    browser.get("/preferences")
    browser.submit("main form", theme="biscuit")
    browser.agent = type(browser.agent)()
    browser.agent.receive(browser.home, "theme=light", now=__import__("webapp.clock").clock.now())
    page = browser.submit("main form")
    assert page.status == 422 and "open for too long" in page.text
    assert page.one("input[name=theme]")["value"] == "biscuit"
    assert browser.submit("main form").html["data-theme"] == "biscuit"


def test_cookies_blocked(app):
    """A browser that keeps no cookies is told so where a token is needed, and is not sent in circles."""
    browser = Browser(app, silent=True)
    browser.agent.receive = lambda *args, **options: None
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    page = browser.submit("main form")
    assert page.status == 422
    assert "allow cookies" in page.text
    browser.silent = False
    page = browser.submit("main form")
    assert [answer.status for answer in page.before] == [303]
    assert page.html["data-theme"] == "auto"


def test_every_theme_has_its_colours():
    """Each theme but the device's own has a block of tokens, and each block is a theme."""
    tokens = (ROOT / "static/css/tokens.css").read_text("utf-8")
    assert set(re.findall(r'\[data-theme="(\w+)"\]', tokens)) == set(THEME.codec.options) - {"auto"}


def test_the_page_after_the_form_says_what_is_kept(browser):
    """A browser tells from which page it came: there stand the preferences that came, and nowhere else."""
    came = {"Referer": f"{browser.home}/preferences?next=/shop/"}
    browser.get("/preferences?next=/shop/")
    browser.submit("main form", theme="dark", language="de")
    kept = browser.get("/shop/", headers=came).one(".kept")
    assert kept["data-preferences"] == "theme language" and "theme=dark" in kept.get_text()
    for referer in (f"{browser.home}/shop/", "https://elsewhere.example/preferences", "http://[", ""):
        assert not browser.get("/shop/", headers={"Referer": referer}).select(".kept")
    browser.get("/preferences")
    browser.submit("main form", theme="auto", language="")
    assert browser.get("/shop/", headers=came).one(".kept")["data-preferences"] == "theme"
    refusing = browser.get("/shop/", headers={**came, "Cookie": "theme=another-app"})
    assert not refusing.select(".kept")


@pytest.mark.parametrize("sent", [{}, {"dock": "zz"}, {"dock": ""}])
def test_a_button_that_says_nothing_known_changes_nothing(browser, sent):
    """What no button of the page says is refused, and the dock stays as it is."""
    page = browser.post("/preferences/dock", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status == 400 and "dock" not in browser.cookies
