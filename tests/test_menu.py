"""The menu of every page: the mark on the entry one is at, and names of people that don't turn the line around them."""

import pytest
from flask import Flask

from tests.accounts.conftest import PASSWORD
from tests.browsing import Browser, Page
from tests.examples import addresses
from webapp.accounts import users

NAME = "שרה"


@pytest.fixture
def member(app: Flask) -> Browser:
    """Somebody whose name is written from right to left, in presenter mode, who has written on every site."""
    with app.app_context():
        users.register(NAME, PASSWORD)
    browser = Browser(app, **{"Sec-Fetch-Site": "same-origin"})
    browser.get("/login")
    browser.submit("#log-in", username=NAME, password=PASSWORD)
    browser.get("/preferences")
    browser.submit("main form", presenter=True)
    browser.get("/social/")
    browser.submit("main form.write", text="Bread.")
    browser.get("/forum/sourdough/new")
    browser.submit("form.drafted", title="Rye", text="Bread.")
    return browser


def marked(page: Page) -> list[str]:
    """Return where the entries lead that a page marks as the current one."""
    return [tag["href"].partition("?")[0] for tag in page.select("header nav [aria-current]")]


@pytest.mark.parametrize("who", ["browser", "member"])
def test_each_entry_marks_its_own_page(request, who):
    """Whoever follows an entry of the menu finds it marked, and no other; on the first page none is."""
    browser = request.getfixturevalue(who)
    page = browser.get("/")
    entries = [tag["href"] for tag in page.select("header nav li a")]
    assert len(entries) == (9 if who == "member" else 8) and marked(page) == []
    for entry in entries:
        assert marked(browser.get(entry)) == [entry.partition("?")[0]], entry


def test_a_name_stands_in_bdi(app, member):
    """Wherever a page shows a person's name by itself, it is held together by `<bdi>`; menu, posts and threads do."""
    shown = set()
    for path in [*addresses(app, "GET"), f"/social/@{NAME}", "/forum/search?q=Bread"]:
        if path.startswith("/log"):
            continue
        for name in member.get(path).soup.find_all(string=lambda text: text.strip() == NAME):
            if "visually-hidden" not in name.parent.get("class", ()):
                assert name.find_parent("bdi"), f"{path}: {name.parent}"
                shown.add(path)
    assert {"/", "/social/", "/social/1", f"/social/@{NAME}", "/forum/sourdough", "/forum/sourdough/1"} <= shown


def test_the_footer_marks_the_very_page(browser):
    """Whoever follows a link of the footer finds it marked as this page, and no other; on the first page none is."""
    page = browser.get("/")
    links = [tag["href"].partition("?")[0] for tag in page.select("footer .links a")]
    assert len(links) == 6 and not page.select("footer [aria-current]")
    for link in links:
        marks = browser.get(link).select("footer [aria-current]")
        assert [(tag["href"].partition("?")[0], tag["aria-current"]) for tag in marks] == [(link, "page")]
