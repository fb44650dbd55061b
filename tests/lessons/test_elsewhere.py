"""The course at an address that is not this machine's, over plain http: what can't be done there says so."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.lessons.playing import CHROMIUM, LESSONS, begin, bring, play, start
from webapp import clock
from webapp.address import ROLES
from webapp.lessons.lesson import CHALLENGE

LOCAL = {"crumb": "crumb.local", **{role: f"{role}.local" for role in ROLES if role != "guest"}}
PLACES = {"http://class.test:8000": set(), "http://crumb.local:8000": set(ROLES) - {"guest"}}

# In every run each lesson is at one of these, every other at the same.
REST = pytest.mark.whole("at each of these addresses are other lessons in every run")
PLAYED = [
    pytest.param(home, key, marks=() if (place + number) % 2 == 0 else REST)
    for place, home in enumerate(PLACES)
    for number, key in enumerate(LESSONS)
]


@pytest.fixture
def app(make_app):
    """The app as a class on a network finds it."""
    return make_app(URL="http://localhost:8000", TRUSTED_HOSTS="class.test", LOCAL_NAMES=LOCAL)


def steps_of(key):
    """Return the steps of a lesson and its challenge, by number."""
    found = dict(enumerate(LESSONS[key].steps, 1))
    return found | ({CHALLENGE: LESSONS[key].challenge} if LESSONS[key].challenge else {})


def is_done(app, home, key, number, step):
    """Tell whether the acts of a step do it there; that the bar does not judge it counts for nothing."""
    browser = start(app, home=home)
    begin(browser, key, number)
    if browser.page.select('.lesson [data-missing="logged_in"], .lesson [data-missing="remembered"]'):
        browser.follow(".lesson [data-missing] a")
        browser.submit('form[data-demo="mira"]', button="y" if "remembered" in step.needs else None)
    if browser.page.select('.lesson [data-missing="own"]'):
        browser.submit(".lesson form[data-draw]", button="y")
    try:
        return play(browser, step.acts)[-1] == "done"
    except (AssertionError, IndexError, KeyError):
        return False


@pytest.mark.parametrize(("home", "key"), PLAYED)
def test_a_step_needs_what_it_can_not_be_done_without(drill, app, home, key, monkeypatch):
    """Played by the model at a name on the network, just those steps are not done that say what is missing there."""
    monkeypatch.setattr("webapp.lessons.path.is_out_of_reach", lambda step: False)
    for number, step in steps_of(key).items():
        lacks = "secure" in step.needs or not set(step.hosts) <= PLACES[home]
        assert is_done(app, home, key, number, step) is not lacks, f"step {number}: {step.do}"


@pytest.mark.parametrize(("home", "key"), PLAYED)
def test_what_can_not_be_done_is_said_and_shown(drill, app, home, key):
    """Such a step asks nothing, judges nothing, leads nowhere but on and to a better address, and shows a recording."""
    browser = start(app, home=home)
    for number, step in steps_of(key).items():
        begin(browser, key, number)
        bar = browser.page.one(".lesson")
        lacks = {"secure"} & set(step.needs) | ({"hosts"} if set(step.hosts) - PLACES[home] else set())
        assert {tag["data-missing"] for tag in bar.select(".lesson-now [data-missing]")} & {"secure", "hosts"} == lacks
        assert bool(bar.select("[data-recorded] li")) == bool(lacks)
        if lacks:
            assert bar["data-state"] == "waiting" and not bar.select(".lesson-question, .lesson-do b + a")
            assert bar.select('a[href="/join"]') and not bar.select("[name=answer]")


@pytest.mark.parametrize("key", ["locks", "forged"])
def test_a_lesson_can_be_finished_where_steps_are_only_shown(app, key):
    """Done and shown together finish it: the course, its end and the certificate state how many of each, no more."""
    browser, steps = start(app, home="http://class.test:8000"), LESSONS[key].steps
    shown = [number for number, step in enumerate(steps, 1) if {"secure", "hosts"} & set(step.needs)]
    assert 0 < len(shown) < len(steps)
    for number, step in enumerate(steps, 1):
        begin(browser, key, number)
        if number not in shown:
            bring(browser)
            assert play(browser, step.acts)[-1] == "done"
    browser.submit(".lesson-moves form:has([data-key=next])")
    states = f"{len(steps) - len(shown)} of {len(steps)} steps done · {len(shown)} shown"
    assert browser.page.url.endswith(f"/learn/{key}/end") and states in browser.page.text
    assert len(browser.page.select("dd [data-shown]")) == len([n for n in shown if steps[n - 1].question])
    page = browser.get("/learn/certificate")
    assert page.one(f"[data-certified={key}]").get_text().endswith(states)
    page = browser.get("/learn")
    assert page.select("section")[0].select(f"[data-lesson={key}]") and states in page.text
    assert {tag["data-state"] for tag in browser.get(f"/learn/{key}").select("[data-step]")} == {"done", "shown"}
    link = browser.get("/learn").one("main a[href*='/carry/']")["href"]
    other = start(app)
    assert states in other.get(link).text
    other.submit("main form")
    assert states in other.page.text
    begin(other, key, shown[-1])
    bring(other)
    play(other, steps[shown[-1] - 1].acts)
    assert f"{len(steps) - len(shown) + 1} of {len(steps)} steps done" in other.get("/learn/certificate").text


@pytest.mark.parametrize("home", PLACES)
def test_no_page_leads_to_another_machine(app, home):
    """Nothing on a page of the benches, of their parties or of a lesson leads to localhost, frames or redirects."""
    browser, seen = start(app, home=home), set()
    for bench in ("/lab/cross", "/lab/fixation"):
        browser.get(bench)
        if browser.page.select("#begin"):
            browser.submit("#begin")
    waiting = [f"{home}{path}" for path in ("/", "/lab", "/lab/cross", "/lab/fixation", "/lab/browser", "/lab/stolen")]
    waiting += [f"{home}/lab/{path}" for path in ("schemes", "scripts", "time-machine", "trust", "why", "send")]
    waiting += [f"http://{LOCAL[role]}:8000/lab/away" for role in PLACES[home] & {"crowd"}]  # where lessons lead to
    hosts = {urlsplit(home).hostname} | {LOCAL[role] for role in PLACES[home]}
    while waiting:
        url = waiting.pop()
        place = urlsplit(url)
        if (kind := (place.netloc, place.path)) in seen:
            continue
        seen.add(kind)
        answer = app.test_client(use_cookies=False).get(
            url, headers={"Cookie": browser.agent.cookie_header(url, now=clock.now()), "User-Agent": CHROMIUM}
        )
        policy = answer.headers.get("Content-Security-Policy", "")
        page = BeautifulSoup(answer.data, "html.parser")
        told = [tag.get("href") or tag.get("src") or tag.get("action") for tag in page.select("[href],[src],[action]")]
        told += [answer.location or "", *re.findall("https?://[^ ;]+", policy)]
        for address in (urljoin(url, text) for text in told if text):
            host = urlsplit(address).hostname
            assert host not in ("localhost", "127.0.0.1") and not (host or "").endswith(".localhost"), (
                f"{url}: {address}"
            )
            if host in hosts and (f"{home}/lab" in address or home not in address) and "/static/" not in address:
                waiting.append(address)
    assert {host.partition(":")[0] for host, _ in seen} == hosts
