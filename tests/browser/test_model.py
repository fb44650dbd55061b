"""The user agent model against Chromium and Firefox, live: the same lines, the same requests, the same outcome."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.browsers import Browser
from tests.browser.chromium import Chromium
from tests.browser.firefox import Firefox
from tests.browser.model_cases import CASES
from tests.browser.model_world import Step, World, world
from tests.serving import wait_until
from tests.useragent.recorded import DIFFERENCES, FOLDER, agrees
from webapp.useragent import ThirdParty, UserAgent

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")
pytestmark = pytest.mark.whole("tests/useragent holds the model against what these browsers did")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ALL_CASES = json.loads((FOLDER / "chromium-verdicts.json").read_text(encoding="ascii"))["cases"] + CASES
GROUPS = list(dict.fromkeys(case["group"] for case in ALL_CASES))


@dataclass
class Stage:
    """A real browser in the world of tests, and what of the model ought to do as it does."""

    engine: str
    third_party: ThirdParty | None  # the visitor's choice
    browser: Browser
    world: World

    def agent(self) -> UserAgent:
        """Return the model, without cookies."""
        return UserAgent(self.engine, third_party=self.third_party)

    def compare(self, steps: list[Step]) -> tuple[list[str], list[str]]:
        """Visit the addresses with a browser and a model that have no cookies; return the Cookie headers of both."""
        self.browser.forget()
        agent = self.agent()
        return self.world.visit(self.browser, steps), follow(agent, steps)


def follow(agent: UserAgent, steps: list[Step], **circumstances) -> list[str]:
    """Let the model visit the addresses and return its Cookie headers; each line comes a little later."""
    now, headers = datetime.now(UTC), []
    for step in steps:
        now += timedelta(milliseconds=10)
        headers.append(agent.cookie_header(step.url, now=now, **circumstances))
        for line in step.lines:
            now += timedelta(microseconds=1)
            agent.receive(step.url, line, now=now, **circumstances)
    return headers


# Engine, and what its visitor has chosen to do with third-party cookies.
PLAIN = [("chromium", ""), ("firefox", "")]


@pytest.fixture(scope="module", params=PLAIN, ids=" ".join)
def stage(request, tmp_path_factory):
    """One browser for the whole module, which asks nobody but the world."""
    engine, third_party = request.param
    folder = tmp_path_factory.mktemp("model")
    with world(folder) as running:
        profile = running.prepare(folder / "profile")
        if engine == "chromium":
            playwright = request.getfixturevalue("playwright")
            browser = Chromium("about:blank", profile, playwright, blocks_third_party=third_party == "blocked")
        else:
            browser = Firefox("about:blank", profile)
        try:
            yield Stage(engine, third_party or None, browser, running)
        finally:
            browser.close()


@pytest.mark.parametrize("group", GROUPS)
def test_the_model_does_as_the_browser(stage, group):
    """Headers, store and lifetimes are the same in every case, but for the named differences."""
    cases = [case for case in ALL_CASES if case["group"] == group]
    played = [stage.world.play(stage.browser, case) for case in cases]
    different = {case["id"] for case in played if not agrees(stage.engine, case, EPOCH)}
    assert different == DIFFERENCES[stage.engine].keys() & {case["id"] for case in cases}


def numbered(host: str, letter: str, count: int, attributes: str = "", length: int = 1) -> list[Step]:
    """Return steps that set cookies "a0", "a1" and so on, sixty with each answer."""
    lines = [f"{letter}{number}={'v' * length}{attributes}" for number in range(count)]
    return [Step(f"https://{host}:8443/", lines[start : start + 60]) for start in range(0, count, 60)]


# What is set on {} and its subdomains until the store has too many; afterwards all its pages are asked.
CROWDS = {
    "400 cookies": numbered("a.{}", "n", 400),
    "first Secure ones": [*numbered("a.{}", "s", 100, "; Secure"), *numbered("a.{}", "n", 100)],
    "Secure ones only": [*numbered("a.{}", "s", 200, "; Secure"), *numbered("a.{}", "n", 3)],
    "few that may go": [*numbered("a.{}", "n", 10), *numbered("a.{}", "s", 171, "; Secure")],
    "few, and a plain newcomer": [
        *numbered("a.{}", "n", 10),
        *numbered("a.{}", "s", 170, "; Secure"),
        *numbered("a.{}", "c", 1),
    ],
    "no room for plain ones": [*numbered("a.{}", "s", 180, "; Secure"), *numbered("a.{}", "n", 2)],
    "two hosts of a site": [*numbered("a.{}", "a", 100), *numbered("b.{}", "b", 100)],
    "host and domain": [*numbered("a.{}", "a", 100, "; Domain={}"), *numbered("a.{}", "b", 100)],
    "persistent ones first": [*numbered("a.{}", "p", 100, "; Max-Age=1000"), *numbered("a.{}", "n", 100)],
    "set again": [*numbered("a.{}", "n", 180), *numbered("a.{}", "n", 30), *numbered("a.{}", "c", 1)],
    "set again to another value": [
        *numbered("a.{}", "n", 180),
        *numbered("a.{}", "n", 30, length=2),
        *numbered("a.{}", "c", 1),
    ],
    "just sent": [
        *numbered("a.{}", "x", 40, "; Path=/x"),
        *numbered("a.{}", "y", 140, "; Path=/y"),
        Step("https://a.{}:8443/x"),
        *numbered("a.{}", "c", 1),
    ],
    "priorities": [
        *numbered("a.{}", "h", 40, "; Priority=High"),
        *numbered("a.{}", "n", 90),
        *numbered("a.{}", "l", 60, "; Priority=Low"),
    ],
    "priorities of Secure ones": [
        *numbered("a.{}", "h", 90, "; Priority=High; Secure"),
        *numbered("a.{}", "n", 60),
        *numbered("a.{}", "l", 35, "; Priority=Low; Secure"),
    ],
    "partition": [*numbered("a.{}", "n", 200, "; Secure; Partitioned"), *numbered("a.{}", "u", 100)],
    "partition of 12 000 bytes": numbered("a.{}", "p", 4, "; Secure; Partitioned", 3000),
    "partition of 15 000 bytes": numbered("a.{}", "p", 5, "; Secure; Partitioned", 3000),
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_the_same_cookies_are_evicted(stage, crowd):
    """When a site has too many cookies, those that go are the same; each crowd has a site of its own."""
    host = f"crowd{list(CROWDS).index(crowd)}.example"
    steps = [
        Step(step.url.replace("{}", host), [line.replace("{}", host) for line in step.lines]) for step in CROWDS[crowd]
    ]
    asked = [Step(f"https://a.{host}:8443/{path}") for path in ("", "x", "y")] + [Step(f"https://b.{host}:8443/")]
    came, expected = stage.compare([*steps, *asked])
    assert came == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n=v; Secure; Path=/login", "n=w; Path=/login"),
        ("n=v; Secure; Path=/login", "n=w; Path=/login/en"),
        ("n=v; Secure; Path=/login", "n=w; Path=/"),
        ("n=v; Secure; Path=/login", "n=w; Path=/loginx"),
        ("n=v; Path=/login", "n=w; Path=/login"),
        ("n=v; Secure; Path=/; Domain=example.org", "n=w"),
        ("n=v; Secure; Path=/", "n=w; Domain=example.org"),
        ("n=v; Secure; Path=/", "n=; Path=/; Max-Age=0"),
        ("n=v; Secure; Path=/; HttpOnly; SameSite=Strict", "n=w; Path=/login; SameSite=Lax"),
    ],
)
def test_secure_cookies_are_left_alone(stage, old, new):
    """What an insecure page may do beside a Secure cookie of the same name is the same."""
    site = "www.example.org"
    asked = [
        f"{origin}/{path}" for origin in (f"https://{site}:8443", f"http://{site}:8888") for path in ("login/en", "")
    ]
    came, expected = stage.compare(
        [Step(f"https://{site}:8443/login", [old]), Step(f"http://{site}:8888/login", [new]), *map(Step, asked)]
    )
    assert came == expected


PAGE = "https://page.example:8443/"
TARGET = "https://www.target.example:8443"
INSIDE = {"cross_site": True, "top_level": False, "top_level_site": PAGE}
LINES = [
    "unset=1; Path=/",
    "lax=1; Path=/; SameSite=Lax",
    "strict=1; Path=/; SameSite=Strict",
    "none=1; Path=/; SameSite=None; Secure",
    "apart=1; Path=/; SameSite=None; Secure; Partitioned",
    "laxapart=1; Path=/; SameSite=Lax; Secure; Partitioned",
]
# How another site's page asks: its HTML, what is clicked, and the circumstances of the request
WAYS = {
    "link": (f'<a href="{TARGET}/way">.</a>', "a", {"cross_site": True}),
    "GET form": (f'<form action="{TARGET}/way"><button>.</button></form>', "button", {"cross_site": True}),
    "POST form": (
        f'<form method="post" action="{TARGET}/way"><button>.</button></form>',
        "button",
        {"cross_site": True, "method": "POST"},
    ),
    "image": (f'<img alt="" src="{TARGET}/way">', "", INSIDE),
    "frame": (f'<iframe src="{TARGET}/way"></iframe>', "", INSIDE),
    "script": (f'<script src="{TARGET}/way"></script>', "", INSIDE),
    "fetch": (
        f'<script>fetch("{TARGET}/way", {{credentials: "include", mode: "no-cors"}})'
        '.finally(() => { document.title = "fetched" })</script>',
        "",
        INSIDE,
    ),
}


@pytest.mark.parametrize("stage", [*PLAIN, ("chromium", "blocked")], indirect=True, ids=" ".join)
@pytest.mark.parametrize("way", WAYS)
def test_the_same_is_sent_and_set_from_another_site(stage, way):
    """What goes with a request that another site's page causes, what its answer may set, and what goes later."""
    html, selector, circumstances = WAYS[way]
    agent = stage.agent()
    headers = []
    page = Step(PAGE, page=f'<!doctype html><link rel="icon" href="data:,"><title>.</title>{html}')
    way_url = f"{TARGET}/way" + ("?" if way == "GET form" else "")
    stage.browser.forget()
    first = Step(f"{TARGET}/set", LINES)
    headers += stage.world.visit(stage.browser, [first])
    expected = follow(agent, [first])
    for lines in ([], [line.replace("=1", "=2") for line in LINES], []):
        step = Step(way_url, lines)
        if selector:
            stage.world.visit(stage.browser, [page])
            stage.world.expect([step])
            stage.browser.press(selector)
        else:
            stage.world.expect([page, step])
            stage.browser.open(PAGE)
            if way == "fetch":  # a page is ready without waiting for it
                wait_until(lambda: stage.browser.run("() => document.title") == "fetched")
        headers.append(stage.world.came()[-1])
        expected += follow(agent, [step], **circumstances)
    last = Step(f"{TARGET}/get")
    headers += stage.world.visit(stage.browser, [last])
    expected += follow(agent, [last])
    delete_partitioned(stage)
    assert headers == expected


def test_another_site_in_between_makes_another_partition(stage):
    """A frame of A in a frame of B in a page of A is not sent what A has set with Partitioned by itself."""
    html = '<!doctype html><link rel="icon" href="data:,"><title>.</title>'
    line = "between=1; Path=/; SameSite=None; Secure; Partitioned"
    agent = stage.agent()
    stage.browser.forget()
    first = Step(f"{TARGET}/set", [line])
    headers = stage.world.visit(stage.browser, [first])
    expected = follow(agent, [first])
    inner, inside = (
        Step(f"{TARGET}/inner", [line.replace("=1", "=2", 1)]),
        {"top_level": False, "top_level_site": TARGET},
    )
    for between in (False, True, True):
        frame = f'<iframe src="{inner.url}"></iframe>'
        middle = [Step(PAGE, page=html + frame)] if between else []
        outer = Step(f"{TARGET}/outer", page=html + (f'<iframe src="{PAGE}"></iframe>' if between else frame))
        stage.world.expect([outer, *middle, inner])
        stage.browser.open(outer.url)
        came = stage.world.came()
        headers += [came[0], came[-1]]
        expected += follow(agent, [outer]) + follow(agent, [inner], cross_site=between, **inside)
    last = Step(f"{TARGET}/get")
    headers += stage.world.visit(stage.browser, [last])
    expected += follow(agent, [last])
    stage.world.visit(stage.browser, [Step(f"{TARGET}/set", [f"{line}; Max-Age=0"])])
    assert headers == expected
    assert headers == ["", "between=1", "between=1", "between=2", "", "between=2", "between=2", "between=2"]


def delete_partitioned(stage: Stage) -> None:
    """Delete what `forget` does not, since these tests share one target: as its own site, and inside the page."""
    lines = [f"{line}; Max-Age=0" for line in LINES]
    stage.world.visit(stage.browser, [Step(f"{TARGET}/set", lines)])
    stage.world.expect([Step(PAGE, page=f'<img alt="" src="{TARGET}/way">'), Step(f"{TARGET}/way", lines)])
    stage.browser.open(PAGE)
    stage.world.came()


SCRIPT_LINES = [
    "a=1",
    "b=1; HttpOnly",
    "c=1; Secure; Path=/",
    "held=2",
    "held=; Max-Age=0",
    "seen=2",
    "same=1",
    "gone=; Max-Age=0",
    "__Host-d=1; Secure; Path=/",
    "__Http-e=1; Secure",
    "__Secure-f=1",
    "g",
    "=h",
    "i=1; Max-Age=60",
    "j=1; SameSite=None",
    "k=1; Domain=script.example",
    "l=1; Domain=other.example",
    "m=\xe9",
]


def test_scripts_see_and_set_the_same(stage):
    """Lines written to document.cookie: what goes with the next request, and what its page can read."""
    url = "https://www.script.example:8443/docs/a"
    stage.browser.forget()
    agent = stage.agent()
    first = Step(url, ["held=1; HttpOnly", "seen=1", "same=1", "gone=1", "deep=1; Path=/docs/a/b"])
    stage.world.visit(stage.browser, [first])
    follow(agent, [first])
    now = datetime.now(UTC) + timedelta(seconds=1)
    for line in SCRIPT_LINES:
        octets = line.encode("utf-8").decode("latin-1")  # scripts write characters, the store has octets
        agent.receive(url, octets, now=now, http_api=False)
        stage.browser.run("line => { document.cookie = line }", line)
        now += timedelta(milliseconds=1)
    assert stage.world.visit(stage.browser, [Step(url)]) == [agent.cookie_header(url, now=now)]
    readable = stage.browser.run("() => document.cookie").encode("utf-8").decode("latin-1")
    expected = agent.cookie_header(url, now=now, http_api=False)
    # A process of Firefox orders what its own scripts wrote in its own way; the header above has the real order.
    assert sorted(readable.split("; ")) == sorted(expected.split("; "))
