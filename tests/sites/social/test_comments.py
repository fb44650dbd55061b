"""Comments: below a post, from old to new, by people with an account."""

import pytest
from sqlalchemy import insert, select, update

from webapp import clock
from webapp.database import reading, writing
from webapp.sites.social.tables import COMMENTS, POSTS


@pytest.fixture
def many(app, author):
    """A function that writes comments below a post straight into the database and returns their ids."""

    def write(post: int, number: int) -> list[int]:
        rows = [
            {"post_id": post, "text": f"comment {n}", "author_id": author, "created_at": clock.now()}
            for n in range(number)
        ]
        with app.app_context(), writing() as db:
            return sorted(db.scalars(insert(COMMENTS).returning(COMMENTS.c.id), rows))

    return write


def _ids(page) -> list[int]:
    return [int(card["data-comment"]) for card in page.select("article[data-comment]")]


def test_a_comment_stands_below_and_is_counted(enter, fill, say, app, browser):
    """A comment is shown at the end with its author, and the timeline says how many there are."""
    post = fill(1)[0]
    nora = enter("Nora")
    say(nora, "First.", f"/social/{post}")
    page = say(nora, "Second.", f"/social/{post}")
    assert page.url.endswith(f"/social/{post}#c{_ids(page)[-1]}")
    assert [card.select_one(".text").get_text() for card in page.select("[data-comment]")] == ["First.", "Second."]
    assert page.select("[data-comment]")[0]["data-author"] == "Nora"
    assert "2 comments" in browser.get("/social/").one(f"#p{post}").get_text(" ")


def test_fifty_a_page_each_once(browser, fill, many):
    """Old to new, fifty a page, none twice and none missing; the later pages lead back to the first."""
    post = fill(1)[0]
    ids = many(post, 107)
    pages, page = [], browser.get(f"/social/{post}")
    pages.append(_ids(page))
    while further := page.select("a[rel=next]"):
        page = browser.get(further[0]["href"])
        pages.append(_ids(page))
    assert [len(page) for page in pages] == [50, 50, 7] and [id for page in pages for id in page] == ids
    assert page.select(f'a.button[href="/social/{post}#comments"]')


def test_the_answer_leads_to_the_comment(enter, fill, many, say):
    """Also where it stands on a later page."""
    post = fill(1)[0]
    many(post, 120)
    page = say(enter("Nora"), "At the end.", f"/social/{post}")
    assert page.url.endswith(f"#c{_ids(page)[-1]}") and len(_ids(page)) == 50
    assert page.select("[data-comment] .text")[-1].get_text() == "At the end."


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
def test_an_impossible_text_comes_back(enter, fill, say, text):
    """At most three hundred characters and not nothing; the text is kept."""
    post = fill(1)[0]
    page = say(enter("Nora"), text, f"/social/{post}")
    assert page.status == 422 and page.select(".problems") and _ids(page) == []
    assert page.one("#write textarea").get_text().strip() == text.strip()


def test_a_post_taken_down_meanwhile_keeps_the_text(enter, fill, app):
    """Somebody writes while the post goes: the page says so, with the text, and nothing is written."""
    post = fill(1)[0]
    browser = enter("Nora")
    browser.get(f"/social/{post}")
    with app.app_context(), writing() as db:
        gone = {"text": "", "removed_at": clock.now(), "removed_why": "author"}
        db.execute(update(POSTS).where(POSTS.c.id == post).values(gone))
    page = browser.submit("#write", text="But I wanted to say")
    assert page.status == 422 and "taken down meanwhile" in page.one(".problems").get_text()
    assert page.one("#write textarea").get_text().strip() == "But I wanted to say"
    with app.app_context():
        assert reading().scalar(select(COMMENTS.c.id)) is None
    assert browser.get(f"/social/{post}").select("#write") == []


def test_without_a_log_in(browser, fill):
    """Visitors get the way to the log-in and back; a request without log-in is sent there."""
    post = fill(1)[0]
    link = browser.get(f"/social/{post}").one(".comments a.button")
    assert link["href"] == f"/login?next=/social/{post}"
    assert browser.post(f"/social/{post}", {"text": "Hello"}).url.endswith(f"/login?cookies=set&next=/social/{post}")


@pytest.mark.parametrize("path", ["0", "470011", "2147483648", "9" * 30, "-1", "x", "{post}?after=x", "{post}?after=0"])
def test_what_is_not_there_is_no_page(enter, fill, path):
    """Unknown posts and made-up positions are answered by 404, for writers too."""
    path = path.format(post=fill(1)[0])
    browser = enter("Nora")
    assert browser.get(f"/social/{path}").status == 404
    assert browser.post(f"/social/{path}", {"text": "Hello"}).status in (404, 405)
