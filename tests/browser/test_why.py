"""The question on real screens: what is asked is answered before anybody scrolls."""

from urllib.parse import urlencode

import pytest

from tests.browser.pages import BY_LENGTH
from webapp.lab.examples import EXAMPLES
from webapp.lab.question import BROWSERS
from webapp.preferences.cookies import PRESENTER

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# How far down each answer ends, and how wide the page is beside the window.
ANSWER = """() => ({
    ends: [...document.querySelectorAll(".verdict, .mended")].map(answer => answer.getBoundingClientRect().bottom),
    foot: [...document.querySelectorAll(".dock")].filter(dock => getComputedStyle(dock).position === "fixed")
        .reduce((foot, dock) => Math.min(foot, dock.getBoundingClientRect().top), innerHeight),
    wide: document.documentElement.scrollWidth - innerWidth,
    order: [...document.querySelectorAll(".answers td[data-engine]")]
        .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
        .map(cell => cell.dataset.engine),
})"""


@pytest.mark.parametrize("presenter", [False, True], ids=["1280x800", "presenter"])
@pytest.mark.parametrize("language", BY_LENGTH)
def test_the_answer_is_on_the_first_screen(shell, server, language, presenter):
    """Verdict and mended line, or that there is none, end above the fold for each example, the banner in sight too."""
    size = (1024, 768) if presenter else (1280, 800)
    context = shell.new_context(viewport=dict(zip(("width", "height"), size, strict=True)), locale=language)
    if presenter:
        value = PRESENTER.codec.encode(True)
        context.add_cookies([{"name": PRESENTER.name, "value": value, "url": server.url}])
    page = context.new_page()
    for example in EXAMPLES:
        page.goto(f"{server.url}/lab/why?{urlencode(example.fields)}")
        seen = page.evaluate(ANSWER)
        assert seen["ends"] and max(seen["ends"]) <= seen["foot"] <= size[1] and seen["wide"] <= 0, example.key
    context.close()


def test_on_a_phone_each_browser_is_a_block(shell, server):
    """The table falls apart into one block for each browser, and nothing scrolls sideways."""
    context = shell.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for example in EXAMPLES:
        page.goto(f"{server.url}/lab/why?{urlencode(example.fields)}")
        seen = page.evaluate(ANSWER)
        blocks = list(dict.fromkeys(seen["order"]))
        assert seen["wide"] <= 0 and blocks == list(BROWSERS), example.key
        assert seen["order"] == sorted(seen["order"], key=blocks.index), example.key
    context.close()


def test_the_question_is_asked_without_a_script(shell, server):
    """Typed into the form of the lab's first page, it is answered; "Change" opens the form with all that was typed."""
    context = shell.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/lab")
    page.fill("#line", "sid=42; Path=/app")
    page.fill("#set_by", "https://www.example.com/login")
    page.fill("#to", "https://www.example.com/application")
    page.click("#question .action")
    assert page.get_attribute(".verdict", "data-verdict") == "not-sent"
    page.click(".question > summary")
    assert page.input_value("#line") == "sid=42; Path=/app" and page.is_visible("#line")
    assert not context.cookies()
    context.close()
