"""A phone: on every kind of page its beginning is seen first, in a lesson and while the question waits too."""

import pytest

from tests.browser.browsers import PHONE
from tests.browser.pages import LEARNING
from tests.examples import turns
from webapp.i18n import LANGUAGES
from webapp.preferences import LANGUAGE

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# What a page begins with, as far as it can't be seen: of its h1 each line, of the words that follow the first line.
UNSEEN = """() => {
    const seen = box => [0.1, 0.9].every(part => {
        const x = box.left + Math.min(box.width / 2, 20), y = box.top + box.height * part;
        const top = document.elementFromPoint(x, y);
        return y >= 0 && y <= innerHeight && top?.closest("main");
    });
    const lines = element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    };
    const title = document.querySelector("main h1");
    const words = [...document.querySelectorAll("main :is(p, li, label, dt, h2, summary, legend)")].find(element =>
        element.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_PRECEDING
        && element.checkVisibility() && element.innerText.trim().length > 3);
    return [...lines(title).map((box, line) => [`line ${line} of h1`, box]),
        ...(words ? lines(words).slice(0, 1).map(box => ["the first words", box]) : [])]
        .filter(([, box]) => !seen(box)).map(([name, box]) => `${name} at ${box.top} to ${box.bottom}`);
}"""


REST = pytest.mark.whole("the question is there for the one, the bar of a lesson for the other")


@pytest.mark.parametrize(("language", "part"), turns(LANGUAGES, "it is the same page with other words"))
@pytest.mark.parametrize(
    ("who", "learning"),
    [
        pytest.param("visitor", False, id="visitor alone"),
        pytest.param("member", True, id="member in a lesson"),
        pytest.param("visitor", True, id="visitor in a lesson", marks=REST),
        pytest.param("member", False, id="member alone", marks=REST),
    ],
)
def test_a_page_begins_in_the_first_screen(visit, server, kinds, who, learning, language, part):
    """At 360x740 h1 and the first words after it are in view, uncovered; the bar above is one row of 48 px."""
    findings = []
    tab = visit(who, {LANGUAGE.name: language, **(LEARNING if learning else {})}, viewport=PHONE).new_page()
    for path in kinds[part]:
        tab.goto(server.url + path)
        findings += [f"{path}: {found}" for found in tab.evaluate(UNSEEN)]
        height = tab.evaluate("document.querySelector('.top')?.offsetHeight ?? 48")
        findings += [f"{path}: a bar of {height} px"] if height != 48 else []
    assert not findings, "\n".join(findings)
