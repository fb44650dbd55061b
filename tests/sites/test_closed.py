"""Posting closed by whoever runs the site: nothing can be written, what stands can be read, liked and taken down."""

import pytest

from tests.accounts.conftest import PASSWORD, log_in
from tests.browsing import Browser
from tests.examples import NAME, writer
from tests.examples import PASSWORD as WRITERS
from webapp.accounts import users
from webapp.sites import sites

TEXT = "Rye & <wheat>,\ntoday."
# Every page with a form that posts, and that form; what is filled into it stands on the page of the answer.
FORMS = [
    ("/social/", "#write", {"text": TEXT}),
    ("/social/1", "#write", {"text": TEXT}),
    ("/social/1/edit", "#write", {"text": TEXT}),
    ("/social/comments/1/edit", "#write", {"text": TEXT}),
    ("/forum/sourdough/new", "form.drafted", {"title": "Flat bread", "text": TEXT}),
    ("/forum/sourdough/1", "form.drafted", {"text": TEXT}),
    ("/forum/post/1/edit", "form.drafted", {"title": "Flat bread", "text": TEXT}),
]
SAYS = "has closed posting for now"


@pytest.fixture
def close(make_app):
    """A function that closes posting for a browser: the site starts again, with the setting."""

    def act(browser: Browser) -> Browser:
        browser.app = make_app(POSTING=False, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
        return browser

    return act


@pytest.fixture
def member(make_app) -> Browser:
    """Somebody who wrote one text of each kind while posting was open."""
    return writer(make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False))


@pytest.mark.parametrize(("path", "form", "typed"), FORMS)
@pytest.mark.parametrize("who", ["member", "logged out"])
def test_a_form_that_was_open_posts_nothing(member, close, path, form, typed, who):
    """It is answered with 403, a sentence and the text as it was typed; nothing new stands anywhere."""
    member.get(path)
    if who == "logged out":
        member.close()
    page = close(member).submit(form, **typed)
    assert page.status == 403 and SAYS in page.one("[data-closed]").get_text()
    said = page.one("[data-closed] pre").get_text().replace("\r", "")
    assert said == "\n".join(typed.values())
    for seen in ("/social/", "/social/1", "/forum/sourdough", "/forum/sourdough/1"):
        assert "wheat>" not in member.get(seen).text and "Flat bread" not in member.page.text
    log_in(member, NAME, WRITERS)
    assert len(member.get("/forum/sourdough").select("[data-thread]")) == 1


@pytest.mark.parametrize(("path", "form", "typed"), FORMS)
def test_no_page_has_a_form_or_a_way_to_one(member, close, path, form, typed):
    """Where the form was a sentence stands, for members and visitors; buttons and links to it are gone."""
    ways = (
        f"main {form}, main .button[href*='/login'], main a[href$='/new'], main a[href$='/edit'], main a[href*=quote]"
    )
    assert member.get(path).select(ways)
    for browser in (close(member), Browser(member.app)):
        page = browser.get(path)
        assert page.status == 200 and SAYS in page.one("[data-closed]").get_text(), path
        assert [link for link in page.select(ways) if link.get_text() != "Log in"] == []
        assert page.select("[data-closed] pre") == []


def test_the_board_and_the_lists_offer_nothing(member, close):
    """No list has a button for a new text, and none for a first comment."""
    member.get("/social/")
    member.submit("#write", text="Nobody said a word to this.")
    ways = "main a[href$='/new'], main a[href$='/2#comments']"
    for path in ("/forum/sourdough", "/social/", f"/social/@{NAME}"):
        assert member.get(path).select(ways), path
    close(member)
    for path in ("/forum/sourdough", "/social/", f"/social/@{NAME}"):
        assert member.get(path).select(ways) == [], path
    assert member.get("/social/").select("main a[href$='/1#comments']")  # there is something to read
    assert "could be yours" not in member.get("/forum/swap").text


@pytest.mark.parametrize(("path", "form", "typed"), FORMS)
def test_what_waited_for_a_log_in_is_shown(member, close, path, form, typed):
    """A text that was sent and not posted before stands whole on the page of its place, and a list leads there."""
    member.get(path)
    member.close()
    assert "/login" in member.submit(form, **typed).url
    close(member).get("/social/" if "social" in path else "/forum/")
    assert [link.get_text() for link in member.page.select("[data-draft] a")] == ["Read it"]
    for page in (member.follow("[data-draft] a"), member.get(path)):
        shown = page.select("[data-closed] pre, [data-draft] q")
        assert [each.get_text().replace("\r", "") for each in shown] == ["\n".join(typed.values())]


def test_an_open_form_keeps_its_draft(member, close):
    """Who presses “keep as draft” in a form that was open finds the text where it belongs."""
    member.get("/forum/sourdough/1")
    page = close(member).submit("form.drafted", button="draft", text=TEXT)
    assert page.before[0].status == 303
    assert page.one("[data-closed] pre").get_text().replace("\r", "") == TEXT


def test_what_stands_can_be_liked_followed_and_taken_down(member, close):
    """Likes and follows go on, since nobody reads anything new by them; one's own text one can always take down."""
    with close(member).app.app_context():
        users.register("Nora", PASSWORD)
    nora = log_in(Browser(member.app), "Nora")
    nora.get("/social/")
    assert nora.submit(".posts", button="1").one(".heart")["aria-pressed"] == "true"
    nora.get(f"/social/@{NAME}")
    assert nora.submit("#follow", button="y").one("#follow button")["name"] == "unfollow"
    for path, trace in (
        ("/social/1/remove", "#p1 .trace"),
        ("/social/comments/1/remove", "#c1 .trace"),
        ("/forum/post/1/take-down", "#p1 [data-trace]"),
    ):
        member.get(path)
        assert "Taken down by its author" in member.submit("main form").one(trace).get_text()


def test_the_first_page_promises_no_writing(make_app):
    """The card of the forum tells of drafts where there can be some, else of what is new, and names those cookies."""
    cards = {}
    for posting in (True, False):
        app = make_app(POSTING=posting, DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
        page = Browser(app).get("/")
        assert len(sites(app)) == 3
        [cards[posting]] = [card.get_text(" ") for card in page.select(".places li") if card.select("[href='/forum/']")]
    assert "Begin to write" in cards[True] and "draft." in cards[True]
    assert "what is new" in cards[False] and "draft." not in cards[False] and "recent_forum." in cards[False]
