"""What a script may do: each act's prediction, what the page makes of a report, and what it makes of none."""

import re
from pathlib import Path

import pytest

from tests.browsing import Browser, Page
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.lab.scripts.views import ACTS, LINES, LOCKED, OPEN, OWN, Act, predict
from webapp.sandbox import LONGEST_LINE
from webapp.useragent import ENGINES

ROOT = Path(__file__).resolve().parents[2]
HOME = "http://localhost:8000"
# What the script gets done where the browser takes a Secure cookie from this address, which Safari does not.
WORKS = {"set", "store-set", "store-delete"}


def begun(app, engine: str = "spec") -> Browser:
    """Return a browser that does as an engine does, with the two cookies set and the acts in front of it."""
    browser = visitor(app, engine)
    assert browser.get("/lab/scripts").set_cookie == []
    browser.submit("#begin")
    return browser


def tried(browser: Browser, act: Act, **reported: str) -> Page:
    """Let a script of the page do an act, as the model says, and go on with what it has to report."""
    engine, page, now = browser.agent.engine.name, f"{HOME}/lab/scripts", clock.now()
    if act.line:
        browser.agent.receive(page, act.line_in(engine), now=now, http_api=False)
    header = browser.agent.cookie_header(page, now=now, http_api=False)
    read = " ".join(pair.partition("=")[0] for pair in header.split("; "))
    before = browser.page.one(f"[data-act={act.key}] [name=before]")["value"]
    report = {"ran": "yes", "read": read, "before": before, **reported}
    return browser.get(f"/lab/scripts/after/{act.key}", query_string=report)


def verdict(page: Page) -> tuple[str, str, str]:
    """Return what happened, what the model expected, and whether they agree."""
    card = page.one(".card[data-agrees]")
    return card["data-verdict"], card["data-expected"], card["data-agrees"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_each_act_ends_as_predicted(app, act, engine):
    """What the next request brings is what the page expected of this engine; the two cookies are as in the lines."""
    browser = begun(app, engine)
    assert [line for line in browser.page.before[0].set_cookie if "lab-" in line] == list(LINES)
    page = tried(browser, act, guess="works")
    works = predict(act, engine, HOME, clock.now()).outcome
    assert verdict(page) == (works, works, "yes")
    assert page.one("[data-guess]")["data-guess"] == ("right" if works == "works" else "wrong")
    assert page.select("[data-engine]")[0]["data-engine"] == engine


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_the_model_says(act):
    """A script has its way with what is open; HttpOnly and the name prefix keep it out, in each engine.

    The engines measured differ in one act: Chromium's CookieStore ends the path with a slash.
    """
    for engine in ("spec", "firefox", "chromium"):
        works = act.key in WORKS and (act.key, engine) != ("store-delete", "chromium")
        assert predict(act, engine, HOME, clock.now()).outcome == ("works" if works else "fails"), engine


def test_the_reasons_are_the_rules_about_scripts():
    """Each act that fails names the rule that is against it."""
    rules = {key: [step.rule.key for step in predict(ACTS[key], "spec", HOME, clock.now()).reasons] for key in ACTS}
    assert rules["set-http-only"] == ["http-only-from-script"]
    assert rules["set-prefix"] == ["http-only-from-script", "http-prefix"]
    assert rules["replace"] == rules["delete"] == ["overwrite-http-only"]
    assert rules["read"] == rules["store-read"] == ["hidden-from-script"]
    assert rules["store-prefix"] == ["http-prefix"]


def test_what_is_shown_is_what_runs():
    """The page's script has each act's code, and no other act."""
    script = (ROOT / "static/js/scripts.js").read_text("utf-8")
    assert re.findall('^  "(.+)": \\(\\) => (.+),$', script, re.M) == [(act.key, act.runs) for act in ACTS.values()]


def test_acts_touch_lab_cookies_alone():
    """Whatever the script writes has a name of the lab's and the lab's path: this page's, or that of all its pages."""
    for act in ACTS.values():
        assert re.fullmatch("(__Http-)?lab-[a-z]+", act.name)
        for engine in ENGINES:
            assert not act.line or re.search("; Path=/lab/(scripts/?)?(;|$)", act.line_in(engine))


@pytest.mark.parametrize("act", ACTS)
def test_without_scripts_the_button_works(app, act):
    """The form goes by itself, and the page says kindly that no script ran, and what would have happened."""
    browser = begun(app)
    page = browser.submit(f"[data-act={act}]", button="fails")
    assert page.status == 200 and verdict(page)[::2] == ("no-script", "unknown")
    assert len(page.select("[data-engine]")) >= 3 and not page.select("[data-guess], [data-came]")


def test_without_a_cookie_store(app):
    """An old browser, or one on plain http, has none; the page says so. An error of another kind is shown."""
    page = tried(begun(app), ACTS["store-set"], ran="ReferenceError")
    assert verdict(page)[0] == "no-store" and "newer browser" in page.text
    page = tried(begun(app), ACTS["store-prefix"], ran="TypeError")
    assert verdict(page) == ("fails", "fails", "yes") and page.one("[data-error]").get_text() == "TypeError"


def test_nothing_is_said_before_the_cookies_are_there(app):
    """Whoever comes by a link is asked to set the cookies first."""
    page = Browser(app).get("/lab/scripts/after/delete?ran=yes")
    assert verdict(page)[::2] == ("not-begun", "unknown")
    assert page.select("#begin") and page.set_cookie == []
    assert not Browser(app).get("/lab/scripts").select("[data-act], main script")


def test_a_link_of_somebody_else_reports_nothing(app):
    """What a script saw is told in the address, and anybody can write one: it counts on the way from page to page."""
    browser = begun(app)
    before = browser.page.one("[data-act=read] [name=before]")["value"]
    browser.headers["Sec-Fetch-Site"] = "cross-site"
    page = browser.get("/lab/scripts/after/read", query_string={"ran": "SyntaxError", "before": before})
    assert verdict(page)[0] == "not-begun" and not page.select("[data-error]")


def test_what_was_there_before_tells_nothing(app):
    """After a cookie was made, its act waits until the cookies are set anew, and a page of before says why."""
    browser = begun(app)
    assert verdict(tried(browser, ACTS["set"]))[0] == "works"
    page = browser.get("/lab/scripts")
    assert not page.select("[data-act=set] button") and page.select("[data-act=read] button")
    before = page.one("[data-act=read] [name=before]")["value"]
    page = browser.get("/lab/scripts/after/set", query_string={"ran": "yes", "before": before})
    assert verdict(page)[::2] == ("unknown", "unknown")
    browser.submit("#begin")
    assert browser.page.select("[data-act=set] button")
    assert {cookie.name for cookie in browser.agent.cookies} & OWN == {OPEN, LOCKED}


def test_a_difference_is_shown(app):
    """A browser that does otherwise than the model of it says is told so."""
    browser = begun(app, "chromium")
    browser.agent.receive(f"{HOME}/lab/scripts", f"{LOCKED}=wheat; Path=/lab/scripts; HttpOnly", now=clock.now())
    page = tried(browser, ACTS["replace"])
    assert verdict(page) == ("works", "fails", "no")
    page = tried(begun(app), ACTS["read"], read=f"{OPEN} {LOCKED}")
    assert verdict(page) == ("works", "fails", "no")
    assert [tag["data-read"] for tag in page.select("main [data-read]")] == [OPEN, LOCKED]


@pytest.mark.parametrize(
    "odd", ["<b>x</b>Error", "x" * 5000, "\0", "%ff", "lab-open <b> session lab-open", "é\u202e", ""]
)
def test_an_odd_report_is_no_trouble(app, odd):
    """Whatever the query says, the page stands, and repeats nothing but names of its own."""
    browser = begun(app)
    for name in ("ran", "read", "before", "guess"):
        page = tried(browser, ACTS["read"], **{name: odd})
        main = page.one("main")
        assert page.status == 200 and not main.select(".card[data-agrees] p b b") and "<b>x" not in main.decode()
        assert {tag["data-read"] for tag in page.select("main [data-read]")} <= OWN
        browser.get("/lab/scripts")
    page = browser.get("/lab/scripts/after/read", headers={"Cookie": f"{OPEN}=<b>{'x' * 3000}; {LOCKED}=\xff"})
    assert page.status == 200


@pytest.mark.parametrize("key", ["", "eat", "%00", "SET"])
def test_an_unknown_act_is_not_found(app, key):
    """There are the acts of the list, and no other."""
    assert Browser(app).get(f"/lab/scripts/after/{key}").status == 404


def test_only_the_sites_own_form_begins(app):
    """Another site's form sets nothing; a browser that does not say where it comes from is asked once more."""
    page = visitor(app, "chromium").post("/lab/scripts/begin", headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status in (403, 422) and not [line for line in page.set_cookie if "lab-" in line]
    browser = Browser(app, silent=True)
    browser.get("/lab/scripts")
    assert browser.submit("#begin").status == 422
    assert browser.submit("[data-once-more]").status == 200 and browser.page.select("[data-act]")


def test_too_much_is_explained(app):
    """Where other lab cookies leave no room, the page says so instead of a server's error."""
    held = "; ".join(f"lab-{number}={'x' * 1000}" for number in range(7))
    assert len(held) < LONGEST_LINE
    page = visitor(app, "chromium").post("/lab/scripts/begin", headers={"Cookie": held})
    assert page.status == 422 and page.select(".problems")
