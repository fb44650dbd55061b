"""What is recorded has a bounded size, and still tells the truth."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.browsing import Browser
from webapp import clock
from webapp.lab.presets import PRESETS
from webapp.useragent import ENGINES
from webapp.wire.record import store
from webapp.wire.record.exchange import Exchange, SetCookie, lengthen, shorten
from webapp.wire.show.roundtrip import judge

ORIGIN = "http://localhost:8000"
TOKEN = "wire=0123456789abcdefghijkl"
ODD = "\xff\x01" * 200
LARGEST = 32 * 1024
FLOODS = {
    "one": f"{TOKEN}; theme={'x' * 32_000}",
    "many": f"{TOKEN}; " + "; ".join(f"a{number}=1" for number in range(3400)),
    "long names": f"{TOKEN}; " + "; ".join(f"{'n' * 1500}{number}=" for number in range(20)),
    "odd octets": f"{TOKEN}; " + "; ".join(f"a{number}={ODD}" for number in range(75)),
    "ours": f"{TOKEN}; " + "; ".join(f"recent_shop.{number}{'n' * 400}=x" for number in range(75)),
}


def exchange(**parts) -> Exchange:
    """Return an exchange of these parts."""
    usual = {"at": clock.now(), "method": "GET", "path": "/", "status": 200, "location": "", "sent": []}
    return Exchange(**usual | {"written": [], "withheld": []} | parts)


def test_long_values_are_cut(app):
    """Of a value 512 octets are recorded, of an address 2048, and how many more there were: the page says so."""
    browser = Browser(app)
    browser.get("/shop/search?q=" + "q" * 3000, headers={"Cookie": f"{TOKEN}; long={'v' * 513}; short={'v' * 512}"})
    with app.app_context():
        [kept] = store.latest(store.visitor_of(TOKEN.removeprefix("wire=")), 5)
    assert dict(kept.sent)["short"] == "v" * 512 and dict(kept.sent)["long"] == "v" * 512 + "…+1"
    assert kept.path == ("/shop/search?q=" + "q" * 3000)[:2048] + f"…+{3000 + 15 - 2048}"
    page = browser.get("/wire", headers={"Cookie": TOKEN})
    assert "…+" in page.one("[data-cut]").get_text()
    browser.get("/shop/", headers={"Cookie": TOKEN})
    assert not browser.get("/wire", headers={"Cookie": TOKEN}).select("[data-cut]")


@pytest.mark.parametrize("flood", FLOODS)
def test_a_record_has_a_bounded_size(app, flood):
    """Whatever a program sends, a record holds 40 KB at most."""
    assert LARGEST - 3500 < len(FLOODS[flood]) <= LARGEST
    Browser(app).get("/" + "p" * 60_000, headers={"Cookie": FLOODS[flood]})
    with app.app_context():
        [kept] = store.latest(store.visitor_of(TOKEN.removeprefix("wire=")), 5)
    assert len(json.dumps(kept.to_json())) < 40 * 1024


def test_no_cookie_of_a_browser_is_missing(app):
    """Of 180 cookies of 100 octets, as many as Chromium keeps, each is recorded, and what was read of them."""
    header = "; ".join([TOKEN, "theme=dark", *(f"cookie-{number:03}={'v' * 100}" for number in range(178))])
    Browser(app).get("/shop/", headers={"Cookie": header})
    with app.app_context():
        [kept] = store.latest(store.visitor_of(TOKEN.removeprefix("wire=")), 5)
    assert "; ".join("=".join(pair) for pair in kept.sent[1:]) == header.partition("; ")[2]
    assert "theme" in kept.read


@pytest.mark.parametrize("engine", ENGINES)
def test_a_verdict_knows_how_long_a_line_was(engine):
    """The model judges a line that was recorded in part as it judges the whole: limits count what crossed the wire."""
    words = set()
    for text in (line for preset in PRESETS.values() for line in preset.lines):
        sent = exchange(path="/lab/send", method="POST", engine=engine, written=[SetCookie(text, None)])
        value = sent.written[0].value
        for pairs in ([], [(sent.written[0].name, value)]):
            after = exchange(at=sent.at + timedelta(seconds=1), path="/lab/result", engine=engine, sent=pairs)
            whole = judge(sent.written[0], sent, [after], ORIGIN)
            part = judge(sent.shortened().written[0], sent.shortened(), [after.shortened()], ORIGIN)
            assert replace(part, steps=()) == replace(whole, steps=()), text
            words.add((part.verdict, part.expected, len(value) > 512))
    assert {("refused", "refused", True), ("stored", "stored", True), ("stored", "stored", False)} <= words


def test_a_long_address_still_leads_on():
    """A redirect is known by what is recorded of its address, also where that is not all of it."""
    for escaped in ("", "%C3%B6" * 400):
        long = "/shop/search?q=" + escaped + "x" * 3000
        redirect = exchange(status=303, location=long + "#found").shortened()
        assert redirect.leads_to(exchange(path=long)) and redirect.leads_to(exchange(path=long).shortened())
        assert not redirect.leads_to(exchange(path=long + "x")) and not redirect.leads_to(exchange(path="/" + long))


def test_as_long_as_before():
    """What was cut gets its length back, and is cut only once."""
    for length in (0, 511, 512, 513, 5000):
        text = "y" * length
        assert len(lengthen(shorten(text))) == length and shorten(shorten(text)) == shorten(text)
        assert shorten(text) == text or len(shorten(text)) <= 512 + 6
