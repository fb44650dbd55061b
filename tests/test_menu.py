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
    assert len(entries) == 9 and marked(page) == []
    for entry in entries:
        assert marked(browser.get(entry)) == [entry.partition("?")[0]], entry


def test_the_menu_is_in_three_parts(browser, member):
    """The sites; the course, the lab and one's cookies; what is one's own. The second and the third are set off."""
    page = browser.get("/", headers={"Accept-Language": "de"})
    entries = [" ".join(tag.get_text(" ", strip=True).split()) for tag in page.select("header nav li a")]
    assert entries[:3] == ["Treffpunkt", "Shop", "Forum"]
    assert entries[3:7] == ["Dein erstes Cookie", "Lernen", "Labor", "Meine Cookies 0"]
    assert entries[7:] == ["Einstellungen: ◐ Deutsch", "Anmelden"]
    assert [tag["href"].partition("?")[0] for tag in page.select("nav .begins a")] == ["/setcookie", "/preferences"]
    own = [tag.get_text() for tag in member.get("/").select("nav .begins ~ .begins, nav .begins ~ .begins ~ li")]
    assert own == ["Preferences: ◐ English", f"Account: {NAME}"]


def test_the_menu_counts_what_came(app, browser):
    """Beside “My cookies” stands how many came with this request, strangers' too."""
    for cookies, count in (("", "0"), ("a=1; b; a=2", "3"), ("; ".join(f"c{n}=x" for n in range(150)), "150")):
        page = browser.get("/shop/", headers={"Cookie": cookies})
        assert [tag.get_text(" ", strip=True) for tag in page.select("nav .counted")] == [f"My cookies {count}"]


def test_the_first_cookie_is_offered_until_one_came(app, browser):
    """Whoever sends no cookie finds the way to a first one in the menu; with the first, whichever it is, it goes."""
    assert browser.get("/shop/").select('nav a[href="/setcookie"]')
    browser.get("/preferences?next=/shop/")
    page = browser.submit("main form.card", theme="dark")
    assert page.url.partition("?")[0].endswith("/shop/") and not page.select('nav a[href="/setcookie"]')


def test_it_unfolds_without_a_script(browser):
    """What unfolds the menu is a `<details>` right before it; what is counted stays in sight when it is folded."""
    page = browser.get("/shop/")
    fold = page.one("header nav > details.fold")
    assert fold.find_next_sibling().name == "ul" and not fold.has_attr("open")
    assert not page.select("header script, header nav ul details")


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
    assert len(links) == 5 and not page.select("footer [aria-current]")
    for link in links:
        marks = browser.get(link).select("footer [aria-current]")
        assert [(tag["href"].partition("?")[0], tag["aria-current"]) for tag in marks] == [(link, "page")]
