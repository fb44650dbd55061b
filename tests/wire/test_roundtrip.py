"""The round-trip verdict: what the next requests show of a Set-Cookie line, beside what the model expected."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browsing import Browser
from tests.lessons.playing import SAFARI
from webapp import clock
from webapp.useragent import ENGINES, RULES, Step
from webapp.wire.record.exchange import Exchange, SetCookie
from webapp.wire.record.masking import MASK
from webapp.wire.show.roundtrip import judge, said

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "https://example.org"


def line(name="taste", value="oat", **attributes: str) -> SetCookie:
    """Return a line with these attributes, underscores for hyphens, and Path=/ where none is given."""
    given = {"Path": "/", **{name.replace("_", "-"): value for name, value in attributes.items()}}
    attributes = [f"{name}={value}" if value else name for name, value in given.items()]
    return SetCookie("; ".join([f"{name}={value}", *attributes]), None)


def exchange(after=0, path="/", sent=(), written=(), **fields) -> Exchange:
    """Return an exchange so many seconds after the first."""
    at = NOW + timedelta(seconds=after)
    return Exchange(at, "GET", path, 200, "", list(sent), list(written), [], **{"engine": "chromium", **fields})


def verdict(written: SetCookie, *later: Exchange, origin=HOME, **first):
    """Return the verdict on a line by the exchanges that came later."""
    return judge(written, exchange(written=[written], **first), later, origin)


def keys(trip) -> list[str]:
    """Return the rules that the model names."""
    return [step.rule.key for step in trip.rules]


def test_nothing_came_yet():
    """Without a later request the verdict waits, and the model says what it expects."""
    trip = verdict(line())
    assert (trip.verdict, trip.expected, trip.witness) == ("waiting", "stored", None)
    trip = verdict(line(Secure=""), origin="http://example.org")
    assert (trip.verdict, trip.expected, keys(trip)) == ("waiting", "refused", ["secure-from-insecure"])


def test_it_came_back():
    """The value comes back with the next request: stored, as expected."""
    trip = verdict(line(), exchange(1, sent=[("taste", "oat")]))
    assert (trip.verdict, trip.agrees, trip.witness, keys(trip)) == ("stored", True, 0, ["stored", "sent"])


def test_it_did_not_come_back():
    """The model expected it, and the browser sent nothing of that name: refused, a difference."""
    trip = verdict(line(), exchange(1))
    assert (trip.verdict, trip.expected, trip.agrees) == ("refused", "stored", False)


def test_the_old_value_stayed():
    """The browser went on sending what it had: the line was refused, against the model."""
    trip = verdict(line(), exchange(1, sent=[("taste", "rye")]), sent=[("taste", "rye")])
    assert (trip.verdict, trip.came, trip.agrees) == ("refused", "old", False)


def test_another_value():
    """A value that is neither the new nor the old one is no round trip of this line, and no agreement."""
    trip = verdict(line(), exchange(1, sent=[("taste", "spelt")]))
    assert (trip.verdict, trip.came, trip.agrees) == ("not-sent", "other", False)


def test_refused_as_the_model_says():
    """A Secure cookie over plain http is refused, and the rule has its section."""
    trip = verdict(line(Secure=""), exchange(1), origin="http://example.org")
    assert (trip.verdict, trip.agrees, keys(trip)) == ("refused", True, ["secure-from-insecure"])
    assert trip.rules[0].rule.section == "5.7 step 13"


@pytest.mark.parametrize(("engine", "expected"), [("chromium", "stored"), ("firefox", "stored"), ("safari", "refused")])
def test_each_engine_is_judged_by_its_own_rules(engine, expected):
    """Chromium and Firefox trust localhost with a Secure cookie, Safari does not."""
    later = exchange(1, sent=[("taste", "oat")] if expected == "stored" else [], engine=engine)
    trip = verdict(line(Secure=""), later, origin="http://localhost:8000", engine=engine)
    assert (trip.verdict, trip.expected, trip.agrees, trip.engine) == (expected, expected, True, engine)


@pytest.mark.parametrize(
    ("expires", "expected", "then"),
    [("Fri, 27 Jul 2001 00:00:00 GMT", "deleted", "deleted"), ("1 1 99", "unknown", "refused")],
)
def test_what_nobody_knows_is_not_predicted(expires, expected, then):
    """Which odd dates Safari reads no test tells: nothing is expected of such a line, but of the usual form."""
    for later, found in ((), "waiting"), ((exchange(1, engine="safari"),), then):
        trip = verdict(line(Expires=expires), *later, engine="safari")
        assert (trip.verdict, trip.expected) == (found, expected)


def test_a_path_holds_it_back():
    """Elsewhere it is not sent; below its path the request decides, even when it comes later."""
    elsewhere = exchange(1, path="/shop/")
    trip = verdict(line(Path="/lab"), elsewhere)
    assert (trip.verdict, trip.agrees, keys(trip)) == ("not-sent", True, ["not-on-path"])
    trip = verdict(line(Path="/lab"), elsewhere, exchange(2, path="/lab/x?y", sent=[("taste", "oat")]))
    assert (trip.verdict, trip.agrees, trip.witness) == ("stored", True, 1)
    trip = verdict(line(Path="/lab", Secure=""), elsewhere, origin="http://example.org")
    assert trip.verdict == "waiting", "its absence elsewhere shows nothing of a line that was to be refused"


def test_a_request_from_another_site():
    """A link on another site opens the page without a Strict cookie."""
    trip = verdict(line(SameSite="Strict"), exchange(1, cross_site=True))
    assert (trip.verdict, trip.agrees, keys(trip)) == ("not-sent", True, ["strict-cross-site"])


def test_its_time_was_over():
    """A cookie of a minute is not sent after two."""
    trip = verdict(line(Max_Age="60"), exchange(120))
    assert (trip.verdict, trip.agrees, keys(trip)) == ("not-sent", True, ["ended"])


def test_deleted():
    """A deletion is judged by the first request below its path: the name is gone, or is still there."""
    gone = line(value="", Max_Age="0")
    trip = verdict(gone, exchange(1), sent=[("taste", "oat")])
    assert (trip.verdict, trip.agrees, keys(trip)) == ("deleted", True, ["deleted"])
    trip = verdict(gone, exchange(1, sent=[("taste", "oat")]), sent=[("taste", "oat")])
    assert (trip.verdict, trip.agrees) == ("refused", False)
    trip = verdict(gone, exchange(1))
    assert (trip.verdict, keys(trip)) == ("deleted", ["nothing-to-delete"])
    assert verdict(line(value="", Path="/lab", Max_Age="0"), exchange(1)).verdict == "waiting"


def test_a_request_that_was_under_way():
    """A request sent before the response arrived lacks the cookie; one that has it counts more."""
    trip = verdict(line(), exchange(1), exchange(2, sent=[("taste", "oat")]))
    assert (trip.verdict, trip.witness) == ("stored", 1)
    gone = line(value="", Max_Age="0")
    trip = verdict(gone, exchange(1, sent=[("taste", "oat")]), exchange(2), sent=[("taste", "oat")])
    assert (trip.verdict, trip.witness) == ("deleted", 1)


def test_a_later_line_of_the_name_ends_the_round_trip():
    """What comes after another line of that name shows nothing about this one."""
    later = exchange(1, written=[line(value="rye")]), exchange(2, sent=[("taste", "oat")])
    assert verdict(line(), *later).verdict == "refused"


def test_masked_values():
    """Of a credential only what shows is compared, and the verdict says that something is hidden."""
    secret = line(value=f"payload.{MASK}")
    trip = verdict(secret, exchange(1, sent=[("taste", secret.value)]))
    assert (trip.verdict, trip.hidden) == ("stored", True)
    assert not verdict(line()).hidden


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_takes_masked_lines(engine):
    """The mask is no octet, and no engine stumbles over it."""
    trip = verdict(
        line(value=MASK, Max_Age="60", Expires="never", SameSite="Odd", Path="odd"), exchange(1), engine=engine
    )
    assert all(said(step) for step in trip.steps)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_every_rule_can_be_said(app, rule):
    """Each sentence of the model is shown with its values, times as people write them."""
    values = dict.fromkeys(("name", "value", "text", "path", "asked", "host", "domain", "site", "attribute"), "50%")
    with app.test_request_context():
        text = said(Step(rule, "note", {**values, "size": 1, "most": 1, "days": 2, "count": 3, "expires": NOW}))
    assert text
    assert "%(" not in text
    assert "+00:00" not in text


def last(browser: Browser, name: str):
    """Open the page of the last exchange of that name."""
    page = browser.get("/wire")
    return browser.get(page.select(f'main [data-exchange="{name}"] h3 a')[-1]["href"])


def test_the_page_shows_the_verdict(browser):
    """Each line has its verdict, the request that showed it, and the model's rule with its section."""
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    page = last(browser, "POST /preferences")
    trip = page.one("[data-set=theme] [data-verdict]")
    assert trip["data-verdict"] == trip["data-expected"] == "stored"
    assert trip.select_one("[data-agrees]")["data-agrees"] == "yes"
    assert "It came back" in trip.get_text()
    assert "It is stored." in trip.get_text() or "The cookie is stored." in trip.get_text()
    assert "RFC 6265bis, 5.8.3" in trip.get_text()
    assert trip.select_one("p a").get_text() == "GET /?cookies=set"
    assert len(page.select("[data-verdict]")) == len(page.select("main [data-set], main [data-deleted]"))


def test_this_very_page_is_a_witness(browser):
    """The request for the page itself shows the round trip of the last response."""
    browser.get("/login")
    page = last(browser, "GET /login")
    assert {tag["data-verdict"] for tag in page.select("[data-set] [data-verdict]")} == {"stored"}
    assert "masked" in page.one("[data-set=wire] [data-verdict]").get_text()
    assert "GET /wire" in page.one("[data-set=wire] [data-verdict]").get_text()


def test_a_browser_that_refuses_is_shown_as_one(browser):
    """Where the browser kept nothing although the model expected it, the page says so and asks why."""
    browser.get("/preferences")
    browser.submit("main form", theme="dark")
    keep = browser.agent.cookies
    browser.agent.receive(browser.home, "theme=; Path=/; Max-Age=0", now=clock.now())
    assert len(browser.agent.cookies) == len(keep) - 1
    browser.get("/preferences")
    browser.submit("main form", theme="light", follow=False)
    browser.agent.receive(browser.home, "theme=; Path=/; Max-Age=0", now=clock.now())
    trip = last(browser, "POST /preferences").one("[data-set=theme] [data-verdict]")
    assert trip["data-verdict"] == "refused"
    assert trip.select_one("[data-agrees]")["data-agrees"] == "no"
    assert "Are cookies blocked" in trip.get_text()


@pytest.mark.parametrize(("expires", "agrees"), [("1 1 99", "unknown"), ("Fri, 27 Jul 2001 00:00:00 GMT", "yes")])
def test_what_nobody_knows_is_said_on_the_page(app, expires, agrees):
    """Of such a line the page expects nothing, shows no steps, and says that the visitor's own browser knows better."""
    browser = Browser(app, engine="safari", **{"User-Agent": SAFARI})
    browser.get("/lab/send")
    browser.submit("#lab", lines=f"lab-odd=1; Path=/lab; Expires={expires}")
    browser.get("/lab/send")
    trip = last(browser, "POST /lab/send").one("[data-set=lab-odd] [data-verdict]")
    assert trip.select_one("[data-agrees]")["data-agrees"] == agrees
    told = trip.select("[data-knows-better]")
    assert ["Your Safari knows better" in tag.get_text() for tag in told] == [True] * (agrees == "unknown")
    assert len(trip.select(".origin")) == (agrees == "yes")


def test_a_deletion_on_the_page(browser):
    """A cookie that was taken back is gone with the next request."""
    for language in ("de", ""):
        browser.get("/preferences")
        browser.submit("main form", language=language)
    trip = last(browser, "POST /preferences").one("[data-deleted=language] [data-verdict]")
    assert (trip["data-verdict"], trip["data-expected"]) == ("deleted", "deleted")
    assert "It is gone" in trip.get_text()
