"""The probes of your browser: the model plays each engine, and its run ends with its own column."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser, Page
from tests.examples import KEY
from tests.lab.test_lab import visitor
from webapp import clock
from webapp.lab.browser.code import Outcome, decode, encode
from webapp.lab.browser.probes import ANSWERS, CROWD_SIZE, PROBES, expected, of
from webapp.useragent import ENGINES, UserAgent

SITE, CROWD = "http://localhost:8000", "http://crowd.localhost:8000"
MEASURED = ("chromium", "firefox", "safari")
RECORDINGS = sorted((Path(__file__).parent / "recordings").glob("*.json"))
HOPS = 18  # browsers give up at 20


def travel(browser: Browser, method: str, url: str, came_from: str, top: str | None = None) -> Page:
    """Go where a page of `came_from` leads, as a browser does with other sites; `top` is the page around a picture."""
    before = []
    while True:
        far = not browser.agent.is_same_site(url, came_from)
        around = {"cross_site": far, "top_level": top is None, **({"top_level_site": top} if top else {})}
        headers = {**browser.headers, "Sec-Fetch-Site": "cross-site" if far else "same-origin"}
        if cookie := browser.agent.cookie_header(url, now=clock.now(), method=method, **around):
            headers["Cookie"] = cookie
        answer = browser.app.test_client(use_cookies=False).open(urldefrag(url)[0], method=method, headers=headers)
        lines = answer.headers.getlist("Set-Cookie")
        assert len(lines) < 90, f"{url}: {len(lines)} lines"
        assert sum(map(len, lines)) < 7000, f"{url}: {sum(map(len, lines))} octets"
        assert len(answer.headers.get("Location", "")) < 700
        for line in lines:
            browser.agent.receive(url, line, now=clock.now(), method=method, **around)
        if "Clear-Site-Data" in answer.headers:
            assert url.startswith(CROWD)
            browser.agent.clear_site_data(url)
        page = Page(url, answer.status_code, answer.headers, answer.data, lines, list(before))
        if not 300 <= page.status < 400:
            return page
        before.append(page)
        assert len(before) <= HOPS, f"{len(before)} redirects"
        url, method = urljoin(url, answer.headers["Location"]), "GET"


def over(browser: Browser) -> Page:
    """Begin a run; return the other host's page, its picture loaded."""
    start = urljoin(SITE, browser.get("/lab/browser").one("[data-run-now]")["href"])
    page = travel(browser, "GET", start, SITE)
    if page.select("[data-over]"):
        page = travel(browser, "GET", urljoin(SITE, page.one("[data-over]")["href"]), SITE)
    if page.url.startswith(CROWD):
        picture = travel(browser, "GET", page.one("main img")["src"], CROWD, top=CROWD)
        assert picture.headers["Content-Type"].startswith("image/svg+xml")
    return page


def whole(browser: Browser) -> Page:
    """Run all that one run does; return the table."""
    return travel(browser, "POST", over(browser).one("form")["action"], CROWD)


def verdicts(page: Page) -> dict[str, str]:
    """Return the answers of the run that a page shows."""
    return {row["data-probe"]: row["data-verdict"] for row in page.select("[data-probe]")}


@pytest.mark.parametrize(("engine", "choice"), [*((engine, None) for engine in MEASURED), ("chromium", "blocked")])
def test_a_run_ends_with_the_engines_own_column(app, engine, choice):
    """Each answer is the one predicted for it, all are given but the late one, and no cookie of the run is left."""
    browser = visitor(app, engine)
    browser.agent = UserAgent(engine, third_party=choice)
    page = whole(browser)
    assert urlsplit(page.url).path == "/lab/browser"
    answers, stayed = expected(engine, SITE, CROWD, choice)
    blocked = {row["data-probe"] for row in page.select("[data-probe]") if row.select("[data-otherwise]")}
    assert blocked == {"sent", "set"} and len(page.select("[data-third-party=blocked]")) == (choice == "blocked")
    found = verdicts(page)
    assert found.pop("late") == "unknown" and "unknown" not in found.values()
    assert {key: answer for key, answer in found.items() if answers[key] not in (answer, "unknown")} == {}
    said = page.one("[data-agreeing]")
    assert said["data-agreeing"] == said["data-compared"] and not page.select("[data-agrees=no]")
    assert page.one("[data-run]")["data-run"] == engine
    if stayed:
        assert str(stayed) in page.one("[data-probe=crowd] [data-own]").get_text()
    now = clock.now() + timedelta(minutes=1)
    browser.agent.sweep(now)
    assert {name for name in browser.cookies if "lab" in name or name not in ("wire", "visit")} == set()


def test_what_firefox_does_after_going_to_and_fro_is_named(app):
    """One difference has a known reason, and only in that engine."""
    for engine, named in (("firefox", 1), ("chromium", 0)):
        code = encode(Outcome(engine, {**expected(engine, SITE, CROWD)[0], "sent": "yes"}))
        assert len(visitor(app, engine).get(f"/lab/browser?r={code}").select("[data-difference]")) == named


@pytest.mark.parametrize("engine", MEASURED)
def test_the_late_answer_needs_two_minutes(app, monkeypatch, engine):
    """The form opens after two minutes; its answer is added to the others; one sent too early tells nothing."""
    browser = visitor(app, engine)
    done = whole(browser)
    page = travel(browser, "GET", urljoin(SITE, done.one("[data-late]")["href"]), SITE)
    wait = int(page.one("[data-waits]")["data-waits"])
    assert 120 <= wait <= 122 and int(page.headers["Refresh"]) == wait and not page.select("form")
    code, ticket = (parse_qs(urlsplit(page.url).query)[name][0] for name in "rt")
    early = travel(browser, "POST", f"{SITE}/lab/browser/arrive?t={ticket}&r={code}&late=1", CROWD)
    assert verdicts(early)["late"] == "unknown"
    later = clock.now() + timedelta(seconds=wait)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = travel(browser, "GET", page.url, CROWD)
    page = travel(browser, "POST", page.one("form")["action"], CROWD)
    assert verdicts(page) == {**verdicts(done), "late": expected(engine, SITE, CROWD)[0]["late"]}
    assert not page.select("[data-late]")


def test_the_log_in_survives_the_crowd(app):
    """The other host's 400 cookies push out none of the site's, and the visitor's own lab cookies elsewhere stay."""
    browser = visitor(app, "chromium")
    now = clock.now()
    for line in ("crumb_session=kept; Path=/", "lab-bench=1; Path=/lab/cross", "lab-mine=1; Path=/lab"):
        browser.agent.receive(SITE + "/", line, now=now)
    whole(browser)
    assert {"crumb_session", "lab-bench"} <= set(browser.cookies) and "lab-mine" not in browser.cookies


def test_reading_sets_nothing(app):
    """The page is passive, with and without a code; so is every step without the ticket of a run."""
    browser = visitor(app, "chromium")
    code = encode(Outcome("firefox", {"tab": "yes"}))
    for path in ("/lab/browser", f"/lab/browser?r={code}"):
        assert browser.get(path).set_cookie == []
    for step in ("run", "run?n=0", "run?n=1", "over", "pixel", "pixel?n=1", "back", "wait"):
        for made_up in ("", "x", "IiI.AAAA", "%C3%A9.%00"):
            path = f"/lab/browser/{step}{'&' if '?' in step else '?'}t={made_up}&r={code}"
            page = browser.get(path, follow=False)
            assert (page.status, page.set_cookie) == (302, []), step
    page = browser.post(f"/lab/browser/arrive?t=x&r={code}", follow=False, headers={"Sec-Fetch-Site": "cross-site"})
    assert (page.status, page.set_cookie) == (303, [])


def test_a_ticket_ends(app, monkeypatch):
    """After an hour the page gives out another one."""
    browser = visitor(app, "chromium")
    start = browser.get("/lab/browser").one("[data-run-now]")["href"]
    assert browser.get(start, follow=False).headers["Location"].startswith("/lab/browser/run?")
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert browser.get(start, follow=False).headers["Location"] == "/lab/browser"


def test_a_link_shows_a_run_to_anybody(app):
    """The address alone makes the table: another browser, without a cookie, sees the first one's answers and engine."""
    address = whole(visitor(app, "firefox")).url
    stranger = visitor(app, "safari")
    page = stranger.get(address)
    assert page.one("#link")["value"] == address and page.set_cookie == []
    assert page.one("[data-run]")["data-run"] == "firefox"
    assert verdicts(page)["nameless"] == "other"


def test_where_the_other_host_may_not_be_found_the_answers_are_safe(app):
    """A run in Safari stops here first, says which name its system has to know, and goes on by a button."""
    browser = visitor(app, "safari")
    start = urljoin(SITE, browser.get("/lab/browser").one("[data-run-now]")["href"])
    page = travel(browser, "GET", start, SITE)
    assert page.url.startswith(f"{SITE}/lab/browser?r=")
    found, here = verdicts(page), {probe.key for probe in of("here")}
    assert "unknown" not in {found[key] for key in here}
    assert page.one("[data-lost] code").get_text() == "127.0.0.1 crowd.localhost"
    assert not whole(browser).select("[data-lost], [data-over]")


@pytest.mark.parametrize("engine", MEASURED)
def test_answers_can_become_a_recording(app, engine):
    """The address of a run gives its answers as data, with the version; of Safari the page asks for them."""
    browser = visitor(app, engine)
    page = whole(browser)
    asked = page.select("[data-knows-better] a")
    assert len(asked) == (engine == "safari")
    code = parse_qs(urlsplit(page.url).query)["r"][0]
    told = browser.app.test_client().get(f"{SITE}/lab/browser/answers.json?r={code}").json
    assert not asked or asked[0]["href"].endswith(f"/answers.json?r={code}")
    version = {"chromium": "156.0", "firefox": "153.0", "safari": "26.1"}[engine]
    assert (told["engine"], told["version"], told["site"], told["crowd"]) == (engine, version, SITE, CROWD)
    assert told["answers"] == {key: answer for key, answer in verdicts(page).items() if answer != "unknown"}


@pytest.mark.parametrize("path", RECORDINGS, ids=[path.stem for path in RECORDINGS])
def test_the_model_agrees_with_recordings(path):
    """What a browser answered is what the model says of its engine, or what nobody knew: then it can be told now."""
    told = json.loads(path.read_text("ascii"))
    answers, stayed = expected(told["engine"], told["site"], told["crowd"])
    assert {key for key, answer in told["answers"].items() if answers.get(key) != answer} == set()
    assert stayed == told["stayed"]


def test_each_column_says_where_it_comes_from(app):
    """Measured here, or from published tests that nobody here has run; WebKitGTK is shown to its own visitors alone."""
    page = visitor(app, "chromium").get("/lab/browser")
    assert [tag["data-origin"] for tag in page.select("th .origin")] == ["measured", "measured", "tests"]
    assert "November 2026; nobody here has run it" in page.select("th .origin")[-1].get_text()
    page = visitor(app, "webkitgtk").get("/lab/browser")
    assert [tag["data-origin"] for tag in page.select("th .origin")] == ["measured"] * 3 + ["tests"]
    assert "version 2.50" in page.select("th .origin")[0].get_text()


def test_a_difference_is_marked(app):
    """Where the answers are not those of the engine that the browser says it is, the rows say so."""
    answers = {**expected("chromium", SITE, CROWD)[0], "tab": "yes", "late": "unknown"}
    page = visitor(app, "chromium").get(f"/lab/browser?r={encode(Outcome('chromium', answers, 152))}")
    assert [row["data-probe"] for row in page.select("[data-agrees=no]")] == ["tab"]
    assert int(page.one("[data-agreeing]")["data-agreeing"]) == len(PROBES) - 2
    page = visitor(app, "chromium").get(f"/lab/browser?r={encode(Outcome('spec', answers))}")
    assert not page.select("[data-agrees]") and not page.select("[data-agreeing]")


outcomes = st.builds(
    Outcome,
    st.sampled_from(list(ENGINES)),
    st.dictionaries(st.sampled_from(list(PROBES)), st.sampled_from(ANSWERS)),
    st.integers(0, CROWD_SIZE),
    st.tuples(st.integers(0, 1023), st.integers(0, 63)),
)


@given(outcomes)
def test_a_code_can_be_read_again(outcome):
    """What is written down is read again, in at most 24 letters that an address can hold."""
    code = encode(outcome)
    again = decode(code)
    assert (again.engine, again.stayed, again.version) == (outcome.engine, outcome.stayed, outcome.version)
    assert all(again[key] == outcome[key] for key in PROBES)
    assert len(code) <= 24 and code.replace("-", "").replace("_", "").isalnum()


@given(st.text(max_size=40) | st.from_regex("[A-Za-z0-9_-]{1,24}", fullmatch=True))
def test_a_code_has_one_form(text):
    """Any other text is no code: what can be read is just what would be written."""
    with suppress(ValueError):
        assert encode(decode(text)) == text


TRUE = encode(Outcome("chromium", {"tab": "yes"}))


@pytest.fixture
def ticket(app) -> str:
    """A ticket that the page gives out."""
    return visitor(app, "chromium").get("/lab/browser").one("[data-run-now]")["href"].partition("?t=")[2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.text(max_size=40) | st.integers(0, 15).map(lambda place: TRUE[:place] + "A" + TRUE[place + 1 :]),
    number=st.text("0123456789-+ex", max_size=6),
)
@example(code=TRUE, number="1")
def test_hostile_addresses_are_answered(app, ticket, code, number):
    """No address of a run, here or at the other host, makes an error; a made-up code is no page."""
    client = app.test_client(use_cookies=False)
    asked = {"r": code, "t": ticket, "n": number, "until": number, "lang": code}
    for page in ("", "answers.json"):
        status = client.get(f"/lab/browser/{page}".rstrip("/"), query_string={"r": code}).status_code
        assert status == (200 if _is_code(code) else 404)
    for step in ("run", "over", "pixel", "back", "wait"):
        assert client.get(f"/lab/browser/{step}", query_string=asked).status_code == 302
    for page in ("", "start", "fill", "empty", "seen", "wait"):
        answer = client.get(f"{CROWD}/{page}", query_string=asked, headers={"Cookie": "seen=x; c1=1; c1; =; ;"})
        assert answer.status_code in (200, 302)


def _is_code(text: str) -> bool:
    try:
        return bool(decode(text))
    except ValueError:
        return False


@pytest.mark.parametrize("path", ["", "start", "fill", "empty", "wait", "nothing"])
def test_the_other_host_has_no_page_of_the_site(app, path):
    """Without a run it leads to the site, sets nothing, and knows none of the site's pages."""
    answer = app.test_client(use_cookies=False).get(f"{CROWD}/{path}")
    assert answer.headers.getlist("Set-Cookie") == []
    if path == "nothing":
        assert answer.status_code == 404
    else:
        assert answer.headers["Location"] == f"{SITE}/lab/browser"
    for page in ("/login", "/lab", "/account"):
        assert app.test_client().get(CROWD + page).status_code == 404


@pytest.mark.parametrize("engine", MEASURED)
def test_without_another_host_the_run_is_short(make_app, engine):
    """An installation without one says so, and the run ends with the answers that need none."""
    site = "https://crumb.example"
    app = make_app(URL=site, SECRET_KEY=KEY, DEMO_ACCOUNTS=False)
    browser = visitor(app, engine)
    browser.home = site
    page = browser.get("/lab/browser")
    assert page.select(".notice") and not page.select("[data-late]")
    page = travel(browser, "GET", urljoin(site, page.one("[data-run-now]")["href"]), site)
    found, answers = verdicts(page), expected(engine, site, "https://crowd.example")[0]
    here = {probe.key for probe in of("here")}
    assert {key for key in here if found[key] != answers[key]} == {key for key in here if answers[key] == "unknown"}
    assert {answer for key, answer in found.items() if key not in here} == {"unknown"}
    assert not page.select("[data-agrees=no]")


def test_too_much_in_the_lab_stops_the_run(app):
    """Where cookies of the lab can't be cleared and fill it, the run goes to the lab instead of failing."""
    browser = visitor(app, "chromium")
    start = browser.get("/lab/browser").one("[data-run-now]")["href"]
    full = {"Cookie": f"lab-a={'x' * 3500}; lab-b={'x' * 2500}"}
    first = browser.get(start, follow=False, headers=full)
    second = browser.get(first.headers["Location"], follow=False, headers=full)
    assert second.headers["Location"] == "/lab/send"


def test_what_no_test_tells_is_not_known():
    """Of Safari a question without a fact has no answer, and one with a fact has; of measured engines each has one."""
    told = {"latin", "plus", "unread", "iso", "kept", "dot", "crowd", "cleared"}
    for engine, site, unknown in (
        ("safari", "http", told),
        ("safari", "https", told - {"cleared"} | {"host-domain"}),
        ("firefox", "http", set()),
        ("chromium", "http", set()),
    ):
        answers, stayed = expected(engine, f"{site}://localhost", f"{site}://crowd.localhost")
        assert {key for key, answer in answers.items() if answer == "unknown"} == unknown
        assert bool(stayed) == (engine != "safari")


def test_the_engines_differ():
    """Every engine is told from the others by several answers, and about half of the probes tell some apart."""
    columns = {engine: expected(engine, SITE, CROWD)[0] for engine in MEASURED}
    for one in MEASURED:
        for other in MEASURED:
            if one < other:
                differing = [key for key in PROBES if columns[one][key] != columns[other][key]]
                assert len(differing) >= 8, (one, other, differing)


def test_the_other_hosts_page_speaks_the_visitors_language(app):
    """The language goes over in the address, since its cookie stays with the site."""
    browser = visitor(app, "chromium")
    browser.agent.receive(SITE + "/", "language=de; Path=/", now=clock.now())
    assert over(browser).html["lang"] == "de"
    text = BeautifulSoup(over(visitor(app, "chromium")).body, "html.parser")
    assert text.html["lang"] == "en"
