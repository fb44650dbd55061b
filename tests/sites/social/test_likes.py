"""Likes: each person once, and the number under a post is right."""

import threading

import pytest
from sqlalchemy import func, select

from tests.browsing import Browser
from webapp.database import reading
from webapp.sites.social.tables import LIKES, POSTS

WORD = {"Sec-Fetch-Site": "same-origin"}


def stored(app, post: int) -> tuple[int, int]:
    """Return (counter, rows)."""
    with app.app_context():
        rows = reading().scalar(select(func.count()).where(LIKES.c.post_id == post))
        return reading().scalar(select(POSTS.c.likes).where(POSTS.c.id == post)), rows


def press(browser, word: str, post: int, **options):
    """Press the button of a post, on a page of ours."""
    return browser.post("/social/like", {word: str(post), "next": "/social/"}, headers=WORD, **options)


def _all_at_once(actions: list) -> None:
    barrier = threading.Barrier(len(actions))

    def act(action) -> None:
        barrier.wait()
        action()

    threads = [threading.Thread(target=act, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_like_and_no_longer(enter, fill, app):
    """The button of a post likes it and leads back to it; pressed again, it is taken back."""
    post = fill(3)[1]
    browser = enter("Nora")
    page = browser.submit("form.posts", button=str(post))
    assert page.before[0].status == 303 and page.url.endswith(f"/social/#p{post}")
    button = page.one(f"#p{post} button")
    assert button["aria-pressed"] == "true" and button["name"] == "unlike" and "1" in button.get_text()
    assert stored(app, post) == (1, 1)
    page = browser.submit("form.posts", button=str(post))
    assert page.one(f"#p{post} button")["aria-pressed"] == "false"
    assert stored(app, post) == (0, 0)


def test_twice_is_once(enter, fill, app):
    """Liking what one likes and unliking what one doesn't change nothing."""
    post = fill(1)[0]
    browser = enter("Nora")
    for word, state in (("like", (1, 1)), ("like", (1, 1)), ("unlike", (0, 0)), ("unlike", (0, 0))):
        assert press(browser, word, post, follow=False).status == 303
        assert stored(app, post) == state


def test_eight_people_at_once(enter, fill, app):
    """Eight likes at the same time are eight, and eight of one person at the same time are one."""
    post = fill(1)[0]
    people = [enter(f"person-{n}") for n in range(8)]
    _all_at_once([lambda browser=browser: press(browser, "like", post) for browser in people])
    assert stored(app, post) == (8, 8)
    _all_at_once([lambda browser=browser: press(browser, "unlike", post) for browser in people[:5]])
    assert stored(app, post) == (3, 3)
    data = {"like": str(post)}
    cookie = "; ".join(f"{name}={value}" for name, value in people[0].cookies.items())
    tabs = [Browser(app) for _ in range(8)]
    answers = []

    def tap(tab) -> None:
        answers.append(tab.post("/social/like", data, follow=False, headers={"Cookie": cookie, **WORD}).status)

    _all_at_once([lambda tab=tab: tap(tab) for tab in tabs])
    assert answers == [303] * 8 and stored(app, post) == (4, 4)


def test_a_post_that_is_gone_takes_no_likes(enter, fill, app):
    """A post that never was, or that was taken down meanwhile, is not liked; it is no error either."""
    browser = enter("Nora")
    fill(1)
    assert press(browser, "like", 470011, follow=False).status == 303
    with app.app_context():
        assert reading().scalar(select(func.count()).select_from(LIKES)) == 0


@pytest.mark.parametrize("value", ["", "x", "0", "-1", "1e3", "2147483648", "9" * 40, "\0", "1 OR 1=1"])
def test_nonsense_is_no_post(enter, fill, value):
    """What no button of ours says is answered by 404."""
    fill(1)
    assert press(enter("Nora"), "like", value).status == 404


def test_without_a_word_of_the_browser_it_asks_once_more(enter, fill, app):
    """A like that no page of ours sent is not counted; the page that says so sends it with a token, and leads back."""
    post = fill(1)[0]
    browser = enter("Nora")
    page = browser.post("/social/like", {"like": str(post), "next": "/social/?before=99"})
    assert page.status == 422 and stored(app, post) == (0, 0)
    browser.silent = True
    page = browser.submit("[data-once-more]")
    assert page.url.endswith(f"/social/?before=99#p{post}") and stored(app, post) == (1, 1)


@pytest.mark.parametrize("next", ["https://evil.example/", "/social/#p9", "/social/#a#b", ""])
def test_the_way_back_stays_here(enter, fill, next):
    """`next` leads to this site only, and there to the post."""
    post = fill(1)[0]
    browser = enter("Nora")
    data = {"like": str(post), "next": next}
    page = browser.post("/social/like", data, headers=WORD, follow=False)
    assert page.headers["Location"] == f"/social/#p{post}"
