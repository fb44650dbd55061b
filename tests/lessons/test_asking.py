"""While a lesson's question waits, the bench beneath it does not print the model's answer."""

from urllib.parse import urlsplit

import pytest

from tests.lessons.playing import LESSONS, begin, start
from webapp.i18n import gettext
from webapp.lab.trust.views import KINDS

ASKED = [
    (key, number)
    for key, lesson in LESSONS.items()
    for number, step in enumerate(lesson.steps, 1)
    if step.question and urlsplit(step.at).path.startswith("/lab")
]


def told(page) -> list[str]:
    """Return what the page prints of the model's answer, to be seen without opening anything."""
    tags = [*page.select("main [data-expected]"), *page.select("main section > p")]
    seen = [tag for tag in tags if not tag.find_parent("details")]
    kinds = {gettext(text) for text in KINDS.values()}
    return [tag.get_text() for tag in seen if tag.has_attr("data-expected") or tag.get_text() in kinds]


@pytest.mark.parametrize(("key", "number"), ASKED)
def test_the_bench_holds_its_answer_back(app, key, number):
    """The page at which a step begins tells nothing before its question is answered, and then what it always tells."""
    browser = start(app)
    begin(browser, key, number)
    assert browser.page.select(".lesson-question") and told(browser.page) == []
    browser.submit(".lesson-question", button="0")
    answered = told(browser.page)
    path = urlsplit(browser.page.url).path
    browser.submit('.lesson form[action$="/leave"]')
    assert told(browser.get(path)) == answered


def test_some_benches_have_something_to_hold_back(app):
    """Outside of a lesson both the table and the three cookies say what is expected."""
    browser = start(app)
    for path in ("/lab/cross", "/lab/trust"):
        browser.get(path)
        assert told(browser.submit("#begin"))
    begin(browser, "forged", 2)
    assert not told(browser.page)
    browser.submit(".lesson-question", button="0")
    assert told(browser.page)
