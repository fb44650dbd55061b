"""Likes of guests: cookies of their own browser, which a log-in takes over on the wire."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.browsing import Browser
from tests.sites.social.conftest import PASSWORD
from tests.sites.social.test_likes import WORD, press, stored
from webapp import clock
from webapp.accounts import users
from webapp.database import reading
from webapp.sites.social import acts
from webapp.sites.social.likes import MOST
from webapp.sites.social.tables import LIKES


@pytest.fixture
def log_in(app):
    """A function that logs a browser in as Nora, whose account is made at the first call."""

    def enter(browser: Browser):
        with app.app_context():
            users.register("Nora", PASSWORD)
        browser.get("/login?next=/social/")
        return browser.submit("#log-in", username="Nora", password=PASSWORD)

    return enter


def _held(browser) -> set[str]:
    return {name for name in browser.cookies if name.startswith("like.")}


def _hold(browser, *posts: object, value: str | None = None) -> None:
    value = str(int(clock.now().timestamp()) - 9) if value is None else value
    for post in posts:
        browser.agent.receive(browser.home, f"like.{post}={value}; Path=/", now=clock.now(), method="GET")


def _button(browser, post: int) -> tuple[str, str]:
    """Return whether a post is liked, and the number below it."""
    button = browser.get("/social/").one(f"#p{post} .heart")
    return button["aria-pressed"], button.b.get_text() if button.b else ""


def test_a_guest_s_like_is_one_cookie(browser, enter, fill, app):
    """Looking sets nothing; the button writes one plain cookie, the page counts it for the guest alone."""
    post, other = fill(2)
    press(enter("Ole"), "like", post)
    assert browser.get("/social/").set_cookie == []
    page = browser.submit("form.posts", button=str(post))
    assert page.before[0].status == 303 and urlsplit(page.url).fragment == f"p{post}"
    (line,) = [line for name, line in page.before[0].cookies_set.items() if name.startswith("like.")]
    pair, *attributes = line.split("; ")
    assert pair == f"like.{post}={int(pair.partition('=')[2])}"
    assert [part for part in attributes if not part.startswith("Expires=")] == [
        "Max-Age=604800", "HttpOnly", "Path=/", "SameSite=Lax",
    ]  # fmt: skip
    assert _button(browser, post) == ("true", "2") and _button(browser, other) == ("false", "")
    assert _button(Browser(app), post) == ("false", "1") and stored(app, post) == (1, 1)
    assert browser.get("/social/").one("[data-likes] code").get_text() == pair
    page = browser.submit("form.posts", button=str(post))
    assert "Max-Age=0" in page.before[0].cookies_set[f"like.{post}"]
    assert _button(browser, post) == ("false", "1") and not page.select("[data-likes]")


@pytest.mark.parametrize("path", ["/social/{post}", "/social/@Ada"])
def test_every_page_of_a_post_has_the_button(browser, fill, path):
    """On a post's own page and its author's a guest likes it too, and is led back there."""
    post = fill(1)[0]
    browser.get(path.format(post=post))
    page = browser.submit("form.posts", button=str(post))
    assert urlsplit(page.url)[2::2] == (path.format(post=post), f"p{post}")
    assert page.one(f"#p{post} .heart")["aria-pressed"] == "true" and page.one("[data-likes]")


def test_a_log_in_takes_them_over(browser, enter, fill, app, log_in):
    """The answer to the log-in deletes the cookies, and the likes are the account's: counted once, for everybody."""
    first, second, third = fill(3)
    for post in (first, second):
        press(browser, "like", post)
    page = log_in(browser)
    answer = page.before[0]
    assert answer.status == 303 and {f"like.{first}", f"like.{second}"} <= set(answer.cookies_set)
    assert all("Max-Age=0" in answer.cookies_set[f"like.{post}"] for post in (first, second))
    assert page.one(f'[data-deleted="like.{first}"]')
    assert not _held(browser) and not page.select("[data-likes]")
    assert [stored(app, post) for post in (first, second, third)] == [(1, 1), (1, 1), (0, 0)]
    assert _button(browser, first) == ("true", "1") and _button(Browser(app), first) == ("false", "1")
    browser.get("/logout")
    browser.submit('main form[action="/logout"]')
    assert not _held(browser) and _button(browser, first) == ("false", "1")


def test_a_registration_and_a_return_take_them_over_too(browser, fill, app):
    """Whoever is let in without the form of the log-in keeps what they like as well."""
    first, second = fill(2)
    press(browser, "like", first)
    browser.get("/register")
    browser.submit("main form.card", username="Nora", password=PASSWORD, confirm=PASSWORD, remember=True)
    assert stored(app, first) == (1, 1) and not _held(browser)
    browser.close()
    _hold(browser, second)
    assert browser.get("/social/").html["data-user"] == "Nora"
    assert stored(app, second) == (1, 1) and not _held(browser)


def test_what_is_liked_or_gone_already_is_no_error(browser, enter, fill, say, app, log_in):
    """A like that the account has is one like; one of a post that is gone, or never was, goes without a trace."""
    (post,) = fill(1)
    press(browser, "like", post)
    log_in(browser)
    again, ole = Browser(app), enter("Ole")
    gone = int(say(ole, "Soon gone.").select("[data-post]")[0]["data-post"])
    for each in (post, gone):
        press(again, "like", each)
    ole.get(f"/social/{gone}/remove")
    ole.submit("#remove")
    _hold(again, 470011, 2147483648, 9999999999)
    assert again.get("/social/").status == 200
    assert log_in(again).status == 200
    assert stored(app, post) == (1, 1) and stored(app, gone) == (0, 0) and not _held(again)


def test_what_is_no_post_is_not_kept(browser, fill):
    """A post that never was, and nonsense, leave no cookie."""
    fill(1)
    assert press(browser, "like", 470011, follow=False).status == 303 and not _held(browser)
    for value in ("", "x", "0", "-1", "2147483648", "\0"):
        page = browser.post("/social/like", {"like": value}, headers=WORD)
        assert page.status == 404 and not _held(browser), value


@pytest.mark.parametrize("value", ["yes", "", "-1", "99999999999999999999", "4102444800", '"<b>"'])
def test_a_forged_cookie_is_ignored_and_deleted(browser, fill, value):
    """What is no time, or one to come, is no like."""
    (post,) = fill(1)
    _hold(browser, post, value=value)
    assert _button(browser, post) == ("false", "") and not browser.page.select("[data-likes]")
    assert "Max-Age=0" in browser.page.cookies_set[f"like.{post}"] and not _held(browser)


def test_two_hundred_are_survived(browser, fill, app, log_in):
    """A browser that says it likes two hundred posts gets its pages; each log-in takes some of them over."""
    posts = fill(200)
    _hold(browser, *posts)
    page = browser.get("/social/")
    assert page.status == 200
    page = log_in(browser)
    assert page.status == 200
    with app.app_context():
        taken = reading().scalar(select(func.count()).select_from(LIKES))
    assert taken > MOST and len(_held(browser)) < 200 - taken


def test_there_is_room_for_some(browser, fill, app, log_in):
    """One more than are kept is told so, and where there is room; none is lost for it."""
    posts = fill(MOST + 1)
    for post in posts[:MOST]:
        assert press(browser, "like", post, follow=False).status == 303
    page = press(browser, "like", posts[MOST])
    assert page.status == 409 and "Log in" in page.text and len(_held(browser)) == MOST
    assert [link["href"] for link in page.select("main .buttons a")] == [
        f"/login?next=/social/%23p{posts[MOST]}", f"/social/#p{posts[MOST]}",
    ]  # fmt: skip
    assert press(browser, "like", posts[0], follow=False).status == 303 and len(_held(browser)) == MOST
    log_in(browser)
    assert not _held(browser)
    assert press(browser, "like", posts[MOST]).status == 200 and stored(app, posts[MOST]) == (1, 1)


def test_two_tabs_lose_nothing(app, browser, fill, log_in):
    """Two tabs that like at once keep both; one that is older than the log-in of the other likes for the account."""
    first, second, third = fill(3)
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    for post in (first, second):
        browser.post("/social/like", {"like": str(post)}, headers=WORD | cookie)
    assert _held(browser) == {f"like.{first}", f"like.{second}"}
    tab = browser.get("/social/")
    log_in(browser)
    browser.page = tab
    browser.submit("form.posts", button=str(third))
    assert not _held(browser) and [stored(app, post) for post in (first, second, third)] == [(1, 1)] * 3


def test_without_a_database_none_is_lost(browser, fill, app, log_in, monkeypatch):
    """What can't be stored at the log-in stays a cookie, the log-in stands, and the next one takes it over."""
    first, second = fill(2)
    for post in (first, second):
        press(browser, "like", post)
    store = acts.like

    def fail(post: int) -> None:
        if post == second:
            raise OperationalError("INSERT", {}, Exception("down"))
        store(post)

    monkeypatch.setattr(acts, "like", fail)
    assert log_in(browser).html["data-user"] == "Nora"
    assert f"like.{second}" in _held(browser) and stored(app, second) == (0, 0)
    monkeypatch.undo()
    log_in(browser)
    assert not _held(browser) and stored(app, first) == stored(app, second) == (1, 1)


def test_they_are_asked_for_and_stay_a_week(browser, fill, travel):
    """Whoever refused all that can be refused likes as others do; a week ends it."""
    (post,) = fill(1)
    browser.get("/social/")
    browser.submit(".ask form", button="necessary")
    press(browser, "like", post)
    travel(days=6, hours=23)
    assert _button(browser, post) == ("true", "1")
    travel(hours=2)
    assert _button(browser, post) == ("false", "")
