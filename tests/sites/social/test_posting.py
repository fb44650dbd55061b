"""Posting: for people with an account, once, not too often, and nothing typed is lost."""

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.browsing import Browser
from tests.sites.social.conftest import PASSWORD
from webapp import clock
from webapp.database import reading
from webapp.sites.drafts import MOST
from webapp.sites.social import views
from webapp.sites.social.tables import POSTS


def _number(app) -> int:
    with app.app_context():
        return reading().scalar(select(func.count()).select_from(POSTS))


def test_a_post_stands_on_top(enter, fill, say):
    """A post is shown at once, on top, by its author."""
    fill(3)
    page = say(enter("Nora"), "The rye is out.")
    card = page.select("article[data-post]")[0]
    assert page.before[0].status == 303 and page.url.endswith(f"/social/#p{card['data-post']}")
    assert card["data-author"] == "Nora" and card.select_one(".text").get_text() == "The rye is out."


@pytest.mark.parametrize(("text", "length"), [("", 0), (" \r\n\t ", 0), ("\0\x07", 0), ("ß" * 501, 501)])
def test_an_impossible_text_comes_back(enter, app, say, text, length):
    """Nothing and too much are refused with a sentence; what was typed is still there."""
    page = say(enter("Nora"), text)
    assert page.status == 422 and page.one(".problems a")["href"] == "#text"
    assert len(page.one("#write textarea").get_text().strip()) == length
    assert _number(app) == 0


def test_five_hundred_letters_of_any_script_fit(enter, app, say):
    """A letter is a letter, however many bytes it takes; line breaks count as one."""
    text = "🍞ب\n" * 166 + "xy"
    assert len(text) == 500
    page = say(enter("Nora"), text.replace("\n", "\r\n"))
    assert page.status == 200 and page.one(".text").get_text() == text


def test_an_expired_form_keeps_the_text(enter, app):
    """When the session ended while somebody typed, the page comes back with the text, and sending again works."""
    browser = enter("Nora", remember=True)
    browser.get("/social/")
    data = {"text": "Written over lunch.", "once": browser.page.one("[name=once]")["value"]}
    browser.close()
    page = browser.post("/social/", {**data, "csrf_token": "old"})
    assert page.status == 422 and page.one("#write textarea").get_text().strip() == "Written over lunch."
    assert _number(app) == 0
    assert browser.submit("#write").status == 200 and _number(app) == 1


def test_without_a_log_in(browser, app):
    """A request without log-in is sent to the log-in page and from there back to the timeline."""
    page = browser.post("/social/", {"text": "Hello"})
    assert page.url.endswith("/login?cookies=set&next=/social/") and _number(app) == 0


@pytest.mark.parametrize("where", ["post", "comment", "edit"])
def test_a_log_in_in_between_loses_nothing(enter, app, say, where):
    """What somebody sends after their log-in ended waits in a cookie, and is in the form when they are back."""
    browser = enter("Nora")
    post = say(browser, "The first.").url.rpartition("#p")[2]
    path, place = {
        "post": ("/social/", "new"),
        "comment": (f"/social/{post}", f"c{post}"),
        "edit": (f"/social/{post}/edit", f"ep{post}"),
    }[where]
    browser.close()
    page = browser.post(path, {"text": "Typed over\r\nlunch. ß"})
    assert page.url.endswith(f"/login?next={path}") and f"unposted.{place}" in page.before[0].cookies_set
    page = browser.submit("#log-in", username="Nora", password=PASSWORD)
    assert page.url.endswith(path) and page.status == 200
    assert page.one("#write textarea").get_text().strip() == "Typed over\nlunch. ß"
    assert "not posted yet" in page.one(".problems").get_text()
    assert browser.get("/social/1000/edit").status == 404
    browser.get(path)
    page = browser.submit("#write")
    assert "Max-Age=0" in page.before[0].cookies_set[f"unposted.{place}"] and "Typed over" in page.text
    assert not browser.get(path).select(".problems")


def test_every_form_keeps_its_own(enter, app, say):
    """A post, a comment and two edits, all sent after the log-in ended: three wait in cookies, the fourth in its form.

    The timeline leads to each; what is posted or cleared at log-out is gone, and nothing else.
    """
    browser = enter("Nora")
    post = say(browser, "The first.").url.rpartition("#p")[2]
    browser.get(f"/social/{post}")
    comment = browser.submit("#write", text="A comment").url.rpartition("#c")[2]
    browser.close()
    paths = ["/social/", f"/social/{post}", f"/social/{post}/edit", f"/social/comments/{comment}/edit"]
    for number, path in enumerate(paths):
        page = browser.post(path, {"text": f"Text {number}"})
        assert ("/login" in page.url) == (number < MOST)
    assert page.status == 422 and "log in on another tab" in page.one(".problems").get_text()
    assert page.one("#write textarea").get_text().strip() == "Text 3"
    browser.get("/login")
    assert not browser.submit("#log-in", username="Nora", password=PASSWORD).select("[data-gone]")
    listed = [link["href"] for link in browser.get("/social/").select("[data-draft] li a")]
    assert listed == [paths[2], f"{paths[1]}#write"]
    for number, path in enumerate(paths):
        area = browser.get(path).one("#write textarea").get_text().strip()
        assert (area == f"Text {number}") == (number < MOST), path
    browser.get(paths[1])
    browser.submit("#write")
    assert len(browser.get("/social/").select("[data-draft] li")) == 1
    browser.get("/logout")
    browser.submit("main form", history="clear")
    assert not [name for name in browser.cookies if name.startswith(("unposted", "begun"))]


def test_the_text_of_an_older_version_is_moved(enter):
    """The one cookie of 0.2 becomes one of its place, and its text is in that form."""
    browser = enter("Nora")
    browser.agent.receive(
        browser.home + "/social/", "unposted=new.VHlwZWQ; Path=/social/", now=clock.now(), method="GET"
    )
    assert browser.get("/social/").one("#write textarea").get_text().strip() == "Typed"
    assert "unposted.new" in browser.cookies and "unposted" not in browser.cookies


def test_what_no_cookie_can_hold_stays_in_the_form(browser, app):
    """A text longer than a cookie comes back in the page, with the way to go on."""
    page = browser.post("/social/", {"text": "ß" * 1600})
    assert page.status == 422 and page.one("#write textarea").get_text().strip() == "ß" * 1600
    assert "log in on another tab" in page.one(".problems").get_text() and _number(app) == 0


def test_sent_twice_is_one_post(enter, app):
    """The same form sent by eight requests at once is one post, and all of them are led to it."""
    browser = enter("Nora")
    form = browser.get("/social/").one("#write")
    data = {tag["name"]: tag["value"] for tag in form.select("input")} | {"text": "Once."}
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    answers, barrier = [], threading.Barrier(8)

    def send() -> None:
        barrier.wait()
        page = Browser(app).post("/social/", data, follow=False, headers={"Cookie": cookie})
        answers.append((page.status, page.headers["Location"]))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1 and answers[0][0] == 303 and _number(app) == 1


def test_the_seventh_within_a_minute_waits(enter, app, say, travel):
    """Six posts a minute; the seventh comes back with its text and a sentence, and goes through a minute later."""
    browser = enter("Nora")
    for n in range(6):
        assert say(browser, f"post {n}").status == 200
    page = say(browser, "one too many")
    assert page.status == 429 and 0 < int(page.headers["Retry-After"]) <= 60
    assert page.one("#write textarea").get_text().strip() == "one too many"
    assert "again in" in page.one(".problems").get_text() and _number(app) == 6
    travel(seconds=61)
    assert browser.submit("#write").status == 200 and _number(app) == 7


def test_a_failing_database_keeps_the_text(enter, app, monkeypatch, say):
    """When a post can't be kept, the page says so with status 503, and the text stays."""
    browser = enter("Nora")

    def fail(*arguments):
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(views, "post_once", fail)
    page = say(browser, "Keep me.")
    assert page.status == 503 and page.headers["Retry-After"] == "60"
    assert page.one("#write textarea").get_text().strip() == "Keep me."


def test_a_like_after_a_refused_post_leads_to_the_timeline(enter, fill, say):
    """The buttons of a page that came back know where they stand."""
    post = fill(1)[0]
    browser = enter("Nora")
    say(browser, "")
    assert browser.submit("form.posts", button=str(post)).url.endswith(f"/social/#p{post}")
