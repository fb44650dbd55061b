"""Somebody else's key: what a sister host tosses, who is logged in by it, and that it never reaches the site."""

from itertools import product
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.address import parties
from webapp.lab import notes
from webapp.lab.fixation.keys import MODES, NAMES, STANDINGS, predict
from webapp.useragent import ENGINES, UserAgent
from webapp.useragent.urls import locate

SHOP, GUEST = "http://shop.localhost:8000", "http://guest.shop.localhost:8000"


def opened(app, engine: str = "chromium") -> Browser:
    """Return a browser whose tills are open."""
    browser = visitor(app, engine)
    assert browser.get(f"{browser.home}/lab/fixation").set_cookie == []
    browser.submit("#begin")
    return browser


def at_the_till(browser: Browser, mode: str) -> Browser:
    """Let a browser meet the guest, and go to the till from there."""
    browser.get(f"{browser.home}/lab/fixation")
    browser.follow(f"[data-mode={mode}] [data-stall]")
    browser.follow("#till")
    return browser


@pytest.mark.parametrize(("engine", "mode"), [*product(ENGINES, MODES)])
def test_it_ends_as_the_model_says(app, engine, mode):
    """Who meets the guest and logs in has its key, or locks themselves out, or is safe; the table said so before.

    The bench that they come back to shows what crossed the wire at this till.
    """
    browser = opened(app, engine)
    cells = browser.page.select(f"[data-engine={engine}][data-expected]")
    expected = cells[list(MODES).index(mode)]["data-expected"]
    at_the_till(browser, mode).submit("#log-in")
    who = browser.page.one("[data-stands]")["data-who"]
    page = browser.follow("#look")
    found = page.one("[data-stands]")
    assert found["data-stands"] == expected
    assert (who, found["data-who"]) == {
        "stolen": ("mira", "mira"), "stuck": ("", ""), "safe": ("mira", ""), "refused": ("", "")
    }[expected]  # fmt: skip
    page = browser.follow("[data-back]")
    assert urlsplit(page.url).query.startswith(f"{mode}={expected}&")
    assert page.one(f"section[data-mode={mode}]")["data-stands"] == expected
    assert [each.parent["data-mode"] for each in page.select("section[data-mode] details[open]")] == [mode]


def test_each_way_to_give_a_key_ends_otherwise():
    """Kept, the key is the guest's too; renewed, nobody is in; with __Host- only its owner, on a trustworthy origin."""
    now = clock.now()
    for engine in ENGINES:
        trusts = ENGINES[engine].trusts_loopback
        assert [predict(mode, engine, SHOP, GUEST, now) for mode in MODES] == [
            "stolen", "stuck", "safe" if trusts else "refused"
        ]  # fmt: skip
        plain = ("http://shop.example.org", "http://guest.shop.example.org")
        assert predict("host", engine, *plain, now) == "refused"
        secure = ("https://shop.example.org", "https://guest.shop.example.org")
        assert predict("host", engine, *secure, now) == "safe"


@pytest.mark.parametrize("mode", MODES)
def test_without_the_guest_the_visitor_is_in(app, mode):
    """Who goes to the till at once has a key of their own, logs in, and the guest's opens nothing."""
    browser = opened(app)
    browser.follow(f"[data-mode={mode}] [data-till]")
    assert browser.page.one("[data-stands]")["data-stands"] == "visited"
    page = browser.submit("#log-in")
    assert (page.one("[data-stands]")["data-who"], page.one("[data-stands]")["data-stands"]) == ("mira", "entered")
    assert browser.follow("#look").one("[data-stands]")["data-stands"] == "safe"


@pytest.mark.parametrize("mode", MODES)
def test_the_guest_covers_a_key_that_was_there(app, mode):
    """Its path is longer, so its key goes first also where the shop gave one before; never in the name with __Host-."""
    browser = opened(app)
    browser.follow(f"[data-mode={mode}] [data-till]")
    at_the_till(browser, mode)
    sent = browser.page.select("[data-by=you]")[-1].select_one("code:last-of-type").get_text()
    assert sent.count(NAMES[mode]) == (1 if mode == "host" else 2)
    assert browser.page.one("[data-stands]")["data-stands"] == ("visited" if mode == "host" else "tossed")


@pytest.mark.parametrize("mode", MODES)
def test_begun_anew_it_is_as_if_nobody_had_been_there(app, mode):
    """Keys of before are none: whoever still has some gets another, and their log-in holds once they come back."""
    browser = opened(app)
    at_the_till(browser, mode).submit("#log-in")
    browser.get(f"{browser.home}/lab/fixation")
    page = browser.submit("#begin")
    assert {tag["data-stands"] for tag in page.select("section[data-mode]")} == {"new"}
    page = browser.follow(f"[data-mode={mode}] [data-till]")
    assert (page.one("[data-stands]")["data-who"], page.one("[data-stands]")["data-stands"]) == ("", "visited")
    assert browser.submit("#log-in").one("[data-stands]")["data-who"] == "mira"


@pytest.mark.parametrize(("engine", "mode"), [*product(ENGINES, MODES)])
def test_nothing_of_the_guest_s_reaches_the_site(app, engine, mode):
    """Whatever its page and the till set, no request to the site's own host or another party's carries any of it."""
    agent, now = UserAgent(engine), clock.now()
    browser = opened(app, engine)
    query = parse_qs(urlsplit(browser.page.one(f"[data-mode={mode}] [data-stall]")["href"]).query)
    query = urlencode({name: values[0] for name, values in query.items()})
    client = app.test_client(use_cookies=False)
    for url in (f"{GUEST}/?{query}", f"{SHOP}/till?{query}", f"{GUEST}/look?{query}"):
        for line in client.get(url).headers.getlist("Set-Cookie"):
            agent.receive(url, line, now=now)
            assert "Domain=" not in line or f"; Domain={locate(SHOP).host};" in f"{line};"
    with app.test_request_context(base_url="http://localhost:8000"):
        others = {origin for role, origin in parties().items() if role not in ("shop", "guest")}
    for origin in ("http://localhost:8000", *others):
        assert agent.cookie_header(f"{origin}/till", now=now) == ""
    assert mode == "host" or agent.cookie_header(f"{SHOP}/till", now=now)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_host_below_the_site_s_own_sets_a_cookie_for_it(engine):
    """`localhost` is a public suffix to each browser: a guest at guest.localhost can't toss to it."""
    agent, now = UserAgent(engine), clock.now()
    verdict = agent.receive("http://guest.localhost:8000/", "sid=1; Domain=localhost", now=now)
    assert not verdict.stored
    assert agent.receive(f"{GUEST}/", "sid=1; Domain=shop.localhost", now=now).stored


@pytest.mark.parametrize(
    "query", ["", "mode=kept", "mode=baker&bench={}", "bench={}", "mode=kept&bench=nobody-opened-i"]
)
def test_a_till_that_nobody_opened_takes_nothing(app, query):
    """Without an open bench or with another mode the till and the guest's window are no pages, and set nothing."""
    browser = opened(app)
    bench = browser.cookies["till"]
    for url in (f"{SHOP}/till", f"{GUEST}/look"):
        page = Browser(app).get(f"{url}?{query.format(bench)}")
        assert (page.status, page.set_cookie) == (404, [])
    assert Browser(app).post(f"{SHOP}/till/login?{query.format(bench)}").status == 404
    with app.app_context():
        assert len(notes.read(bench)) == 1


def test_each_visitor_has_their_own_till(app):
    """A key of one bench is none at another, and only the till's own cookies are written down, cut to a bound."""
    one, other = opened(app), opened(app)
    at_the_till(one, "kept").submit("#log-in")
    key = one.page.select("[data-by=you] code")[-1].get_text().partition("sid-kept=")[2][:8]
    address = f"{SHOP}/till?mode=kept&bench={other.cookies['till']}"
    sent = f"secret=rye; sid-kept={key}; sid-kept={'x' * 5000}"
    page = Browser(app).get(address, headers={"Cookie": sent})
    assert [line.split("=")[0] for line in page.set_cookie] == ["sid-kept", "sid-kept"] and key not in page.set_cookie[
        0
    ]
    assert page.one("[data-stands]")["data-who"] == "" and "rye" not in page.text and "x" * 41 not in page.text
    page = Browser(app).get(address.replace(other.cookies["till"], one.cookies["till"]), headers={"Cookie": sent})
    assert page.one("[data-stands]")["data-who"] == "mira"


def test_a_till_is_bounded(app):
    """It writes down so many exchanges, then says that it has seen enough; begun anew, it goes on."""
    browser = opened(app)
    browser.follow("[data-mode=kept] [data-till]")
    assert not browser.page.select("[data-full]")
    for _ in range(notes.KEPT):
        page = browser.get(browser.page.url)
    assert page.select("[data-full]")
    browser.get(f"{browser.home}/lab/fixation")
    browser.submit("#begin")
    assert not browser.follow("[data-mode=kept] [data-till]").select("[data-full]")


def test_where_hosts_are_missing_the_page_says_so(make_app):
    """Under a public address the shop and its guest need names, the guest's below the shop's; else the start says."""
    settings = {"URL": "https://crumb.example", "SECRET_KEY": "0123456789abcdef" * 4}
    page = Browser(make_app(**settings), "https://crumb.example").get("/lab/fixation")
    assert page.select("[data-missing]") and not page.select("#begin")
    named = {"shop": "shop.example.org", "guest": "guest.shop.example.org"}
    page = Browser(make_app(**settings, LAB_HOSTS=named), "https://crumb.example").get("/lab/fixation")
    assert not page.select("[data-missing]") and page.select("#begin")
    for wrong in ({**named, "guest": "guest.example.org"}, {**named, "guest": "shop.example.org"}, {"guest": "a.b"}):
        with pytest.raises(SystemExit, match="below the shop's"):
            make_app(**settings, LAB_HOSTS=wrong)


def test_every_standing_is_met(app):
    """No word of how it stands is one that never comes."""
    found = {predict(mode, engine, SHOP, GUEST, clock.now()) for mode in MODES for engine in ENGINES}
    browser = opened(app)
    found |= {tag["data-stands"] for tag in browser.page.select("section[data-stands]")}
    browser.follow("[data-mode=kept] [data-till]")
    found.add(browser.page.one("[data-stands]")["data-stands"])
    found.add(at_the_till(browser, "kept").page.one("[data-stands]")["data-stands"])
    found.add(browser.submit("#log-in").one("[data-stands]")["data-stands"])
    assert found == set(STANDINGS)


def test_what_somebody_made_up_is_not_told(app):
    """An address that says how it ended counts only as one of the lab's own pages wrote it."""
    browser = opened(app)
    assert browser.get(f"{browser.home}/lab/fixation?kept=stolen&sure=x").url.endswith("/lab/fixation")
