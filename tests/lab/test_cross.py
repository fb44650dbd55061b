"""The cross-site bench: what arrives from other hosts, and what a tracker learns; the model plays the browser."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.browsing import Browser
from tests.examples import KEY, addresses
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.address import ROLES
from webapp.lab import notes
from webapp.lab.cross.tracking import MODES, POLICIES, predict
from webapp.lab.ways import VICTIMS, WAYS
from webapp.useragent import ENGINES, UserAgent

SITE = "http://localhost:8000"
ATTACKER, TRACKER = "http://127.0.0.1:8000", "http://tracker.localhost:8000"
TOWN = {role: f"http://{role}.localhost:8000" for role in ("social", "shop", "forum")}


@pytest.mark.parametrize("engine", ENGINES)
def test_hosts_that_a_browser_may_not_find_are_named(app, engine):
    """Who comes with Safari reads which names its system has to know, and everybody whom the model speaks of."""
    browser = visitor(app, engine)
    browser.get("/lab/cross")
    page = browser.submit("#begin")
    lost = [tag.get_text() for tag in page.select("[data-lost] code")]
    names = {role: f"{role}.localhost" for role in ROLES if role != "attacker"} | {"guest": "guest.shop.localhost"}
    hosts = " ".join(["127.0.0.1", *names.values()])
    assert lost == ([hosts] if engine == "safari" else [])
    assert page.select(".origin")[0]["data-origin"] == ENGINES[engine].source.kind


def bench_of(page) -> str:
    """Return the key that stands in the page's link to the attacker."""
    return parse_qs(urlsplit(page.one("#begin a.action")["href"]).query)["bench"][0]


def ask(app, agent: UserAgent, url: str, method: str = "GET", referer: str = "", **circumstances):
    """Send a request from a page somewhere, with the cookies that the model sends; return the answer."""
    cookie = agent.cookie_header(url, now=clock.now(), method=method, **circumstances)
    headers = {"Cookie": cookie} if cookie else {}
    headers |= {"Referer": referer} if referer else {}
    headers |= {"Sec-Fetch-Site": "cross-site"} if circumstances.get("cross_site") else {}
    answer = app.test_client(use_cookies=False).open(url, method=method, headers=headers)
    for line in answer.headers.getlist("Set-Cookie"):
        agent.receive(url, line, now=clock.now(), method=method, **circumstances)
    return answer


def begun(app, engine: str = "chromium") -> tuple[Browser, str]:
    """Return a browser whose bench is open, and its key."""
    browser = visitor(app, engine)
    browser.get("/lab/cross")
    return browser, bench_of(browser.submit("#begin"))


def test_reading_sets_nothing_and_beginning_sets_four(app):
    """The page is passive; the button sets four lab cookies and the key, and the dock shows them."""
    browser = visitor(app, "chromium")
    page = browser.get("/lab/cross")
    assert page.set_cookie == [] and not page.select("#begin a")
    page = browser.submit("#begin")
    lines = page.before[0].cookies_set
    assert set(VICTIMS) | {"bench"} <= set(lines)
    assert {line.partition("; ")[2] for name, line in lines.items() if name in VICTIMS} == {
        "Path=/lab/cross" + rest for rest in VICTIMS.values()
    }
    assert len(page.select("[data-exchange='POST /lab/cross/begin'] [data-set^=lab-]")) == 4
    assert page.one("#begin b")["data-age"] == "0"


@pytest.mark.parametrize("age", [0, 120, 121])
@pytest.mark.parametrize(("engine", "choice"), [*((engine, None) for engine in ENGINES), ("chromium", "blocked")])
def test_what_arrives_is_what_was_predicted(app, monkeypatch, engine, choice, age):
    """Each way, with young and older cookies: the table tells what came, and that the model said so.

    Where the visitor may choose about third-party cookies it has both cases, and finds out which one it is.
    """
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    browser, bench = begun(app, engine)
    browser.agent = UserAgent(engine, third_party=choice)
    browser.get("/lab/cross/")
    bench = bench_of(browser.submit("#begin"))
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=age))
    for key, way in WAYS.items():
        url = f"{SITE}/lab/cross/arrive/{key}?{urlencode({'bench': bench})}"
        circumstances = {"cross_site": way.cross_site, "top_level": way.top_level}
        around = SITE if way.top_level else ATTACKER
        answer = ask(app, browser.agent, url, way.method, **circumstances, top_level_site=around)
        assert answer.status_code == (303 if way.top_level else 204 if key == "fetch" else 200)
        assert answer.headers.getlist("Set-Cookie") == []
    page = browser.get("/lab/cross")
    cells = page.select(".matrix td")
    assert len(cells) == len(WAYS) * len(VICTIMS)
    assert {cell["data-agrees"] for cell in cells} == {"yes"}
    assert {cell["data-verdict"] for cell in page.select("[data-way=own] td")} <= {"sent", "not-sent"}
    young = page.one("[data-way=post] [data-victim=lab-unset]")["data-verdict"]
    lax_by_default = ENGINES[engine].lax_by_default
    assert young == ("sent" if not lax_by_default or age <= 120 else "not-sent")
    assert {int(row["data-age"]) for row in page.select("[data-way]")} == {age}
    allows = ENGINES[engine].third_party == "allowed"
    unsure = {(cell.parent["data-way"], cell["data-victim"]) for cell in cells if cell.select("[data-otherwise]")}
    embedded = {key for key, way in WAYS.items() if not way.top_level}
    assert unsure == ({(key, "lab-none") for key in embedded} if allows else set())
    said = "sent" if choice else "not-sent"
    assert {tag["data-otherwise"] for tag in page.select("[data-otherwise]")} == ({said} if allows else set())
    assert len(page.select("[data-third-party=blocked]")) == (choice == "blocked")


@pytest.mark.parametrize(
    ("engine", "way", "named"),
    [("firefox", "image", "named"), ("firefox", "post", "unnamed"), ("chromium", "image", "unnamed")],
)
def test_a_difference_is_stated(app, engine, way, named):
    """Where a browser does otherwise the page says so, and by which rule of that browser where it is known."""
    browser, bench = begun(app, engine)
    assert not browser.page.select("[data-difference]")
    header = "; ".join(f"{name}=1" for name in VICTIMS)
    url = f"/lab/cross/arrive/{way}?bench={bench}"
    app.test_client(use_cookies=False).open(url, method=WAYS[way].method, headers={"Cookie": header})
    page = browser.get("/lab/cross")
    assert page.one("[data-difference]")["data-difference"] == named
    assert "no" in {cell["data-agrees"] for cell in page.select(f"[data-way={way}] td")}


def test_beginning_again_clears_the_table(app):
    """The cookies are set anew under the same key, and what arrived before is gone."""
    browser, bench = begun(app)
    ask(app, browser.agent, f"{SITE}/lab/cross/arrive/link?bench={bench}", cross_site=True)
    assert browser.get("/lab/cross").select("[data-verdict]")
    page = browser.submit("#begin")
    assert bench_of(page) == bench
    assert not page.select("[data-verdict]")


def test_only_arriving_is_open_to_other_sites(app):
    """Three views of the lab answer a POST from another site, and none sets anything."""
    names = {name for name, view in app.view_functions.items() if hasattr(view, "accepts_cross_site")}
    assert names == {"cross.arrive", "browser.arrive", "schemes.arrive"}
    for path in ("/lab/cross/arrive/post", "/lab/browser/arrive", "/lab/schemes/arrive/post"):
        page = Browser(app, **{"Sec-Fetch-Site": "cross-site"}).post(path, follow=False)
        assert page.status in (303, 404) and page.set_cookie == []


@pytest.mark.parametrize("bench", ["", "nobody-opened-it", "x" * 5000, "' or 1=1", "\0"])
def test_an_unknown_bench_takes_nothing(app, bench):
    """Without an open bench nothing is written down; nor is an unknown way."""
    browser, own = begun(app)
    assert browser.get("/lab/cross/arrive/link?" + urlencode({"bench": bench})).status == 404
    assert browser.get("/lab/cross/arrive/teapot?" + urlencode({"bench": own})).status == 404
    page = Browser(app).get(f"{TRACKER}/?" + urlencode({"bench": bench}))
    assert page.status == 200 and not page.select("[data-visitor]")


def test_a_bench_is_bounded_and_ends(app, monkeypatch):
    """At most so many notes are kept, for two hours."""
    browser, bench = begun(app)
    for _ in range(notes.KEPT + 5):
        browser.get(f"/lab/cross/arrive/own?bench={bench}", follow=False)
    with app.app_context():
        assert len(notes.read(bench)) == notes.KEPT
        later = clock.now() + notes.KEPT_FOR + timedelta(seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert notes.read(bench) == []
    assert not browser.get("/lab/cross").select("#begin a")


def test_the_hosts_share_no_page(app):
    """No page of the site answers under another party's host, none of theirs under the site's."""
    strangers = [ATTACKER, TRACKER, *TOWN.values()]
    for path in addresses(app, "GET"):
        for origin in strangers if path in ("/login", "/account") else strangers[:2]:
            if path not in ("/", "/healthz"):
                page = Browser(app).get(origin + path)
                assert (page.status, page.set_cookie) == (404, []), origin + path
    assert Browser(app).get("/advertisement").status == 404
    _, bench = begun(app)
    for origin in strangers:
        page = Browser(app).get(f"{origin}/?lang=de&bench={bench}")
        assert (page.status, page.set_cookie, page.html["lang"]) == (200, [], "de")
        assert page.html["data-party"] in ("attacker", "tracker", "town")
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["", "bench=", "bench=nobody-opened-i", "bench=%22%3Cb%3E", "mode=apart&lang=de"])
def test_a_party_that_no_bench_asked_for_leads_to_the_site(app, monkeypatch, query):
    """127.0.0.1 is what `flask run` prints: who types it comes to the site, and so does who reloads an ended bench."""
    _, bench = begun(app)
    now = clock.now()
    for origin in (ATTACKER, TRACKER, *TOWN.values()):
        assert Browser(app).get(f"{origin}/?bench={bench}").url.startswith(origin)
        answer = app.test_client(use_cookies=False).get(f"{origin}/?{query}")
        assert (answer.status_code, answer.location) == (303, SITE + "/")
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: now + notes.KEPT_FOR + timedelta(seconds=1))
            assert Browser(app).get(f"{origin}/?bench={bench}").url == SITE + "/"


def elsewhere(page) -> set[str]:
    """Return the hosts with their ports that a page leads to, or takes something from."""
    found = [tag.get("href") or tag.get("src") or tag.get("action") for tag in page.select("[href], [src], [action]")]
    return {host for address in found if (host := urlsplit(address).netloc)}


def test_without_an_address_links_take_the_port_of_the_request(app):
    """`flask run` listens on 5000: the bench leads to parties there, they lead back there, and name it in policies."""
    browser = Browser(app, "http://localhost:5000", engine="chromium", **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/lab/cross")
    page = browser.submit("#begin")
    assert elsewhere(page) == {"127.0.0.1:5000", "tracker.localhost:5000", "social.localhost:5000"}
    pages = [Browser(app).get(link["href"]) for link in page.select("main a[href^=http]")]
    assert all("localhost:5000" in elsewhere(party) for party in pages)
    assert {host.rpartition(":")[2] for party in pages for host in elsewhere(party)} == {"5000"}
    assert all(":8000" not in party.headers["Content-Security-Policy"] for party in pages)
    answer = app.test_client(use_cookies=False).get("http://127.0.0.1:5000/")
    assert answer.location == "http://localhost:5000/"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:a", "[::1"])
def test_an_odd_port_is_in_no_link(app, host):
    """A Host without a port that one can connect to gives an address without."""
    answer = app.test_client(use_cookies=False).get("/", base_url="http://127.0.0.1/", headers={"Host": host})
    assert answer.status_code == 400 if host == "[::1" else answer.location == "http://localhost/"


def test_an_address_that_is_set_stays(make_app):
    """But for localhost, the lab's links have the port of CRUMB_URL, whatever port the request came to."""
    for url, port in (("http://crumb.example:8000", ":8000"), ("http://crumb.example", "")):
        app = make_app(URL=url, LAB_HOSTS={"attacker": "evil.example"})
        browser = Browser(app, url.removesuffix(":8000") + ":5000", **{"Sec-Fetch-Site": "same-origin"})
        browser.get("/lab/cross")
        assert browser.submit("#begin").one("#begin a.action")["href"].startswith(f"http://evil.example{port}/?")
        answer = app.test_client(use_cookies=False).get("http://evil.example:5000/")
        assert answer.location == url + "/"


def test_the_attacker_aims_at_every_way(app):
    """Its page holds each cross-site way, with the visitor's key."""
    _, bench = begun(app)
    page = Browser(app).get(f"{ATTACKER}/?bench={bench}")
    assert {tag["data-way"] for tag in page.select("[data-way]")} == set(WAYS) - {"own"}
    aims = [*(tag["src"] for tag in page.select("[data-way] [src]")), page.one("[data-way=link] a")["href"]]
    assert {parse_qs(urlsplit(aim).query)["bench"][0] for aim in aims} == {bench}
    assert {tag["value"] for tag in page.select("[data-way] [name=bench]")} == {bench}
    assert all(tag.get_text(strip=True) for tag in page.select("button, .button"))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("mode", MODES)
def test_the_tracker_learns_what_the_policy_allows(app, mode, policy):
    """Visits in a browser of each kind end as the model says, on the tracker's own page."""
    _, bench = begun(app)
    agent = UserAgent(third_party=policy)
    for place in ("social", "shop", "forum", "social"):
        assert ask(app, agent, f"{TOWN[place]}/?bench={bench}&mode={mode}").status_code == 200
        url = f"{TRACKER}/advertisement?bench={bench}&mode={mode}"
        inside = {"cross_site": True, "top_level": False, "top_level_site": TOWN[place]}
        answer = ask(app, agent, url, referer=TOWN[place] + "/", **inside)
    known = BeautifulSoup(answer.data, "html.parser").select_one("[data-known]")["data-known"]
    page = Browser(app).get(f"{TRACKER}/?bench={bench}")
    section = page.one(f"[data-mode={mode}]")
    found = section["data-verdict"]
    assert found == predict(mode, policy, TRACKER, (TOWN["social"], TOWN["shop"]), clock.now())
    assert section.select_one(f"[data-policy={policy}]")["data-expected"] == found
    assert (known, len(section.select("[data-visitor]"))) == {
        "followed": ("yes", 1),
        "apart": ("yes", 3),
        "nothing": ("no", 4),
    }[found]
    other = next(each for each in MODES if each != mode)
    assert page.one(f"[data-mode={other}]")["data-verdict"] == "waiting"


def test_the_three_policies_differ():
    """Without Partitioned each policy has an outcome of its own; with it nobody is followed."""
    sites, now = (TOWN["social"], TOWN["shop"]), clock.now()
    outcomes = {mode: [predict(mode, policy, TRACKER, sites, now) for policy in POLICIES] for mode in MODES}
    assert outcomes == {"plain": ["followed", "apart", "nothing"], "apart": ["apart"] * 3}


def test_an_installation_without_other_hosts_says_so(make_app):
    """Under a public address the other parties need names; without, the pages say what is missing."""
    app = make_app(URL="https://crumb.example", SECRET_KEY=KEY)
    browser = Browser(app, "https://crumb.example", **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/lab/cross")
    page = browser.submit("#begin")
    assert not page.select("#begin a") and len(page.select(".notice")) == 2
    assert Browser(app, "https://tracker.localhost").get("/").status == 400


@pytest.mark.parametrize(
    ("written", "host"), [("B\u00f6se.example", "xn--bse-sna.example"), ("127.2", "127.0.0.2"), ("[0::1]", "[::1]")]
)
def test_a_party_answers_under_the_host_that_browsers_send(make_app, written, host):
    """However the setting writes it, links and the Host header have the one form of the URL Standard."""
    app = make_app(URL="http://localhost:8000", LAB_HOSTS={"attacker": written})
    browser, bench = begun(app)
    assert browser.page.one("#begin a.action")["href"].startswith(f"http://{host}:8000/?")
    answer = app.test_client(use_cookies=False).get(f"/?bench={bench}", headers={"Host": f"{host}:8000"})
    assert BeautifulSoup(answer.data, "html.parser").html["data-party"] == "attacker"


def test_hosts_are_named_by_a_setting(make_app):
    """LAB_HOSTS gives the parties their hosts; an unknown role or a host of the own site stops the start."""
    settings = {"URL": "https://crumb.example", "SECRET_KEY": KEY}
    app = make_app(**settings, LAB_HOSTS={"attacker": "evil.example"})
    assert (
        Browser(app, "https://evil.example").get("/nowhere").one("main a")["href"] == "https://crumb.example/lab/cross"
    )
    for wrong in (
        {"baker": "x.example"},
        {"attacker": "crumb.example"},
        {"crowd": "lab.crumb.example"},
        {"crowd": "256.1.1.1"},
        ["evil.example"],
    ):
        with pytest.raises(SystemExit, match="CRUMB_LAB_HOSTS"):
            make_app(**settings, LAB_HOSTS=wrong)


def test_a_tracker_says_where_no_cookie_of_its_can_be_kept(make_app):
    """Over plain http at another name its line is refused: the first visit tells, and so does any browser's model."""
    names = {role: f"{role}.local" for role in ("crumb", "attacker", "tracker", "social", "shop", "forum")}
    app = make_app(URL="http://localhost:8000", LOCAL_NAMES=names)
    browser = Browser(app, "http://crumb.local:8000", engine="chromium", **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/lab/cross")
    browser.submit("#begin")
    browser.follow("[data-mode=plain]")
    page = browser.follow('a[href*="//tracker."]')
    assert page.one("[data-mode=plain]")["data-verdict"] == "refused"
    assert page.one("[data-mode=apart]")["data-verdict"] == "waiting"
    assert {tag["data-expected"] for tag in page.select("[data-policy]")} == {"refused"}
    assert browser.follow("[data-told]").one("[data-told=plain]")["data-verdict"] == "refused"


@pytest.mark.parametrize(("at", "refused"), [("http://localhost:8000", []), ("http://class.test:8000", ["lab-none"])])
def test_a_cookie_that_was_never_kept_is_named(make_app, at, refused):
    """Over plain http at another name than localhost the bench says which of the four is not there, and why."""
    app = make_app(URL="http://localhost:8000", TRUSTED_HOSTS="class.test")
    browser = Browser(app, at, engine="chromium", **{"Sec-Fetch-Site": "same-origin"})
    assert not browser.get("/lab/cross").select("[data-refused]")
    page = browser.submit("#begin")
    assert [tag.get_text() for tag in page.select("[data-refused] code")] == refused
    page = browser.submit("#own")
    bench = page.one("#own [name=bench]")["value"]
    frame = browser.get(f"/lab/cross/arrive/frame?bench={bench}", initiator="http://attacker.test/")
    assert ["never stored" in tag.get_text() for tag in frame.select("li")] == [name in refused for name in VICTIMS]
    page = browser.get("/lab/cross")
    for way in WAYS:
        for name in VICTIMS:
            field = page.one(f"[data-way={way}] [data-victim={name}]")
            never, text = name in refused, field.get_text()
            assert (field["data-expected"] == "never-stored") == ("never stored" in text) == never
            assert not never or "stay" not in text
            assert ("nothing to send" in text) == (never and "data-verdict" in field.attrs), (way, name)
