"""The first page: who the visitor is to us, and by which cookie."""

import struct
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest

from tests.browsing import Browser
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.home.known import clues
from webapp.house import Recent
from webapp.preferences import THEME
from webapp.security import SESSION
from webapp.sites import sites


def test_first_visit_sends_nothing_and_sets_nothing(browser):
    """A first visit sets no cookie, has no form, and says so."""
    page = browser.get("/")
    assert page.status == 200
    assert page.set_cookie == []
    assert "Your browser sent us nothing" in page.text and "set nothing" in page.text
    assert page.select("main form") == [] and page.select("[data-clue]") == []
    assert page.one("main a.action")["href"] == "/setcookie"


def test_every_site_is_there_with_its_description(browser, app):
    """The sites are those that were found, whichever they are."""
    page = browser.get("/")
    links = {link["href"] for link in page.select(".places a")}
    with app.test_request_context():
        assert links == {app.url_for(site.places[0].endpoint) for site in sites(app)}
    for site in sites(app):
        assert site.card in page.text


def test_a_chosen_theme_is_named_with_its_value_and_purpose(browser):
    """After a choice of colours, the page names the cookie that told us."""
    browser.get("/preferences")
    page = browser.submit(theme="dark")
    assert page.url.endswith("/?cookies=set") and page.one("h1").get_text() == "See your own cookies"
    clue = page.one('[data-clue="theme"]')
    assert clue.code.get_text() == "theme=dark" and THEME.purpose in clue.get_text()
    assert browser.get("/").set_cookie == []


def test_credentials_are_named_but_never_shown(browser):
    """The value of the session cookie does not stand on the page."""
    browser.get("/login")
    page = browser.get("/")
    assert page.one('[data-clue="session"] code').get_text() == "crumb_session"
    assert browser.cookies["crumb_session"].encode() not in page.body


@pytest.mark.parametrize("cookie", ["theme=<script>alert(1)</script>", "theme=", "=x", "a=1; a=2", ";;;", "\xff=\xfe"])
def test_hostile_cookies_are_shown_as_text(browser, cookie):
    """Whatever a browser sends, the page answers and escapes it."""
    page = browser.get("/", headers={"Cookie": cookie})
    assert page.status == 200 and page.select("main script") == []


def test_a_log_in_is_told_by_the_cookie_that_did_it(make_app):
    """Logged in by `crumb_session` one is new here; after the browser closed, by `remember`, one returns."""
    browser = Browser(make_app())
    name, password = next(iter(DEMO_ACCOUNTS.items()))
    browser.get("/login")
    browser.submit("#log-in", username=name, password=password, remember=True)
    page = browser.get("/")
    assert page.one("h1").get_text() == f"Hello, {name}"
    assert page.one("[data-known-by]")["data-known-by"] == "crumb_session"
    browser.close()
    page = browser.get("/")
    assert page.one("[data-known-by]")["data-known-by"] == "remember" and "You closed your browser" in page.text
    assert page.one("h1").get_text() == f"Welcome back, {name}"
    assert browser.get("/").one("[data-known-by]")["data-known-by"] == "crumb_session"


def test_a_session_that_does_not_count_is_no_closed_browser(make_app):
    """In a trial that spoils the session, and in truth, `remember` steps in: the page says just that."""
    browser = Browser(make_app())
    name, password = next(iter(DEMO_ACCOUNTS.items()))
    browser.get("/login")
    browser.submit("#log-in", username=name, password=password, remember=True)
    tried = browser.get("/jar/try?name=crumb_session&how=flip&page=/")
    assert "when one bit of crumb_session is flipped" in " ".join(tried.one("[data-trial]").get_text().split())
    spoilt = f"crumb_session={browser.cookies['crumb_session'][:-4]}; remember={browser.cookies['remember']}"
    left_out = browser.get("/jar/try?name=crumb_session&how=off&page=/")
    for page in (tried, left_out, browser.get("/", headers={"Cookie": spoilt})):
        assert page.one("[data-known-by]")["data-known-by"] == "remember"
        assert "No session cookie that counts" in page.text and "closed your browser" not in page.text


def test_strangers_are_counted_not_listed(browser):
    """Another site's cookies under this host name are none of ours."""
    page = browser.get("/", headers={"Cookie": "_ga=1; other=2"})
    assert "2 cookies that came along are not ours" in page.text
    assert page.select("[data-clue]") == [] and "_ga" not in page.text


def test_clues_group_a_family_and_hide_what_is_long():
    """Each declaration has one clue, the necessary ones last; endless and secret values are left out."""
    ours = {"crumb_session": SESSION, "theme": THEME}
    came = [("crumb_session", "abc"), ("theme", "x" * 999), ("theme", "dark"), ("who", "1"), ("theme", "purple")]
    found, strangers = clues(came, lambda name, value: None if value == "purple" else ours.get(name))
    assert [(clue.cookie.name, clue.names, clue.value) for clue in found] == [
        ("theme", ["theme"], ""),
        ("session", ["crumb_session"], ""),
    ]
    assert strangers == 2


def test_recent_things_of_all_sites_stand_newest_first(make_app):
    """What was looked at last comes first, whichever site it belongs to."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)

    def item(id, minute):
        at = datetime(2026, 11, 22, 12, minute, tzinfo=UTC)
        return Recent(id=id, title=id, url=f"/{id}", picture="/p.svg", cookie=f"c.{id}", value="1", at=at)

    first, *_ = sites(app)
    seen = [item("old", 1), item("new", 9), *(item(f"mid{n}", 2) for n in range(9))]
    object.__setattr__(first, "recent", lambda: seen)
    page = Browser(app).get("/")
    shown = [tag["data-item"] for tag in page.select("[data-recent] [data-item]")]
    assert shown[0] == "new" and "old" not in shown and len(shown) == 6
    assert page.select("[data-recent] [data-item]")[0].p.get_text().startswith(first.title)
    assert page.select("main form") == []


def test_go_on_across_the_sites(make_app):
    """Things of every site stand side by side, each with its site."""
    browser = Browser(make_app(DEMO_ACCOUNTS=False))
    browser.agree()
    post = browser.get("/social/").select("[data-post]")[0]["data-post"]
    thread = browser.get("/forum/cookies").select("[data-thread] a")[0]["href"]
    for path in ("/shop/rye-bread", f"/social/{post}", thread):
        assert browser.get(path).status == 200
    hints = {item.p.get_text().partition(" ·")[0] for item in browser.get("/").select("[data-recent] [data-item]")}
    assert hints == {"Shop", "Social", "Forum"}


def test_favicon_leads_to_the_picture(browser):
    """Browsers that ask for the icon by habit find it, and get no cookie for it."""
    page = browser.get("/favicon.ico", follow=False)
    assert page.status == 302 and page.set_cookie == []
    assert page.headers["Location"] == browser.get("/").one("link[rel=icon]")["href"]


@pytest.mark.parametrize("path", ["/", "/shop/rye-bread", "/forum/?q=%22%3E", "/no/such/page"])
def test_a_shared_link_has_a_card(browser, path):
    """Where a link is shared, its card has the page's title and address, what Crumb is, and a picture that is there."""
    page = browser.get(path)
    card = {tag["property"]: tag["content"] for tag in page.select("head meta[property]")}
    assert card["og:title"] == page.one("title").get_text()
    assert card["og:url"] == f"http://localhost:8000{path.partition('?')[0]}" and card["og:type"] == "website"
    assert card["og:description"] == page.one("meta[name=description]")["content"] != ""
    picture = browser.get(card["og:image"].removeprefix("http://localhost:8000"))
    assert picture.body[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", picture.body[16:24]) == (1200, 630)


def test_search_engines_may_read_everything(browser):
    """robots.txt shuts nobody out, and costs no cookie."""
    page = browser.get("/robots.txt", headers={"Accept": "*/*"})
    parser = RobotFileParser()
    parser.parse(page.body.decode().splitlines())
    assert parser.can_fetch("Anybody", "/shop/") and page.headers["Content-Type"].startswith("text/plain")
    assert page.set_cookie == []


@pytest.mark.parametrize("first", ["stranger", "returning"])
def test_the_first_button_fits_whoever_asks(make_app, first):
    """Kept parts of the page are not another visitor's, whoever came first."""
    app = make_app()
    stranger, returning = Browser(app), Browser(app)
    returning.agree()
    returning.get("/")
    returning.close()
    for who in (first, *{"stranger", "returning"} - {first}):
        page = (stranger if who == "stranger" else returning).get("/")
        assert ("Start here" in page.text) == (who == "stranger")


def test_a_first_log_in_is_a_hello_to_a_browser_that_returns(make_app):
    """Who was here before without an account is new to it; the next visit is a return."""
    browser = Browser(make_app())
    browser.agree()
    browser.get("/")
    browser.close()
    browser.get("/login")
    name, password = next(iter(DEMO_ACCOUNTS.items()))
    browser.submit("#log-in", username=name, password=password, remember=True)
    assert browser.get("/").one("h1").get_text() == f"Hello, {name}"
