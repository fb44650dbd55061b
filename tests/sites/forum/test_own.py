"""One's own posts: edited, taken down, gone with the account; nobody else's."""

import pytest

from tests.browsing import Browser
from tests.sites.forum.conftest import PASSWORD, answer, open_thread, texts


def _post(page, number: int = -1) -> str:
    return page.select("[data-post]")[number]["data-post"]


@pytest.fixture
def talk(enter):
    """A thread of Nora's with an answer of Ole's, and both of them."""
    nora, ole = enter(), enter("Ole")
    path = open_thread(nora, "Rye keeps", "How long does it keep?").url
    answer(ole, path, "A fortnight.")
    return path, nora, ole


def test_authors_edit(talk):
    """An author changes the text, of the first post the title too; the page says it was edited, the search follows."""
    path, nora, ole = talk
    page = nora.get(path)
    first = _post(page, 0)
    nora.get(page.select("[data-post]")[0].select_one('a[href$="/edit"]')["href"])
    assert nora.page.one("[name=title]")["value"] == "Rye keeps"
    page = nora.submit("form.drafted", title="Spelt keeps", text="How long is it good?")
    assert page.one("h1").get_text() == "Spelt keeps" and page.url.endswith(f"#p{first}")
    assert "edited" in page.one(f"#p{first} .by").get_text()
    ole.get(f"/forum/post/{_post(page)}/edit")
    page = ole.submit("form.drafted", text="Three **weeks**.")
    assert texts(page)[-1] == "Three weeks ." and page.one("h1").get_text() == "Spelt keeps"
    assert not nora.get("/forum/search?q=fortnight").select("[data-post]")
    assert not nora.get("/forum/search?q=rye").select("[data-post]")
    assert len(nora.get("/forum/search?q=spelt+good").select("[data-post]")) == 1


def test_only_one_s_own(talk):
    """Nobody edits what another wrote: there is no link, no page, and a forged form writes nothing."""
    path, nora, ole = talk
    page = nora.get(path)
    answered = page.select("[data-post]")[1]
    assert not answered.select('a[href$="/edit"], a[href$="/take-down"]')
    number = answered["data-post"]
    assert nora.get(f"/forum/post/{number}/edit").status == nora.get(f"/forum/post/{number}/take-down").status == 404
    nora.get(f"/forum/post/{_post(ole.get(path), 0)}/edit")
    data = {tag["name"]: tag.get("value", "") for tag in nora.page.select("form.drafted input")} | {"text": "Mine now"}
    assert nora.post(f"/forum/post/{number}/edit", data).status == 404
    assert nora.post(f"/forum/post/{number}/take-down", data).status == 404
    assert texts(nora.get(path)) == ["How long does it keep?", "A fortnight."]
    visitor = Browser(nora.app)
    for action in ("edit", "take-down"):
        assert "/login?next=/forum/post/" in visitor.get(f"/forum/post/{number}/{action}").url


def test_an_author_takes_an_answer_down(talk):
    """GET asks and changes nothing; POST empties the post, leaves a trace, and the search forgets it."""
    path, nora, ole = talk
    number = _post(ole.get(path))
    page = ole.get(f"/forum/post/{number}/take-down")
    assert page.one("main .buttons a")["href"] == f"{path.removeprefix(ole.home)}#p{number}"
    assert "A fortnight." in page.text and texts(nora.get(path))[-1] == "A fortnight."
    page = ole.submit("main form")
    assert page.one(f"#p{number} [data-trace]").get_text() == "Taken down by its author."
    assert not page.select(f"#p{number} .do")
    assert not nora.get("/forum/search?q=fortnight").select("[data-post]")
    assert ole.get(f"/forum/post/{number}/edit").status == 404
    assert ole.get(f"/forum/post/{number}/take-down").before[0].status == 303
    assert "1 reply" in nora.get("/forum/ovens").text


def test_an_admin_takes_a_thread_s_first_post_down(talk, make_admin):
    """The title goes with the text, the answers stay, the trace says that it was not the author."""
    path, nora, ole = talk
    make_admin("Ole")
    number = _post(ole.get(path), 0)
    ole.get(f"/forum/post/{number}/take-down")
    page = ole.submit("main form")
    assert "looks after this site" in page.one(f"#p{number} [data-trace]").get_text()
    assert texts(page) == ["A fortnight."] and "Rye keeps" not in page.soup.get_text()
    for address in ("/forum/", "/forum/ovens", "/forum/search?q=fortnight"):
        page = nora.get(address)
        assert "Rye keeps" not in page.text and "taken down" in page.text
    assert not nora.get("/forum/search?q=rye").select("[data-post]")
    assert nora.get(f"/forum/post/{number}/edit").status == 404


def test_an_admin_edits_nobody_else_s(talk, make_admin):
    """Who looks after the site can take down, but puts no words into another's mouth."""
    path, nora, _ = talk
    make_admin("Nora")
    answered = nora.get(path).select("[data-post]")[1]
    assert answered.select('a[href$="/take-down"]') and not answered.select('a[href$="/edit"]')
    assert nora.get(f"/forum/post/{answered['data-post']}/edit").status == 404


def test_without_the_token_nothing_is_taken_down(talk):
    """A form that fails its check asks again."""
    path, _, ole = talk
    number = _post(ole.get(path))
    ole.get(f"/forum/post/{number}/take-down")
    page = ole.submit("main form", csrf_token="forged")
    assert page.status == 422 and page.select(".problems")
    assert texts(ole.get(path))[-1] == "A fortnight."


def test_a_closed_account_leaves_no_words(talk):
    """Its texts, the titles of its threads, and their words in the search go with it; the talk stays readable."""
    path, nora, ole = talk
    nora.get("/account/close")
    nora.submit("main form", password=PASSWORD, confirm=True)
    page = ole.get(path)
    assert texts(page) == ["A fortnight."] and page.one("[data-trace]").get_text().startswith("Gone with the account")
    assert "Nora" not in page.text and "Rye keeps" not in page.soup.get_text()
    assert not ole.get("/forum/search?q=keep").select("[data-post]")
    gone = page.select("[data-post]")[0]
    assert not gone.select("a.talker, img") and "Somebody who has left" in gone.get_text()
    board = ole.get("/forum/ovens")
    assert "Somebody who has left" in board.text and board.select("[data-thread] .talker img") == []


def test_people_have_a_face_and_a_page(talk):
    """Whoever wrote is named with their picture, and that leads to their page: in a thread, on a board, in a search."""
    path, nora, _ = talk
    visitor = Browser(nora.app)
    written = visitor.get(path).select("[data-post] .by .talker")
    assert [(tag["href"], tag.get_text(strip=True)) for tag in written] == [
        ("/social/@Nora", "Nora"), ("/social/@Ole", "Ole"),
    ]  # fmt: skip
    faces = [tag.img["src"] for tag in written]
    assert len({*faces}) == 2
    opened, last = visitor.get("/forum/ovens").select("[data-thread] .talker")
    assert (opened["href"], opened.img["src"], last["href"]) == ("/social/@Nora", faces[0], "/social/@Ole")
    (found,) = visitor.get("/forum/search?q=fortnight").select("[data-post] .talker")
    assert (found["href"], found.img["src"]) == ("/social/@Ole", faces[1])
    for face in faces:
        assert visitor.get(face).headers["Content-Type"].startswith("image/svg+xml")
    page = visitor.get(found["href"])
    assert page.one("[data-person=Ole] img")["src"] == faces[1]
