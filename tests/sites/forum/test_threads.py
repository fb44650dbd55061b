"""Boards, threads, answers: what people write and read."""

import threading

import pytest

from tests.browsing import Browser
from tests.sites.forum.conftest import answer, open_thread, texts
from webapp.sites.forum.forms import LONGEST_TEXT, LONGEST_TITLE, ReplyForm, ThreadForm
from webapp.sites.forum.town import BOARDS
from webapp.sites.postings import LIMITS


def test_the_boards_stand_there_from_the_start(browser):
    """An empty forum has all boards, each with its picture and a kind word."""
    page = browser.get("/forum/")
    assert [board["data-board"] for board in page.select("[data-board]")] == list(BOARDS)
    for slug in BOARDS:
        assert browser.get(f"/forum/{slug}").status == 200
        assert browser.get(browser.page.one(".board-head img")["src"]).status == 200


def test_a_thread_and_an_answer(enter):
    """Somebody asks, somebody answers, anybody reads; each lands where the text stands."""
    nora, visitor = enter(), Browser(enter().app)
    page = open_thread(nora, "Rye", "How long does rye keep?")
    assert page.before[0].status == 303 and page.one("h1").get_text() == "Rye"
    path = page.url.removeprefix("http://localhost:8000")
    ole = enter("Ole")
    page = answer(ole, path, "A **week**,\nif you let it.")
    anchor = page.url.partition("#")[2]
    assert page.one(f"#{anchor} .prose strong").get_text() == "week"
    page = visitor.get(path)
    assert texts(page) == ["How long does rye keep?", "A week , if you let it."]
    assert [by.get_text() for by in page.select("[data-post] .by .talker")] == ["Nora", "Ole"]
    page = visitor.get("/forum/ovens")
    assert "1 reply" in page.text and "Ole" in page.text
    assert "Rye" in visitor.get("/forum/").text


def test_many_pages_are_left_without_a_cookie(browser, enter):
    """Somebody who only reads gets no Set-Cookie and no form with a token."""
    path = open_thread(enter()).url
    for address in ("/forum/", "/forum/ovens", path, path + "?latest", "/forum/search?q=rye"):
        page = browser.get(address)
        assert page.status == 200 and page.set_cookie == [], address
    assert browser.get(path).one("#reply a")["href"].startswith("/login?next=/forum/ovens/")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "", "text": "Text"}, ["title"]),
        ({"title": "Title", "text": " \n "}, ["text"]),
        ({"title": "x" * (LONGEST_TITLE + 1), "text": "x" * (LONGEST_TEXT + 1)}, ["title", "text"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(enter, fields, wrong):
    """A form that can't be posted comes back with its errors and its texts."""
    nora = enter()
    page = open_thread(nora, **fields)
    assert page.status == 422
    assert [link["href"] for link in page.select(".problems a")] == [f"#{name}" for name in wrong]
    assert page.one("[name=title]").get("value", "") == fields["title"]
    assert page.one("textarea").get_text().strip() == fields["text"].strip()
    assert open_thread(nora, "x" * LONGEST_TITLE, "\r\n".join("ab" for _ in range(500)) + "x").status == 200


def test_the_messages_name_the_limits(app):
    """The sentences that say how long a text may be hold the numbers that count."""
    with app.test_request_context():
        assert any(str(LONGEST_TEXT) in v.message for v in ReplyForm().text.validators)
        assert any(str(LONGEST_TITLE) in v.message for v in ThreadForm().title.validators)


def test_an_address_leads_to_the_thread_wherever_it_stands(enter):
    """A thread under the name of another board leads to its own, whatever else the address says; others are unknown."""
    nora = enter()
    path = open_thread(nora).url
    number = path.rpartition("/")[2]
    page = nora.get(f"/forum/swap/{number}?latest&x=%FF%0a&_external=1")
    assert page.before[0].status == 302 and page.url.startswith(f"{path}?latest")
    for unknown in ("/forum/ovens/999", "/forum/ovens/0", "/forum/ovens/99999999999", "/forum/oven", "/forum/ovens/x"):
        assert nora.get(unknown).status == 404
        assert nora.post(unknown).status in (404, 405, 422)
    for address in ("/forum/post/999/edit", "/forum/post/999/take-down", "/forum/nope/new"):
        assert nora.get(address).status == 404


def test_an_answer_to_no_thread_is_none(enter):
    """A form that is sent to a thread that does not exist writes nothing."""
    nora = enter()
    open_thread(nora)
    nora.get(nora.page.url)
    data = {
        tag["name"]: tag.get("value", "x") for tag in nora.page.select("form.drafted [name]") if tag.name != "button"
    }
    assert nora.post("/forum/ovens/999", {**data, "text": "x"}).status == 404


def test_a_quote_fills_the_form(enter):
    """Quote puts the author and each line, marked, into the form; a number that is not there changes nothing."""
    nora = enter()
    path = open_thread(nora, text="One\n\ntwo **three**").url
    ole = enter("Ole")
    page = ole.get(path)
    link = next(link["href"] for link in page.select("[data-post] a") if "quote=" in link["href"])
    page = ole.get(link)
    assert page.one("textarea").get_text().lstrip("\r\n") == "> Nora wrote:\n>\n> One\n>\n> two **three**\n\n"
    ole.submit("form.drafted", text=page.one("textarea").get_text() + "Four.")
    assert "Nora wrote:" in ole.page.select("blockquote")[-1].get_text()
    for quote in ("999", "x", "", "٣"):
        assert ole.get(f"{path}?quote={quote}").one("textarea").get_text().strip() == ""


def test_a_preview_shows_and_posts_nothing(enter):
    """Preview renders the text below the form, where it stays."""
    nora = enter()
    path = open_thread(nora).url
    nora.get(path)
    page = nora.submit("form.drafted", button="yes", text="Say **it**")
    assert page.status == 200 and page.one(".prose-preview strong").get_text() == "it"
    assert page.one("[name=preview]")["formaction"].endswith("#preview")  # it stands below a long form
    assert page.one("textarea").get_text().strip() == "Say **it**"
    assert len(nora.get(path).select("[data-post]")) == 1


def test_sent_eight_times_at_once_it_stands_once(enter):
    """The same form from eight threads is one post, and each is led to it."""
    nora = enter()
    path = open_thread(nora).url
    page = nora.get(path)
    data = {tag["name"]: tag.get("value", "") for tag in page.select("form.drafted input")} | {"text": "Once."}
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in nora.cookies.items())}
    led: list[str] = []
    barrier = threading.Barrier(8)

    def send() -> None:
        barrier.wait()
        sent = Browser(nora.app).post(path, data, headers=header, follow=False)
        led.append(sent.headers["Location"])

    pool = [threading.Thread(target=send) for _ in range(8)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    assert len(led) == 8 and len(set(led)) == 1
    assert texts(nora.get(path)).count("Once.") == 1
    assert "1 reply" in nora.get("/forum/ovens").text


def test_too_much_too_soon_has_to_wait(enter, travel):
    """Past the limit the page comes back with the text, when to send it again, and status 429."""
    nora = enter()
    path = open_thread(nora).url
    for count in range(LIMITS[0][0] - 1):
        assert answer(nora, path, f"Answer {count}").status == 200
    page = answer(nora, path, "One more")
    assert page.status == 429 and 0 < int(page.headers["Retry-After"]) <= 60
    assert page.one("textarea").get_text().strip() == "One more" and page.select(".problems")
    travel(seconds=61)
    assert texts(nora.submit("form.drafted"))[-1] == "One more"
