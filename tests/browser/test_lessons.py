"""Every lesson, played through in real browsers from a clean profile: no lesson may claim what they no longer do."""

import pytest

from tests.browser.browsers import Browser
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
        assert state(browser) == (str(number), "waiting"), f"step {number} begins"
        play(browser, step.acts)
        assert state(browser) == (str(number), "done"), f"step {number}: {step.do}"
        following = lesson.steps[number].at if number < len(lesson.steps) else f"/learn/{key}"
        go_on = browser.press if browser.address() == browser.url + following else browser.follow
        go_on(".lesson-moves [data-key=next]")
    assert browser.all("main [data-step]", "data-state") == ["done"] * len(lesson.steps)


def state(browser: Browser) -> tuple[str | None, str | None]:
    """Return the step that the bar shows, and its state."""
    return browser.attribute(".lesson", "data-step"), browser.attribute(".lesson", "data-state")


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
                at_home = browser.address().startswith(browser.url)
                leave = browser.press if at_home else browser.follow
                leave(f'{form} button[value="{button}"]' if button else f"{form} button")
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
