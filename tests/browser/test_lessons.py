"""Every lesson, played through in real browsers from a clean profile: no lesson may claim what they no longer do."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.acts import in_one_browser
from tests.browser.browsers import PHONE, PROJECTOR, Browser
from tests.browser.chromium import Chromium
from tests.browser.measures import UNSEEN, WIDE
from tests.browser.pages import BY_LENGTH, PRESENTING, dress
from tests.examples import turns
from tests.lessons.controls import pattern, typed
from tests.lessons.playing import LESSONS
from tests.serving import wait_until
from webapp import clock
from webapp.lessons.cookies import LESSON, Place
from webapp.lessons.lesson import Act, Close, Follow, Open, Pick, Send, Wait
from webapp.preferences import PRESENTER

LEARNER, FOUND = Path(__file__).with_name("learner.js").read_text(), "[data-found]"
# What a class has to see of a step, beside the page: what to do, its state, what turns the steps, and the wire.
STEP = [
    ".lesson-do",
    ".lesson-now",
    ".lesson-moves button",
    ".dock-head h2",
    "[data-wire] :is(.nothing, .counts, .before[open] > summary)",
]
# What a bench has to tell when a step is done, where it is there; and a lesson where it is at least once.
NEWS = {".card[data-line] p": "size", ".visits li h3": "cached", "[data-mode]:has([open]) p": "fixed"}
# How much of a bar that asks is out of sight, the fold of a phone open; null where it does not ask.
CUT = """() => {
    const bar = document.querySelector(".lesson"), fold = document.querySelector(".lesson-fold");
    if (!bar?.querySelector(".lesson-question")) return null;
    fold.open = getComputedStyle(fold).display !== "none";
    const over = [bar, fold].map((part) => part.scrollWidth - part.clientWidth);
    return Math.max(0, bar.scrollHeight - bar.clientHeight - 2, ...over);
}"""
# Where bar, title and dock begin and end.
BOXES = """() => [".lesson", "main h1", ".dock"].map(selector => {
    const {top, bottom} = document.querySelector(selector).getBoundingClientRect();
    return [top, bottom];
})"""


# The model plays every lesson in each run, and in the whole these browsers do, through the relay.
PLAYED = [
    pytest.param(key, marks=() if place % 2 else pytest.mark.whole("as many lessons are played by Firefox in each run"))
    for place, key in enumerate(list(LESSONS)[::2])
]


@pytest.mark.parametrize("key", PLAYED)
def test_a_lesson_can_be_played_through(browser, server, key):
    """Each step waits when it begins and turns to done by its acts; in Chromium, as a class sees it on a projector.

    There the news of a bench is in sight as soon as a step is done. At the end its cookies are taken away, on other
    hosts too.
    """
    play_through(browser, key, server.pass_time)


def _really_wait(minutes: int) -> None:
    time.sleep(60 * minutes)


def play_through(browser: Browser, key: str, wait: Callable[[int], None] = _really_wait) -> None:
    """Play a lesson from its first step to its end page; `wait` lets minutes pass."""
    lesson, projected, told = LESSONS[key], isinstance(browser, Chromium), set()
    browser.allow_all()
    if projected:
        # As a class has it; some lessons close the browser.
        line = f"{PRESENTER.name}={PRESENTER.codec.encode(True)}; path=/; max-age=3600"
        browser.run("line => { document.cookie = line }", line)
    browser.open(f"/learn/{key}")
    browser.press('main form[action$="/1"] button')
    for number, step in enumerate(lesson.steps, 1):
        reach(browser, number, "waiting")
        if projected:
            look(browser)
        if browser.all('.lesson [data-missing="logged_in"]', "data-missing"):
            browser.follow('.lesson [data-missing="logged_in"] a')
            browser.press('form[data-demo="mira"] button')
        if browser.all('.lesson [data-missing="own"]', "data-missing"):
            browser.press(".lesson form[data-draw] button")
        try:
            play(browser, step.acts, wait)
        except AssertionError as problem:
            problem.add_note(f"step {number}: {step.do}")
            raise
        reach(browser, number, "done")
        if projected:
            news = [each for each in NEWS if browser.all(each, "id")]
            assert browser.run(UNSEEN, news) == []
            told.update(news)
        browser.click(".lesson-moves [data-key=next]")
    assert not projected or {news for news, where in NEWS.items() if where == key} <= told
    end = f"{browser.url}/learn/{key}/end"
    wait_until(lambda: address(browser) == end)
    if lesson.elsewhere:
        browser.follow(f'main form[action$="/{key}/clean"] button')
        wait_until(lambda: address(browser) == f"{end}?gone=1")
        apart = {"track-apart"} if projected else {"track-apart", "track-plain"}
        assert {cookie.name for cookie in browser.cookies() if cookie.domain != "localhost"} <= apart
    browser.open(f"/learn/{key}")
    assert browser.all("main [data-step]", "data-state") == ["done"] * len(lesson.steps)


LOOKS = {"projector": (PROJECTOR, PRESENTING), "phone": (PHONE, {})}


@pytest.mark.parametrize(("look", "part"), turns(LOOKS, "a lesson that has room in the one has it in the other"))
@pytest.mark.parametrize("language", BY_LENGTH)
def test_no_question_is_cut(shell, server, language, look, part):
    """The bar has room for what each step asks: nobody scrolls in it, and nothing in it stands out."""
    size, cookies = LOOKS[look]
    context = shell.new_context(viewport=size)
    try:
        tab = context.new_page()
        tab.goto(server.url)
        tab.click(".ask button[value=all]")
        tab.goto(f"{server.url}/login")
        tab.click("form[data-draw] button[name=remember]")
        dress(context, server.url, {"language": language, **cookies})
        asked, cut, lessons = 0, [], list(LESSONS.items())[part]
        for key, lesson in lessons:
            for number, step in enumerate(lesson.steps, 1):
                place = LESSON.codec.encode(Place(key, number, int(clock.now().timestamp() * 1000)))
                dress(context, server.url, {LESSON.name: place})
                tab.goto(server.url + step.at)
                found = tab.evaluate(CUT)
                asked += found is not None
                cut += [(key, number, found)] * bool(found)
        assert asked > len(lessons) * 4
        assert cut == []
    finally:
        context.close()


@in_one_browser
def test_a_bench_counts_beside_the_bar(browser):
    """The age of its cookies goes on below a lesson that notes a guess, and the bar still says whose guess it is."""
    browser.allow_all()
    browser.open("/learn/followed/2")
    browser.press('main form[action$="/2"] button')
    browser.press('.lesson-question button[value="1"]')
    before = browser.text("#begin [data-age]")
    wait_until(lambda: browser.text("#begin [data-age]") != before)
    assert browser.text(".lesson [data-said]") == "You said:"


def look(browser: Browser) -> None:
    """AssertionError unless the step, the beginning of its page and the wire are in view without scrolling."""
    bar, title, dock = browser.run(BOXES)
    assert dock == [pytest.approx(PROJECTOR["height"] * 0.55, abs=1), PROJECTOR["height"]]
    assert bar[0] >= 0
    assert dock[0] - bar[1] >= 130, "the page has too little room"
    if "#" not in browser.address():  # else the step is at a part of its page, and that is in view
        assert bar[1] <= title[0] < title[1] <= dock[0]
    assert browser.run(UNSEEN, STEP) == []
    assert browser.run(WIDE) == []


def reach(browser: Browser, number: int, wanted: str) -> None:
    """Wait until the bar shows a step in a state; AssertionError says what it shows instead."""
    with suppress(AssertionError):
        wait_until(lambda: state(browser) == [str(number), wanted])
    assert state(browser) == [str(number), wanted], f"{address(browser)}: {browser.text('.lesson')}"


def state(browser: Browser) -> list[str] | None:
    """Return the step that the bar shows, and its state; None while no page with a bar is there."""
    with suppress(Exception):  # the page went away while it was asked
        return browser.run(
            """() => {
                const bar = document.readyState === "complete" && document.querySelector(".lesson");
                return bar ? [bar.dataset.step, bar.dataset.state] : null;
            }"""
        )


def address(browser: Browser) -> str:
    """Return the address of the page that is there, whole; "" on the way to one."""
    with suppress(Exception):
        return browser.run("() => document.readyState === 'complete' ? location.href : ''")
    return ""


def play(browser: Browser, acts: tuple[Act, ...], wait: Callable[[int], None] = _really_wait) -> None:
    """Do what a learner would, by what is seen of each page; AssertionError where nothing in sight says so."""
    for act in acts:
        match act:
            case Open(path):
                address = whole(browser, path)
                assert browser.run(LEARNER, ["leads", address]), (
                    f"{browser.address()}: no link of the bar leads to {address}"
                )
                browser.open(address)
            case Follow(words, near):
                browser.follow(find(browser, "a[href]", words, near))
            case Pick(links):
                assert in_sight(browser, "pick", links), f"{browser.address()}: nothing in sight matches {links}"
                browser.follow(FOUND)
            case Send(words, fields, near):
                button = find(browser, "form button", words, near)
                for label, value in fields.items():
                    enter(browser, label, value)
                (browser.press if browser.address().startswith(browser.url) else browser.follow)(button)
            case Close(path):
                browser.reopen()
                browser.open(path)
            case Wait(minutes):
                wait(minutes)


def find(browser: Browser, kind: str, words: str, near: str) -> str:
    """Return a selector of the one link or button in sight that says these words, in the language of the page."""
    language = browser.attribute("html", "lang")
    found = in_sight(browser, "find", kind, *(each and pattern(each, language) for each in (words, near)))
    assert found == 1, f"{browser.address()}: {found} in sight say “{words}” near “{near}”"
    return FOUND


def in_sight(browser: Browser, *what: str) -> int:
    """Mark what is in sight of something, the menu unfolded if it takes that, and return how much there is."""
    return browser.run(LEARNER, what) or (browser.run(LEARNER, ["unfold"]) and browser.run(LEARNER, what))


def enter(browser: Browser, label: str, value: str | bool) -> None:
    """Fill in the field of this label, of any kind, in the form of the button that was found."""
    language = browser.attribute("html", "lang")
    kind = browser.run(LEARNER, ["field", pattern(label, language)])
    assert kind, f"{browser.address()}: not one field in sight is called “{label}”"
    field = "[data-field]"
    if kind == "radio":
        browser.tick(field)
    elif kind == "checkbox":
        if browser.run("selector => document.querySelector(selector).checked", field) != value:
            browser.click(field)
    elif kind == "select-one":
        browser.choose(field, browser.run(LEARNER, ["option", pattern(value, language)]))
    else:
        browser.fill(field, typed(value, language, browser.run(LEARNER, ["bar"])))


def whole(browser: Browser, path: str) -> str:
    """Return the address with the origins of the lab's roles in their places."""
    port = browser.url.rpartition(":")[2]
    below = "local" if ".local:" in browser.url else "localhost"
    roles = {role: f"http://{role}.{below}:{port}" for role in ("tracker", "social", "shop", "forum", "crowd")}
    return path.format(attacker=f"http://127.0.0.1:{port}", **roles) if "{" in path else path
