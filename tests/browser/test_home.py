"""The first page of somebody new, as a screen shows it."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# Where a part of the page begins and ends, at its upper end.
SEEN = """parts => Object.fromEntries(parts.map(part => [part, [...document.querySelectorAll(part)].map(
    one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])]))"""


@pytest.fixture
def stranger(shell, server):
    """A function that opens the first page, without script, in a window of this size, and returns its tab."""
    contexts = []

    def opened(width: int, height: int):
        contexts.append(shell.new_context(viewport={"width": width, "height": height}, java_script_enabled=False))
        tab = contexts[-1].new_page()
        answer = tab.goto(server.url + "/")
        assert "set-cookie" not in answer.all_headers()
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("size", "parts"),
    [
        ((1280, 800), ("h1", ".lead", ".give", "[data-withheld]", ".ask button", ".places h3")),
        ((360, 740), ("h1", ".lead", ".give")),
    ],
    ids=["screen", "phone"],
)
def test_one_screen_says_it_all(stranger, size, parts):
    """What this is, the form, what happened, the question and the sites on a screen; on a phone all up to the form."""
    tab = stranger(*size)
    for part, boxes in tab.evaluate(SEEN, list(parts)).items():
        assert boxes and all(0 <= top < bottom <= size[1] for top, bottom in boxes), (part, boxes)


def test_the_first_cookie_is_one_click_away(stranger):
    """Nothing is kept before the click; one click after it the browser holds the cookie, and the page shows it."""
    tab = stranger(1280, 800)
    assert tab.context.cookies() == []
    with tab.expect_navigation():
        tab.click("main .give button")
    held = {cookie["name"]: cookie["value"] for cookie in tab.context.cookies()}
    assert held["tutorial.note"] == "I%20like%20rye" and "tutorial.note" in tab.inner_text("main")


def test_the_lines_open_in_the_page(stranger):
    """The real header lines are in the page, behind a fold, and nothing is sent to open them."""
    tab = stranger(1280, 800)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    assert not tab.is_visible("[data-wire] details code")
    tab.click("[data-wire] summary")
    assert tab.is_visible("[data-wire] details code") and asked == []
