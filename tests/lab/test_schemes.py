"""Two schemes of one host: what goes from http to https and back, as the model plays the browser."""

from datetime import UTC, datetime

import pytest

from tests.browsing import Browser
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.lab.schemes import views as schemes
from webapp.lab.told import tell
from webapp.lab.ways import VICTIMS
from webapp.useragent import ENGINES

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
URLS = schemes.origins("http://localhost:8000")
ALL = set(VICTIMS)
KEY = "a key for this test alone, 0123456789"


@pytest.mark.parametrize(
    ("url", "both"),
    [
        ("http://localhost:8000", ["http://localhost:8000", "https://localhost:8443"]),
        ("http://localhost:65535", ["http://localhost:65535", "https://localhost:65092"]),
        ("http://localhost", ["http://localhost", "https://localhost"]),
        ("http://[::1]:8000", ["http://[::1]:8000", "https://[::1]:8443"]),
        ("https://crumb.example", ["http://crumb.example", "https://crumb.example"]),
    ],
)
def test_the_other_origin_has_the_same_host(url, both):
    """From the address of the site follows that of the other scheme."""
    assert list(schemes.origins(url).values()) == both


@pytest.mark.parametrize(
    ("engine", "home", "to", "way", "sent"),
    [
        ("chromium", "http", "https", "link", ALL - {"lab-strict"}),
        ("chromium", "http", "https", "post", {"lab-unset", "lab-none"}),
        ("chromium", "https", "http", "post", {"lab-unset", "lab-none"}),
        ("spec", "http", "https", "link", ALL - {"lab-strict"}),
        ("firefox", "http", "https", "post", ALL),
        ("firefox", "https", "http", "link", ALL),
        ("safari", "https", "https", "post", ALL),
        ("safari", "https", "http", "link", ALL - {"lab-none"}),
    ],
)
def test_what_goes_along(engine, home, to, way, sent):
    """Where schemes make sites, Strict stays, and Lax with a form; Safari keeps a Secure cookie from plain http."""
    predicted = schemes.predict(engine, URLS, home, NOW, to, way, NOW)
    assert {name for name, answer in predicted.items() if answer and answer.sent} == sent


def test_reading_sets_nothing_and_beginning_sets_four(app):
    """The page is passive; the button sets the four cookies, and their values tell the scheme and the time."""
    browser = visitor(app, "chromium")
    assert browser.get("/lab/schemes").set_cookie == []
    page = browser.submit("#begin")
    lines = {name: line for name, line in page.before[0].cookies_set.items() if name in VICTIMS}
    assert set(lines) == ALL
    for name, line in lines.items():
        assert line.partition("; ")[0].startswith(f"{name}=http-1")
        assert line.partition("; ")[2] == "Path=/lab/schemes" + VICTIMS[name]


def test_the_page_leads_over_and_lets_no_other_form_out(app):
    """Link and form go to the other origin; its Content-Security-Policy allows that here, and on no other page."""
    browser = visitor(app, "chromium")
    page = browser.get("/lab/schemes")
    assert page.one("#link")["href"] == "https://localhost:8443/lab/schemes/arrive/link"
    assert page.one("#post")["action"] == "https://localhost:8443/lab/schemes/arrive/post"
    assert not page.select("#post input")
    command = "CRUMB_URL=http://localhost:8000 .venv/bin/flask run --cert=adhoc --port=8443"
    assert page.one("#command").text == command
    assert "form-action 'self' https://localhost:8443;" in page.headers["Content-Security-Policy"]
    assert "form-action 'self';" in browser.get("/lab").headers["Content-Security-Policy"]


def test_under_https_it_leads_back(make_app):
    """The same page, asked by https, leads to the site by http."""
    page = Browser(make_app(URL="http://localhost:8000")).get("https://localhost:8443/lab/schemes")
    assert page.one("#post")["action"] == "http://localhost:8000/lab/schemes/arrive/post"
    assert not page.select("#command")


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"URL": "https://localhost:8000", "SECRET_KEY": KEY}, "/"),
        ({"URL": "http://localhost:8000"}, "http://localhost:9999/"),
    ],
)
def test_where_there_is_one_scheme(make_app, settings, url):
    """A site that is asked by https, or by an address of its own, tells what the model says and leads nowhere."""
    page = Browser(make_app(**settings)).get(f"{url}lab/schemes")
    assert page.select("main .notice") and page.select(".prediction [data-expected]")
    assert not page.select("#link, #post, #command")


@pytest.mark.parametrize(("way", "method"), [("link", "GET"), ("post", "POST")])
def test_what_came_is_shown_beside_the_model(app, way, method):
    """Whoever sends the request, it only leads to the page that says which cookies came, and what was expected."""
    browser = visitor(app, "chromium")
    browser.get("/lab/schemes")
    browser.submit("#begin")
    sent = {"lab-unset", "lab-none"} | ({"lab-lax"} if way == "link" else set())
    pairs = {cookie.name: cookie.value for cookie in browser.agent.cookies if cookie.name in sent}
    answer = app.test_client(use_cookies=False).open(
        f"/lab/schemes/arrive/{way}",
        base_url="http://localhost:8000",
        method=method,
        headers={
            "Cookie": "; ".join(map("=".join, pairs.items())),
            "Sec-Fetch-Site": "cross-site",
            "Origin": "https://localhost:8443",
        },
    )
    assert answer.status_code == 303 and answer.headers.getlist("Set-Cookie") == []
    page = browser.get(answer.location)
    cells = page.select("td[data-verdict]")
    assert {cell["data-victim"]: cell["data-verdict"] for cell in cells} == {
        name: "sent" if name in sent else "not-sent" for name in VICTIMS
    }
    assert [cell["data-agrees"] for cell in cells] == ["yes"] * 4
    assert not page.select("main .notice") and "Sec-Fetch-Site: cross-site" in page.one("main").text
    with app.test_request_context():
        query = tell(way=way, came="lab-strict")
    page = browser.get(f"/lab/schemes?{query}")
    assert [cell["data-agrees"] for cell in page.select("td[data-verdict]")].count("no") == len(sent) + 1
    assert page.select("main .notice")


@pytest.mark.parametrize(
    ("engine", "home", "outcome"),
    [("chromium", "http://localhost:8000", "works"), ("webkitgtk", "http://localhost:8000", "fails")]
    + [(engine, "http://crumb.example", "fails") for engine in ENGINES if engine != "safari"],
)
def test_http_leaves_secure_cookies_alone(engine, home, outcome):
    """Only where http counts as secure, on this very machine, does it get its line through."""
    fate = schemes.predict_replacement(engine, schemes.origins(home), NOW)
    assert fate.outcome == outcome
    assert [step.rule.key for step in fate.reasons] == ["replaced" if outcome == "works" else "overwrite-secure"]


def test_what_nobody_knows_of_a_replacement():
    """No published test tells whether Safari leaves Secure cookies alone."""
    fate = schemes.predict_replacement("safari", schemes.origins("http://crumb.example"), NOW)
    assert (fate.outcome, fate.reasons) == ("unknown", [])


def test_the_replacement_is_tried_from_http_alone(app):
    """The button is there when https has set the cookie; what comes back tells whether http has covered it."""
    browser = visitor(app, "chromium")
    assert not browser.get("/lab/schemes").select("#replace")
    browser.submit("#begin")
    assert not browser.page.select("#replace")
    for line in schemes.lines("https", clock.now()):
        browser.agent.receive("https://localhost:8443/lab/schemes/begin", line, now=clock.now())
    browser.get("/lab/schemes")
    page = browser.submit("#replace")
    (line,) = page.before[0].set_cookie
    assert line.startswith("lab-none=http-1") and line.endswith("; Path=/lab/schemes")
    card = page.one("#replaced ~ .card")
    assert (card["data-verdict"], card["data-agrees"]) == ("works", "yes")
    page = browser.get(page.url, headers={"Cookie": "lab-none=https-1700000000"})
    assert (page.one("#replaced ~ .card")["data-agrees"]) == "no"
    assert Browser(app).post("/lab/schemes/replace", {}).status == 422


@pytest.mark.parametrize(("way", "method"), [("link", "POST"), ("post", "GET"), ("image", "GET"), ("%00", "GET")])
def test_no_other_way_leads_there(app, way, method):
    """A way that the page does not have is not found."""
    answer = app.test_client().open(f"/lab/schemes/arrive/{way}", method=method, base_url="http://localhost:8000")
    assert answer.status_code == 404


@pytest.mark.parametrize("value", ["", "http", "ftp-1", "https-99999999999", "http-1; lab-lax=https-<b>", "\xff"])
def test_odd_values_are_no_beginning(app, value):
    """Whatever stands in cookies and address, the page comes, and repeats nothing of it as HTML."""
    with app.test_request_context():
        query = tell(way="link", came=f"crumble.lab-lax.{value}", said="")
    page = Browser(app).get(f"/lab/schemes?{query}", headers={"Cookie": f"lab-unset={value}; lab-none=crumble"})
    assert page.status == 200
    assert bool(page.select("td[data-verdict]")) == value.startswith("http-1")
    assert "crumble" not in page.one("main").text


def test_without_its_token_the_form_comes_back(app):
    """A form without its token sets nothing, and says so."""
    page = Browser(app).post("/lab/schemes/begin", {})
    assert page.status == 422 and page.select("[data-once-more]") and not {*page.cookies_set} & ALL
