"""Every lesson, played through in real browsers from a clean profile: no lesson may claim what they no longer do."""

from contextlib import suppress

import pytest

from tests.browser.browsers import Browser, wait_until
from tests.lessons.playing import LESSONS
from webapp.lessons.lesson import Act, Close, Follow, Open, Send


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_can_be_played_through(browser, key):
    """Each step waits when it begins and turns to done by its acts."""
    lesson = LESSONS[key]
    browser.allow_all()
    browser.open(f"/learn/{key}")
    browser.press('main form[action$="/1"] button')
    for number, step in enumerate(lesson.steps, 1):
        reach(browser, number, "waiting")
        play(browser, step.acts)
        reach(browser, number, "done")
        browser.click(".lesson-moves [data-key=next]")
    wait_until(lambda: address(browser).endswith(f"/learn/{key}"))
    assert browser.all("main [data-step]", "data-state") == ["done"] * len(lesson.steps)


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


def play(browser: Browser, acts: tuple[Act, ...]) -> None:
    """Do what a learner would."""
    for act in acts:
        match act:
            case Open(path):
                browser.open(whole(browser, path))
            case Follow(link):
                browser.follow(link)
            case Send(form, fields, button):
                for name, value in fields.items():
                    enter(browser, f'{form} [name="{name}"]', value)
                press = browser.press if browser.address().startswith(browser.url) else browser.follow
                press(f'{form} button[value="{button}"]' if button else f"{form} button")
            case Close(path):
                browser.reopen()
                browser.open(path)


def enter(browser: Browser, field: str, value: str | bool) -> None:
    """Fill in a field of any kind."""
    kind = browser.run("selector => document.querySelector(selector).type", field)
    if kind == "radio":
        browser.tick(f'{field}[value="{value}"]')
    elif kind == "checkbox":
        if browser.run("selector => document.querySelector(selector).checked", field) != bool(value):
            browser.click(field)
    elif kind == "select-one":
        browser.choose(field, value)
    else:
        browser.fill(field, value)


def whole(browser: Browser, path: str) -> str:
    """Return the address with the origins of the lab's roles in their places."""
    port = browser.url.rpartition(":")[2]
    roles = {role: f"http://{role}.localhost:{port}" for role in ("tracker", "social", "shop", "forum", "crowd")}
    return path.format(attacker=f"http://127.0.0.1:{port}", **roles) if "{" in path else path
