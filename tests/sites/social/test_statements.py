"""What a page costs: at most three statements, also for somebody who is logged in and looked at a lot."""

import pytest
from sqlalchemy import Engine, event

from webapp.sites.social.tables import POSTS


@pytest.fixture
def statements():
    """The statements that ran since the list was emptied."""
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path", ["/social/", "/social/?before={post}", "/social/?of=following", "/social/{post}", "/social/@Ada"]
)
def test_a_page_asks_three_times(enter, fill, say, statements, path):
    """Who it is, what is on the page, and what was looked at last."""
    browser = enter("Nora")
    browser.agree()
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    for post in fill(8):
        browser.get(f"/social/{post}")
    say(browser, "A comment.", f"/social/{post}")
    path = path.format(post=post)
    browser.get("/social/@Ada")
    browser.submit("#follow", button="y")
    browser.get(path)
    statements.clear()
    page = browser.get(path)
    assert page.status == 200 and page.select("[data-recent]")
    assert len(statements) <= 3, "\n\n".join(statements)


def test_a_page_that_was_not_allowed_history_asks_less(browser, fill, statements):
    """A visitor without cookies costs one question."""
    fill(3)
    browser.get("/preferences")
    browser.submit("main form", dock=False)
    statements.clear()
    browser.get("/social/")
    assert len(statements) == 1 and POSTS.name in statements[0]
