"""The first page: who the visitor is to us, and by which cookie."""

import struct
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.accounts.users import DEMO_ACCOUNTS
from webapp.cookies import registry
from webapp.house import Recent, house
from webapp.sites import sites
from webapp.wire.show import explain
from webapp.wire.show.named import on_wire

OURS = {"Sec-Fetch-Site": "same-origin"}


def explained(browser: Browser, name: str, value: str) -> str:
    """Return the sentence on a cookie that dock, jar and first page share."""
    with browser.app.test_request_context():
        cookie = registry().find(name)
        return explain.says(cookie, name, value) or cookie.purpose


def test_first_visit_sends_nothing_and_sets_nothing(browser):
    """A first visit sets no cookie, says so in the dock, and asks there for consent, once."""
    page = browser.get("/")
    assert page.status == 200 and page.set_cookie == []
    assert page.one("h1").get_text() == "Websites remember you with cookies. Watch yours."
    dock = page.one("[data-wire]")
    assert "brought no cookie" in dock.get_text() and "and no cookie" in dock.get_text()
    assert {tag["data-withheld"] for tag in dock.select("[data-exchange='GET /'] [data-withheld]")} == {"seen", "visit"}
    assert page.select(".ask") == dock.select(".ask") and len(dock.select(".ask")) == 1
    assert dock.select("details [data-sent], details [data-set]") == [] and dock.select("details code")
    assert page.select("[data-clue], [data-recent], [data-waiting]") == []


@pytest.mark.parametrize("answer", ["all", "necessary"])
def test_the_question_in_the_dock_is_answered_there(browser, answer):
    """After either answer the browser is known, nobody asks again, and what to try is still there."""
    browser.get("/")
    page = browser.submit(".ask form", button=answer)
    assert page.select(".ask") == [] and page.one("h1").get_text() == "We know this browser now"
    assert page.select("[data-clue=consent]") and page.select("main .give") and page.select(".places a")
    assert bool({"seen", "visit"} & set(browser.cookies)) == (answer == "all")


@pytest.mark.parametrize("sent", [None, "", "x" * 5000], ids=["as it stands", "empty", "too long"])
def test_the_first_cookie_is_one_click_away(browser, sent):
    """The first page's form makes a cookie for a day as it stands, without a token; what is too long is not lost."""
    page = browser.get("/")
    assert page.select("main [name=csrf_token]") == []
    page = browser.submit("main .give", **({} if sent is None else {"value": sent}))
    if sent and len(sent) > 4096:
        assert page.status == 422 and page.one("main [name=value]")["value"] == sent
        return
    line = page.before[0].cookies_set["tutorial.note"]
    assert line.startswith(f"tutorial.note={'I%20like%20rye' if sent is None else ''}; ") and "Max-Age=86400" in line
    page = browser.get("/")
    assert page.select(".give") == [] and page.select("[data-clue='tutorial.']")


def test_every_site_is_there_with_its_experiment(browser, app):
    """The sites are those that were found, whichever they are; each cookie that an experiment names is declared."""
    page = browser.get("/")
    links = {link["href"] for link in page.select(".places a")}
    with app.test_request_context():
        assert links == {app.url_for(site.places[0].endpoint) for site in sites(app)}
        made = {registry().find(name) for site in sites(app) for name in site.makes}
        assert None not in made and all(site.makes for site in sites(app))
    for site in sites(app):
        assert site.card in page.text
        assert browser.get(page.select(f".places img[src$='{site.picture}']")[0]["src"]).status == 200
    shown = {code.get_text() for code in page.select(".places code")}
    assert shown == {"crumb_session", "remember", "recent_shop.…", "draft.…"}


def test_an_experiment_makes_the_cookies_that_it_names(make_app):
    """Looked at, written and logged in, the browser holds each of them."""
    browser = Browser(make_app())
    browser.agree()
    browser.get("/shop/kahk")
    browser.get("/forum/cookies/new")
    browser.post("/forum/draft", {"place": "n-cookies", "title": "x", "text": "y"}, headers=OURS)
    browser.get("/login")
    browser.submit('form[data-demo="mira"]', button="y")
    with browser.app.test_request_context():
        for site in sites(browser.app):
            for name in map(on_wire, site.makes):
                assert any(held.startswith(name) for held in browser.cookies), name


def test_a_chosen_theme_is_named_with_what_it_says(browser):
    """After a choice of colours, the page names the cookie that told us."""
    browser.get("/preferences")
    page = browser.submit(theme="dark")
    assert page.url.endswith("/?cookies=set") and page.one("h1").get_text() == "We know this browser now"
    clue = page.one('[data-clue="theme"]')
    assert clue.code.get_text() == "theme"
    assert explained(browser, "theme", "dark") in clue.get_text()
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
    assert page.one("[data-known-by]")["data-known-by"] == "remember" and "when the browser closed" in page.text
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
        assert "No session cookie that counts" in page.text and "the browser closed" not in page.text


def test_cookies_of_others_make_nobody_known(browser):
    """Another site's cookies under this host name are none of ours: a stranger's page, whose dock shows them."""
    page = browser.get("/", headers={"Cookie": "_ga=1; other=2; theme=purple"})
    assert page.one("h1").get_text().startswith("Websites remember you") and page.set_cookie == []
    assert "brought 3 cookies that are not ours" in page.one("[data-wire]").get_text()
    assert [tag["data-sent"] for tag in page.select("[data-wire] details [data-sent]")] == ["_ga", "other", "theme"]
    page = browser.get("/", headers={"Cookie": "_ga=1; theme=dark"})
    assert "1 cookie that came along is not ours" in page.text and "_ga" not in page.text


def test_a_hidden_dock_is_somebody_known(browser):
    """Who hid the dock has told us so by a cookie: they get the page of somebody known, and no other dock."""
    page = browser.get("/", headers={"Cookie": "dock=off"})
    assert page.select("[data-wire]") == [] and page.select("[data-clue=dock]")


def test_a_family_is_one_clue(browser):
    """Each declaration has one row, however many of it came, the necessary ones last."""
    forged = "; ".join(f"recent_shop.x{number}=1700000000" for number in range(120))
    page = browser.get("/", headers={"Cookie": f"{forged}; consent=x; wire={'a' * 22}; theme=dark"})
    assert [tag["data-clue"] for tag in page.select("[data-clue]")] == ["recent_shop.", "theme", "wire"]
    assert "and 119 more like it" in page.one("[data-clue='recent_shop.']").get_text()
    assert "122 cookies told us this" in page.text


def test_recent_things_of_all_sites_stand_newest_first(make_app):
    """What was looked at last comes first, whichever site it belongs to."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)

    def item(id, minute):
        at = datetime(2026, 11, 22, 12, minute, tzinfo=UTC)
        return Recent(id=id, title=id, url=f"/{id}", picture="/p.svg", cookie=f"c.{id}", value="1", at=at)

    first, *_ = sites(app)
    seen = [item("old", 1), item("new", 9), *(item(f"mid{n}", 2) for n in range(9))]
    object.__setattr__(first, "recent", lambda: seen)
    page = Browser(app).get("/", headers={"Cookie": "theme=dark"})
    shown = [tag["data-item"] for tag in page.select("[data-recent] [data-item]")]
    assert shown[0] == "new" and "old" not in shown and len(shown) == 4
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
def test_each_gets_their_own_page(make_app, first):
    """Kept parts of the page are not another visitor's, whoever came first."""
    app = make_app()
    stranger, returning = Browser(app), Browser(app)
    returning.agree()
    returning.get("/shop/kahk")
    returning.close()
    for who in (first, *{"stranger", "returning"} - {first}):
        page = (stranger if who == "stranger" else returning).get("/")
        assert bool(page.select(".give")) == bool(page.select(".places")) == (who == "stranger")
        assert page.one("h1").get_text().startswith("Websites" if who == "stranger" else "Welcome back")


def test_whoever_returns_is_told_by_which_cookies(make_app, monkeypatch):
    """A guest is greeted where `seen` says that they return, and led to both cookies; what waits is listed."""
    browser = Browser(make_app())
    browser.agree()
    browser.get("/shop/kahk")
    browser.submit("[data-add]", button="kahk")
    browser.post("/forum/draft", {"place": "t1", "text": "half"}, headers=OURS)
    browser.close()
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=2))
    page = browser.get("/")
    assert page.one("h1").get_text() == "Welcome back" and "2 hours ago" in page.one(".lead").get_text()
    assert [link["href"] for link in page.select(".lead a")] == ["/jar/cookie?name=seen"]
    both = {link.get_text() for link in browser.get("/").select(".lead a")}
    assert both == {"seen", "visit"}
    waiting = browser.page.select("[data-waiting] li")
    assert [item.a["href"] for item in waiting] == ["/shop/basket", "/forum/thread/1?latest#reply"]
    assert "1 thing in your basket" in waiting[0].get_text() and "Shop · €" in waiting[0].get_text()
    assert "Forum · 2 hours ago" in waiting[1].get_text()
    assert browser.page.select(".places, .give") == []


def test_a_lesson_waits_until_it_is_under_way(browser):
    """Who has done a part of the course is led to the next lesson; one that is under way says so in its bar."""
    learnt = "learnt=first.1f"
    page = browser.get("/", headers={"Cookie": learnt})
    first, second, *rest = house(browser.app).lessons.values()
    done = len(first.steps) == 5
    wanted = second if done else first
    assert page.one("[data-waiting] a")["href"] == f"/learn/{wanted.key}"
    assert f"{int(done)} of {len(rest) + 2} lessons done" in page.one("[data-waiting]").get_text()
    assert browser.get("/", headers={"Cookie": f"{learnt}; lesson=first.1.0"}).select("[data-waiting]") == []
    steps = {key: (1 << len(each.steps)) - 1 for key, each in house(browser.app).lessons.items()}
    every = "~".join(f"{key}.{bits:02x}" for key, bits in sorted(steps.items()))
    assert browser.get("/", headers={"Cookie": f"learnt={every}"}).select("[data-waiting]") == []


def test_a_trial_of_nothing_is_the_strangers_page(browser):
    """The jar shows what a page without the only cookie looks like: here the page for somebody new, with its dock."""
    browser.get("/preferences")
    browser.submit(theme="dark")
    for name in {*browser.cookies} - {"theme"}:
        browser.agent.receive(browser.home, f"{name}=; Path=/; Max-Age=0", now=clock.now())
    page = browser.get("/jar/try?name=theme&how=off&page=/")
    assert page.select("[data-trial]") and page.select(".first [data-wire] .ask") and page.select(".give")


def test_a_first_log_in_is_a_hello_to_a_browser_that_returns(make_app, monkeypatch):
    """Who was here without an account is new to it, however old a demo account is; the next visit is a return."""
    browser = Browser(make_app())
    later = clock.now() + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    browser.agree()
    browser.get("/")
    browser.close()
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(hours=2))
    browser.get("/login")
    name, password = next(iter(DEMO_ACCOUNTS.items()))
    browser.submit("#log-in", username=name, password=password, remember=True)
    assert browser.get("/").one("h1").get_text() == f"Hello, {name}"
    browser.close()
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(hours=4))
    assert browser.get("/").one("h1").get_text() == f"Welcome back, {name}"
