"""The acts of a lesson, done by the browser of the tests."""

import pkgutil
from datetime import UTC, datetime, timedelta
from importlib import import_module
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import Tag
from flask import Flask

from tests.browsing import Browser
from tests.lessons.controls import control, entered
from webapp import clock
from webapp.address import parties
from webapp.lessons import course
from webapp.lessons.lesson import CHALLENGE, Act, Close, Follow, Lesson, Open, Pick, Seen, Send, Step, Wait, each
from webapp.wire.record.exchange import Exchange, SetCookie, Withheld

LESSONS: dict[str, Lesson] = {
    lesson.key: lesson
    for lesson in sorted(
        (import_module(f"{course.__name__}.{file.name}").LESSON for file in pkgutil.iter_modules(course.__path__)),
        key=lambda lesson: lesson.order,
    )
}
CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
HOME = "http://localhost:8000"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15"


def start(
    app: Flask,
    engine: str = "chromium",
    user_agent: str = CHROMIUM,
    choice: str = "all",
    home: str = HOME,
    language: str = "en",
) -> Browser:
    """Return a browser as Chromium or another would be, that has made a choice about cookies, "" for none."""
    browser = Browser(app, home, engine=engine, **{"User-Agent": user_agent, "Accept-Language": language})
    if choice:
        browser.get("/consent")
        browser.submit("form.choose", choice)
    return browser


def logged_in(browser: Browser) -> bool:
    """Tell whether the page that is open says that somebody is logged in."""
    return "data-user" in browser.page.html


def whole(browser: Browser, path: str) -> str:
    """Return the address with the origins of the lab's roles in their places."""
    with browser.app.test_request_context(base_url=browser.home):
        return path.format(**parties())


def begin(browser: Browser, key: str, number: int) -> None:
    """Begin a lesson at a step, by the lesson's page; the challenge by its end."""
    browser.get(f"/learn/{key}/{'end' if number == CHALLENGE else number}")
    browser.submit(f'main form[action$="/{key}/{number}"]')


def bring(browser: Browser) -> None:
    """Bring what the bar says is missing, by what the bar offers; at the end the browser is where the step begins."""
    at = browser.page.url
    if browser.page.select('.lesson :is([data-missing="history"], [data-missing="preferences"])'):
        browser.submit('.lesson form[action="/consent"]', "all")
    if browser.page.select('.lesson [data-missing="logged_in"]'):
        browser.follow('.lesson [data-missing="logged_in"] a')
        browser.submit('form[data-demo="mira"]')
    if browser.page.select('.lesson [data-missing="remembered"]'):
        browser.follow('.lesson [data-missing="remembered"] a')
        browser.submit('form[data-demo="mira"]', button="y")
    if browser.page.select('.lesson [data-missing="own"]'):
        browser.submit(".lesson form[data-draw]", button="y")
    assert not browser.page.select(".lesson div > [data-missing]"), f"{at} still misses something"


def state(browser: Browser) -> str:
    """Return what the bar says of the step under way; "" on a page that has none."""
    bars = browser.page.select(".lesson")
    return bars[0]["data-state"] if bars else ""


def say(browser: Browser) -> str:
    """Return the words of the bar on how the step stands."""
    return " ".join(" ".join(tag.get_text(" ") for tag in browser.page.select(".lesson-now")).split())


def play(browser: Browser, acts: tuple[Act, ...]) -> list[str]:
    """Do what a learner would, and return what the bar says after each act; at the end the browser is on the site."""
    states = []
    for act in acts:
        match act:
            case Open(path):
                link = leads_to(browser, whole(browser, path))
                browser.click(link) if link else browser.get(whole(browser, path))
            case Follow(words, near):
                browser.click(control(browser.page, words, near, "a[href]"))
            case Pick(links):
                assert browser.page.select(links), f"{browser.page.url}: nothing matches {links}"
                browser.follow(links)
            case Send(words, fields, near):
                button = control(browser.page, words, near, "form button")
                form = button.find_parent("form")
                data = entered(browser.page, form, fields)
                if form.get("data-act") == "read":
                    _read_by_script(browser, form)
                else:
                    browser.send(form, button, data)
            case Close(path):
                browser.close()
                browser.get(path)
            case Wait(minutes):
                pass_time(minutes)
        states.append(state(browser))
    assert urlsplit(browser.page.url).netloc == urlsplit(browser.home).netloc, "its acts end on another site"
    return states


def leads_to(browser: Browser, address: str) -> Tag | None:
    """Return the bar's link to an address, if it has one."""
    links = browser.page.select(".lesson-do b + a")
    there = links and urljoin(browser.page.url, links[0]["href"]) == urljoin(browser.page.url, address)
    return links[0] if there else None


def pass_time(minutes: int) -> None:
    """Move the clock on."""
    before = clock.now
    clock.now = lambda: before() + timedelta(minutes=minutes)


def do(browser: Browser, step: Step) -> None:
    """Bring what a step needs and do it from the bar; AssertionError says what is wrong with it, and the remedy.

    It waits before, none of its acts is refused on the way, and the last one does it.
    """
    bring(browser)
    assert state(browser) == "waiting", f"it is {state(browser)} before it began: begin it at another page"
    if isinstance(step.acts[0], Open):
        address = whole(browser, step.acts[0].path)
        here = urljoin(browser.page.url, address) == urldefrag(browser.page.url)[0]
        assert here or leads_to(browser, address), f"the bar has no link to {address}, nor is it the page;"
    try:
        states = play(browser, step.acts)
    except AssertionError as problem:
        problem.add_note(f"to do: {step.do}")
        raise
    for number, (act, shown) in enumerate(zip(step.acts, states, strict=True), 1):
        assert shown != "other", f"act {number}, {act}, is refused: write it into meanwhile, or out of instead;"
        assert shown != "done" or number == len(states), f"it is done by act {number} of {len(states)}, too soon;"
    assert states[-1] == "done", "its acts are over, and it is not done: compare seen with what crossed the wire;"
    bar = browser.page.one(".lesson")
    assert not bar.select("[data-missing]"), "it is done, and the bar still asks for what it needs;"
    assert len(bar.select("[data-right]")) == bool(step.question), "it is done, and the bar does not tell the answer;"


def shown(seen: Seen) -> Exchange:
    """Return an exchange that shows just this."""

    def full(wish) -> list[str]:
        return [pattern.replace("*", "x") for pattern in each(wish)]

    first = seen.either[0] if seen.either else Seen()
    pairs = [text.partition("=") for wish in (*full(seen.sends), *full(first.sends)) for text in wish.split("; ")]
    return Exchange(
        at=datetime(2026, 1, 1, tzinfo=UTC),
        method=seen.method or "GET",
        path=(seen.path or first.path).replace("*", "x") or "/",
        status=seen.status or 200,
        location="",
        sent=[(name, value) for name, _, value in pairs],
        written=[SetCookie(text, None) for wish in (seen.sets, first.sets) for text in full(wish)]
        + [SetCookie(text if "Max-Age=0" in text else f"{text}; Max-Age=0", None) for text in full(seen.deletes)],
        withheld=[Withheld(name, "history", None) for name in full(seen.withholds)],
        cross_site=bool(seen.cross_site),
    )


def _read_by_script(browser: Browser, form: Tag) -> None:
    """Do what the page's script does when its form is sent: read `document.cookie`, and tell with the form."""
    url, before = browser.page.url, form.select_one("[name=before]")["value"]
    readable = browser.agent.cookie_header(url, now=clock.now(), http_api=False)
    read = " ".join(pair.partition("=")[0] for pair in readable.split("; "))
    heard = {"before": before, "ran": "yes", "read": read}
    browser.get(form["action"], query_string=heard, initiator=url)
