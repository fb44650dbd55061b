"""Editing and taking down: one's own, never somebody else's, and a trace stays."""

import threading

import pytest
from sqlalchemy import select

from tests.browsing import Browser
from webapp.database import reading
from webapp.sites.social.tables import COMMENTS, POSTS

both = pytest.mark.parametrize("kind", ["post", "comment"])


@pytest.fixture
def nora(enter, say) -> Browser:
    """Somebody with one post and one comment below it."""
    browser = enter("Nora")
    post = say(browser, "My post.").one("[data-post]")["data-post"]
    say(browser, "My comment.", f"/social/{post}")
    return browser


@pytest.fixture
def place(nora) -> str:
    """The page of that post."""
    return nora.page.url.removeprefix(nora.home).partition("#")[0]


@pytest.fixture
def address(nora, place, kind) -> str:
    """Where the text of this test can be edited and taken down."""
    comment = nora.page.one("[data-comment]")["data-comment"]
    return place if kind == "post" else f"/social/comments/{comment}"


def _text(app, kind: str) -> str:
    with app.app_context():
        return reading().scalar(select(POSTS.c.text if kind == "post" else COMMENTS.c.text))


@both
def test_edit_one_s_own(nora, app, kind, place):
    """The form holds the text; what was made of it is shown, with the word “edited”."""
    page = nora.get(place)
    nora.get(page.one(f'article[data-{kind}] a[href$="/edit"]')["href"])
    assert nora.page.one("textarea").get_text().strip() == f"My {kind}."
    page = nora.submit("#write", text="Better.")
    assert page.before[0].status == 303 and page.url.partition("#")[0].endswith(place)
    card = page.one(f"article[data-{kind}]")
    assert card.select_one(".text").get_text() == "Better." and "edited" in card.get_text(" ")
    assert _text(app, kind) == "Better."


@both
@pytest.mark.parametrize("act", ["edit", "remove"])
def test_whoever_leaves_it_is_back_at_the_text(nora, kind, act, address, place):
    """The link beside the button leads to the text, on its page."""
    nora.get(f"{address}/{act}")
    link = nora.page.one("main .buttons a")["href"]
    assert link.partition("#")[0] == place and nora.get(link).select(f"article[data-{kind}]")


@both
def test_an_edit_that_changes_nothing_is_none(nora, kind, address):
    """Sending the text as it was leaves no mark."""
    nora.get(f"{address}/edit")
    assert "edited" not in nora.submit("#write").one(f"article[data-{kind}]").get_text(" ")


@both
def test_an_impossible_edit_comes_back(nora, app, kind, address):
    """Nothing, too much, an expired form: 422, and what was typed is still there."""
    for text in ("", "x" * 501):
        nora.get(f"{address}/edit")
        page = nora.submit("#write", text=text)
        assert page.status == 422 and page.one("textarea").get_text().strip() == text
    page = nora.post(f"{address}/edit", {"text": "Late."})
    assert page.status == 422 and page.one("textarea").get_text().strip() == "Late."
    assert _text(app, kind) == f"My {kind}."


@both
def test_take_down_one_s_own(nora, app, browser, kind, address, place):
    """The page asks first; then the text is gone for everybody, and a line says when and by whom."""
    nora.get(f"{address}/remove")
    assert nora.page.one("blockquote").get_text() == f"My {kind}." and _text(app, kind) == f"My {kind}."
    page = nora.submit("#remove")
    card = page.one(f"article[data-{kind}]")
    assert "Taken down by its author." in card.get_text(" ") and card.select_one(".trace time")
    assert card.select(".text, a[href$='/edit'], a[href$='/remove']") == [] and _text(app, kind) == ""
    assert f"My {kind}." not in browser.get(place).text + browser.get("/social/").text


@both
@pytest.mark.parametrize("act", ["edit", "remove"])
def test_somebody_else_s_is_no_page(nora, enter, app, kind, act, address, place):
    """Other people's texts can neither be edited nor taken down; the pages have no link to it."""
    other = enter("Olaf")
    token = other.get(place).one("#write [name=csrf_token]")["value"]
    assert other.page.select(f'a[href$="/{act}"]') == []
    path = f"{address}/{act}"
    assert other.get(path).status == 404
    assert other.post(path, {"csrf_token": token, "text": "Mine now."}).status == 404
    assert Browser(app).get(path).url.endswith(f"/login?next={path}")
    assert _text(app, kind) == f"My {kind}."


@both
def test_an_admin_takes_down_and_does_not_edit(nora, enter, app, kind, address):
    """Whoever looks after the site may take a text down, with a trace that says so; words are the author's."""
    admin = enter("Olga", admin=True)
    assert admin.get(f"{address}/edit").status == 404
    admin.get(f"{address}/remove")
    page = admin.submit("#remove")
    assert "Taken down by somebody who looks after this site." in page.one(f"article[data-{kind}]").get_text(" ")
    assert _text(app, kind) == ""


@both
def test_taken_down_by_eight_at_once(nora, app, kind, address, place):
    """Pressing the button often, or when it is done already, leads to the trace and is no error."""
    form = nora.get(f"{address}/remove").one("#remove")
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    cookie = "; ".join(f"{name}={value}" for name, value in nora.cookies.items())
    answers = []

    def press() -> None:
        path = f"{address}/remove"
        answers.append(Browser(app).post(path, data, follow=False, headers={"Cookie": cookie}).status)

    tabs = [threading.Thread(target=press) for _ in range(8)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert answers == [303] * 8
    assert nora.get(f"{address}/remove").url.partition("#")[0].endswith(place)


@both
def test_an_edit_of_what_is_gone_keeps_the_text(nora, kind, address, place):
    """A tab that still edits what another tab took down gets its text back with a sentence."""
    nora.get(f"{address}/remove")
    nora.submit("#remove")
    token = nora.get("/social/").one("#write [name=csrf_token]")["value"]
    page = nora.post(f"{address}/edit", {"csrf_token": token, "text": "Too late."})
    assert page.status == 422 and page.one("textarea").get_text().strip() == "Too late."
    assert nora.get(f"{address}/edit").url.partition("#")[0].endswith(place)


@pytest.mark.parametrize(
    "path", ["470011/edit", "comments/470011/edit", "comments/0/remove", "comments/9999999999/edit"]
)
def test_what_is_not_there(enter, path):
    """Unknown texts are answered by 404."""
    assert enter("Nora").get(f"/social/{path}").status == 404


def test_closing_the_account_empties_everything(nora, enter, fill, app, place):
    """Texts go, traces stay without a name, likes are taken back, and the person's page is gone."""
    other = fill(1)[0]
    olaf = enter("Olaf")
    for browser in (nora, olaf):
        browser.get("/social/")
        browser.submit("form.posts", button=str(other))
    nora.get("/account/close")
    nora.submit("main form", password="three brown loaves", confirm=True)
    page = olaf.get(place)
    traces = [trace.get_text(" ") for trace in page.select(".trace")]
    assert len(traces) == 2 and all("Gone with the account of its author." in trace for trace in traces)
    assert "Nora" not in page.text and "My post." not in olaf.get("/social/").text
    assert "Like 1" in " ".join(olaf.page.one(f"#p{other} button").get_text(" ").split())
    assert olaf.get("/social/@Nora").status == 404
