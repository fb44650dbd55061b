"""The dock shows what crossed the wire, and nothing that can be replayed."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from tests.browsing import Browser
from webapp import clock
from webapp.database import engines, reading
from webapp.i18n import LANGUAGES
from webapp.wire.record import store
from webapp.wire.record.masking import MASK
from webapp.wire.show import explain


def choose_dark(browser: Browser):
    """After a page that begins a session choose the dark theme."""
    browser.get("/login?next=/shop/")
    data = {"theme": "dark", "language": "", "dock": "y", "next": "/shop/"}
    return browser.post("/preferences", data, headers={"Sec-Fetch-Site": "same-origin"})


def test_nothing_sent_nothing_set(browser):
    """The first page of a new visitor says that no cookie crossed the wire."""
    page = browser.get("/")
    told = page.one("[data-wire] [data-exchange='GET /']").get_text()
    assert "brought no cookie" in told and "and no cookie" in told
    assert page.select("[data-sent], [data-set]") == []


def test_the_hidden_redirect_is_shown(browser):
    """After a form the dock shows the POST that set the cookie, then the page's own request that sent it."""
    page = choose_dark(browser)
    exchanges = page.select("[data-wire] [data-exchange]")
    assert [tag["data-exchange"] for tag in exchanges] == ["POST /preferences", "GET /shop/"]
    assert exchanges[0].select("[data-set=theme]")
    assert exchanges[1].select("[data-sent=theme]")
    assert not exchanges[1].select("[data-set=theme]")


def test_the_hidden_redirect_is_known_by_its_address(browser):
    """It led here, the query included and `#fragment` or escapes or not; one that led elsewhere did not."""
    browser.get("/preferences?next=/shop/search?q%3Drye%26x%3D1%23main")
    page = browser.submit("main form", theme="dark")
    assert page.before[0].headers["Location"].endswith("#main")
    shown = ["POST /preferences", "GET /shop/search?cookies=set&q=rye&x=1"]
    assert [tag["data-exchange"] for tag in page.select("[data-wire] [data-exchange]")] == shown
    browser.get("/preferences?next=/shop/search?q=%25C3%25A4")
    page = browser.submit("main form", theme="light")
    shown = ["POST /preferences", "GET /shop/search?q=%C3%A4"]
    assert [tag["data-exchange"] for tag in page.select("[data-wire] [data-exchange]")] == shown
    browser.get("/preferences?next=/shop/")
    browser.submit("main form", theme="dark", follow=False)
    page = browser.get("/shop/search?q=rye")
    assert [tag["data-exchange"] for tag in page.select("[data-wire] [data-exchange]")] == ["GET /shop/search?q=rye"]


def test_the_icon_comes_between_nothing(browser):
    """The icon, which browsers ask for at odd moments, is not recorded: the hidden redirect stands before its page."""
    browser.get("/preferences?next=/shop/")
    browser.submit("main form", theme="dark", follow=False)
    browser.request("GET", "/favicon.ico", follow=False)
    page = browser.get("/shop/?cookies=set")
    assert [tag["data-exchange"] for tag in page.select("[data-wire] [data-exchange]")] == [
        "POST /preferences",
        "GET /shop/?cookies=set",
    ]
    assert not [tag for tag in browser.get("/wire").select("main [data-exchange]") if "favicon" in tag["data-exchange"]]


@pytest.mark.parametrize(
    ("headers", "cross_site", "top_level"),
    [
        ({}, False, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}, False, True),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "document"}, False, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, True, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}, True, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}, False, False),
    ],
)
def test_what_the_browser_says_of_a_request_is_recorded(browser, headers, cross_site, top_level):
    """Sec-Fetch-Site tells whether another site caused it, Sec-Fetch-Dest whether it fills the window."""
    choose_dark(browser)
    browser.get("/shop/", headers=headers)
    with browser.app.app_context():
        (latest,) = store.latest(store.visitor_of(browser.cookies["wire"]), 1)
    assert (latest.path, latest.cross_site, latest.top_level) == ("/shop/", cross_site, top_level)


def test_every_line_is_there_as_it_was_sent(browser):
    """Every Set-Cookie line of the response stands in the dock, attributes included, credentials masked."""
    page = browser.get("/login")
    shown = [tag.get_text() for tag in page.select("[data-set] [data-whole]")]
    assert len(shown) == len(page.set_cookie) == 2
    for line, text in zip(sorted(page.set_cookie), sorted(shown), strict=True):  # the dock's own stands last
        pair, _, attributes = line.partition("; ")
        name, _, value = pair.partition("=")
        assert text == f"Set-Cookie: {name}={value.rpartition('.')[0]}{'.' * ('.' in value)}{MASK}; {attributes}"


def test_the_call_site_is_the_line_that_asked(browser):
    """The line named beside a cookie is the one in our code that set it, also where a library wrote the header."""
    page = choose_dark(browser)
    site = page.one("[data-set=theme] .asked code").get_text()
    file, line = site.split()[0].split(":")
    with open(file, encoding="utf-8") as source:
        assert "cookie.set(value)" in source.read().splitlines()[int(line) - 1]
    marked = page.one("[data-set=theme] .source .hll").get_text()
    assert "cookie.set(value)" in marked
    page = browser.get("/login", headers={"Cookie": ""})
    session = page.one("[data-set=crumb_session] .asked code").get_text()
    assert session.startswith("webapp/accounts/views.py:")


def test_each_attribute_explains_itself(browser):
    """Beside every attribute stands a sentence."""
    page = choose_dark(browser)
    terms = page.select("[data-set=theme] dl dt")
    assert [term.get_text().partition("=")[0] for term in terms] == [
        "Expires",
        "Max-Age",
        "HttpOnly",
        "Path",
        "SameSite",
    ]
    assert all(term.find_next_sibling("dd").get_text(strip=True) for term in terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_attribute_is_not_explained(app, language):
    """An attribute that nobody knows, and an odd value of one, have no sentence, in whatever language."""
    with app.test_request_context(headers={"Accept-Language": language}):
        assert explain.attribute("Path", "/")
        assert explain.attribute("Crunchy", "") == explain.attribute("SameSite", "odd") == ""


def test_a_deleted_cookie(browser):
    """A deletion is shown as one."""
    for language in ("de", ""):
        browser.get("/preferences")
        page = browser.submit("main form", language=language)
    assert page.one("[data-deleted=language]")
    assert page.select("[data-set=language]") == []


def test_credentials_are_masked_everywhere(browser):
    """Neither the page nor the record holds a signature or token that could be replayed."""
    choose_dark(browser)
    secrets = [browser.cookies["wire"], browser.cookies["crumb_session"].rpartition(".")[2]]
    page = browser.get("/preferences")
    with browser.app.app_context():
        recorded = str(store.latest(store.visitor_of(browser.cookies["wire"]), 50))
    for secret in secrets:
        assert secret not in page.body.decode()
        assert secret not in recorded


def test_the_session_is_decoded_beside_its_line(browser):
    """Signed is not encrypted: what the session says is shown."""
    choose_dark(browser)
    assert (
        "csrf_token" in browser.get("/login", headers={"Cookie": ""}).one("[data-set=crumb_session] summary").get_text()
    )
    assert "csrf_token" in browser.get("/jar").one("[data-cookie=crumb_session] [data-says]").get_text()


def test_off_by_preference(browser):
    """Without the dock nothing is shown and nothing recorded."""
    browser.get("/login")
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    with browser.app.app_context():
        before = len(store.latest(store.visitor_of(browser.cookies["wire"]), 50))
        page = browser.get("/shop/")
        assert page.select("[data-wire]") == []
        assert b"<!--dock-->" not in page.body
        assert len(store.latest(store.visitor_of(browser.cookies["wire"]), 50)) == before


def test_what_others_write_is_escaped(browser):
    """A cookie's name, its value and the path are shown as text."""
    hostile = "<script>alert(1)</script>"
    page = browser.get(f"/{hostile}", headers={"Cookie": f"{hostile}={hostile}; theme={hostile}"})
    assert page.status == 404
    assert BeautifulSoup(page.body, "html.parser").select("script:not([data-held])") == []
    assert {tag["data-sent"] for tag in page.select("[data-sent]")} == {hostile, "theme"}


def test_a_visitor_cannot_write_into_another_place_of_the_page(browser):
    """The text that marks the dock's place works once, whoever else writes it."""
    page = browser.get("/shop/search?q=<!--dock-->")
    assert len(page.select("[data-wire]")) == 1


def test_the_record_is_bounded(app, browser, monkeypatch):
    """Fifty exchanges a visitor are kept, and a few more until somebody looks, for an hour; no more are ever shown."""
    choose_dark(browser)
    visitor = store.visitor_of(browser.cookies["wire"])
    for _ in range(store.KEPT + 2 * store.PRUNES_EVERY):
        browser.get("/shop/search")
        with app.app_context():
            rows = reading().scalar(select(func.count()).select_from(store.EXCHANGES))
            assert rows <= store.KEPT + store.PRUNES_EVERY
    with app.app_context():
        assert rows >= store.KEPT == len(store.latest(visitor, 500)) == len(store.kept(visitor, clock.now()))
        assert store.latest(visitor, 1)[0] is store.latest(visitor, 1)[0], "read anew, and it never changes"
        with monkeypatch.context() as shorter:
            shorter.setattr(store, "_SHORT", 10)
            assert store.latest(visitor, 1)[0] is not store.latest(visitor, 1)[0], "what is longer is in no memory"
        store.record("another", store.latest(visitor, 1)[0])
        store.forget(visitor)
        assert store._remembered.cache_info().currsize == 0, "what is forgotten is in no memory either"
        assert (len(store.latest(visitor, 500)), len(store.latest("another", 500))) == (0, 1)
    later = clock.now() + store.KEPT_FOR + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    browser.get("/shop/search")
    with app.app_context():
        assert len(store.latest(visitor, 500)) == 1


def test_the_page_survives_the_record(request, app, browser):
    """When the database is gone, pages still come; only the hidden redirect can't be shown."""
    choose_dark(browser)
    engine, table = engines(app).to_write, store.EXCHANGES
    table.drop(engine)
    request.addfinalizer(lambda: table.create(engine))  # PostgreSQL's database is used again
    page = browser.get("/shop/")
    assert page.status == 200
    assert [tag["data-exchange"] for tag in page.select("[data-exchange]")] == ["GET /shop/"]


def test_one_click_hides_it_and_another_shows_it(browser):
    """The button at its head leads back to the same page without it, where a button brings it back."""
    form = browser.get("/shop/?category=bread").one(".dock-head form")
    page = browser.post(
        form["action"], {tag["name"]: tag["value"] for tag in form.select("[name]")}, initiator=browser.page.url
    )
    assert page.url.replace("cookies=set&", "").endswith("/shop/?category=bread")
    assert not page.select("[data-wire]") and page.one("html").select(".dock-hidden")
    page = browser.submit(".dock-hidden", button="show")
    assert page.url.endswith("/shop/?category=bread")
    assert page.one("[data-wire]") and not page.select(".dock-hidden")


def test_a_lesson_keeps_it(browser):
    """A lesson needs the dock: there is no button that would hide it."""
    browser.get("/learn/first/1")
    browser.submit('main form[action$="/first/1"]')
    assert browser.page.one("[data-wire]") and not browser.page.select(".dock-head form, .dock-hidden")
