"""People: their pages, and following them."""

import threading

import pytest
from sqlalchemy import func, select

from tests.browsing import Browser
from tests.sites.social.test_likes import WORD
from webapp.accounts import users
from webapp.database import reading
from webapp.sites.social.tables import FOLLOWS


def _ids(page) -> list[int]:
    return [int(card["data-post"]) for card in page.select("article[data-post]")]


def _authors(page) -> list[str]:
    return [card["data-author"] for card in page.select("article[data-post]")]


def _follows(app) -> int:
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(FOLLOWS))


def test_a_page_shows_who_and_their_posts(browser, fill, author):
    """Name, portrait, since when, and what they posted, newest first and page by page."""
    ids = fill(25)
    page = browser.get("/social/@Ada")
    assert page.one("h1").get_text() == "Ada"
    assert page.one(".person img")["src"].endswith(".svg")
    assert _ids(page) == ids[:-21:-1]
    assert _ids(browser.get(page.one("a[rel=next]")["href"])) == ids[4::-1]


@pytest.mark.parametrize("spelling", ["ada", "ADA", "%EF%BC%A1da"])
def test_another_spelling_leads_to_the_name(browser, author, spelling):
    """Case and width don't matter; the address becomes the one of the name."""
    page = browser.get(f"/social/@{spelling}?before=7")
    assert [answer.status for answer in page.before] == [303]
    assert page.url == "http://localhost:8000/social/@Ada?before=7"


@pytest.mark.parametrize("name", ["nobody", "a" * 3000, "%00", "A%00da", "Ada%20", "%F0%9F%8D%9E", "%2e%2e", "<b>"])
def test_nobody_has_no_page(browser, author, name):
    """A name that nobody has is answered by 404 or, where it is only another spelling, by the right one."""
    page = browser.get(f"/social/@{name}")
    assert page.status == 404 or page.url.endswith("/social/@Ada")


def test_follow_and_no_longer(enter, fill, author, app):
    """One button follows, the other ends it; the second timeline holds those who are followed and nobody else."""
    fill(2)
    browser = enter("Nora")
    with app.app_context():
        other = users.register("Bert", None).id
    fill(3, other)
    assert "Nobody here yet" in browser.get("/social/?of=following").text
    browser.get("/social/@Ada")
    page = browser.submit("#follow", button="y")
    assert page.before[0].status == 303 and page.select("[name=unfollow]")
    assert _authors(browser.get("/social/?of=following")) == ["Ada", "Ada"]
    assert _authors(browser.get("/social/")) == ["Bert"] * 3 + ["Ada"] * 2
    browser.get("/social/@Ada")
    browser.submit("#follow", button="y")
    assert _authors(browser.get("/social/?of=following")) == []


def test_the_followed_in_one_order(enter, fill, author, app):
    """Posts of several people come newest first, page after page, each once."""
    with app.app_context():
        people = [author, *(users.register(name, None).id for name in ("Bert", "Cleo", "Dora"))]
    browser = enter("Nora")
    for name in ("Ada", "Bert", "Cleo"):
        browser.get(f"/social/@{name}")
        browser.submit("#follow", button="y")
    # One of them posts a lot, so that the pages are not shared out evenly.
    written = [(id, person) for _ in range(8) for person in people for id in fill(1 if person != author else 4, person)]
    pages, page = [], browser.get("/social/?of=following")
    pages.append(_ids(page))
    while further := page.select("a[rel=next]"):
        page = browser.get(further[0]["href"])
        pages.append(_ids(page))
    assert [len(page) for page in pages] == [20, 20, 8]
    assert [id for page in pages for id in page] == [id for id, person in written if person != people[3]][::-1]


def test_pressed_by_eight_tabs_at_once(enter, author, app):
    """Following is done or not done, however often the button is pressed."""
    browser = enter("Nora")
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    sent, answers = {"Cookie": cookie, **WORD}, []

    def press() -> None:
        answers.append(Browser(app).post("/social/@Ada", {"follow": "y"}, follow=False, headers=sent).status)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 8 and _follows(app) == 1


def test_nobody_follows_themselves(enter, app):
    """One's own page has no button, and a made-up request does nothing."""
    browser = enter("Nora")
    page = browser.get("/social/@Nora")
    assert page.select("#follow") == []
    assert browser.post("/social/@Nora", {"follow": "y"}, headers=WORD).status == 200
    assert _follows(app) == 0


def test_without_a_log_in(browser, author, app):
    """The page links to the log-in and back; a request without log-in is sent there."""
    link = browser.get("/social/@Ada").one(".person a.button")
    assert link["href"] == "/login?next=/social/@Ada"
    page = browser.post("/social/@Ada", {"follow": "y"}, headers=WORD)
    assert page.url.endswith("/login?next=/social/@Ada") and _follows(app) == 0
    assert "/login?next=" in browser.get("/social/?of=following").url


def test_without_a_word_of_the_browser_it_does_nothing_yet(enter, author, app):
    """A request that no page of ours sent follows nobody; the page that says so sends it with a token."""
    browser = enter("Nora")
    page = browser.post("/social/@Ada", {"follow": "y"})
    assert page.status == 422 and _follows(app) == 0
    browser.silent = True
    assert browser.submit("[data-once-more]").url.endswith("/social/@Ada") and _follows(app) == 1


def test_the_way_to_one_s_own_page(enter, browser):
    """Whoever is logged in comes from the timeline and from the account to their page; a guest has none."""
    nora = enter("Nora")
    for path in ("/social/", "/social/?of=following", "/account"):
        nora.get(path)
        page = nora.follow('main a[href="/social/@Nora"]')
        assert page.one("[data-person=Nora]") and "This is you" in page.text, path
    assert not browser.get("/social/").select('main a[href^="/social/@"]')
    page = browser.post("/social/", {"text": "x" * 4000})
    assert page.status == 422 and not page.select('.views a[href*="@"]')
