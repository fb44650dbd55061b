"""Pages of boards, threads and the search: complete, in order, nothing twice; and what they ask the database."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.browsing import Browser, Page
from tests.sites.forum.conftest import answer, open_thread, stored
from tests.statements import heard
from webapp import clock
from webapp.database import engines, writing
from webapp.sites.forum.tables import THREADS
from webapp.sites.forum.threads import A_BOARD_PAGE, A_THREAD_PAGE


def _walk(browser: Browser, path: str, hook: str) -> tuple[list[int], int]:
    """Return what the pages list from the first to the last, and how many pages there are."""
    page, found, pages = browser.get(path), [], 1
    found += [int(tag[hook]) for tag in page.select(f"main [{hook}]")]
    while following := page.select('main [rel="next"]'):
        page, pages = browser.get(following[0]["href"]), pages + 1
        found += [int(tag[hook]) for tag in page.select(f"main [{hook}]")]
    return found, pages


@pytest.mark.parametrize("order", ["active", "new"])
def test_a_board_is_complete(app, browser, order):
    """Every thread comes once, in the chosen order; threads of the same moment too."""
    ids = stored(app, 2 * A_BOARD_PAGE + 3)
    stored(app, 3, "swap")
    with app.app_context(), writing() as db:
        db.execute(
            update(THREADS).where(THREADS.c.id.in_(ids[::2])).values(last_post_at=clock.now() - timedelta(days=9))
        )
    expected = sorted(ids[::2], reverse=True) + sorted(ids[1::2], reverse=True) if order == "active" else ids[::-1]
    assert _walk(browser, f"/forum/ovens?sort={order}", "data-thread") == (expected, 3)


def test_what_is_written_meanwhile_repeats_nothing(app, browser, enter):
    """A new thread while somebody leafs moves no other onto the next page."""
    ids = stored(app, A_BOARD_PAGE + 5)
    page = browser.get("/forum/ovens")
    open_thread(enter())
    first = [int(tag["data-thread"]) for tag in page.select("[data-thread]")]
    second = browser.get(page.one('main [rel="next"]')["href"])
    assert first + [int(tag["data-thread"]) for tag in second.select("[data-thread]")] == ids[::-1]


@pytest.mark.parametrize("posts", [1, A_THREAD_PAGE, A_THREAD_PAGE + 1, 3 * A_THREAD_PAGE - 1])
def test_a_thread_is_complete(app, browser, posts):
    """Every post comes once, from old to new, and the way back shows all of them too."""
    stored(app, 1, replies=4)
    (thread,) = stored(app, 1, replies=posts - 1)
    found, pages = _walk(browser, f"/forum/ovens/{thread}", "data-post")
    assert len(found) == len(set(found)) == posts and found == sorted(found) and pages == -(-posts // A_THREAD_PAGE)
    page = browser.get(f"/forum/ovens/{thread}?latest")
    back = [int(tag["data-post"]) for tag in page.select("[data-post]")]
    while earlier := page.select('main [rel="prev"]'):
        page = browser.get(earlier[0]["href"])
        back = [int(tag["data-post"]) for tag in page.select("[data-post]")] + back
    assert back == found


def test_an_answer_to_a_long_thread_is_in_sight(app, enter):
    """After an answer the page shows it, whatever came before; its anchor names it."""
    (thread,) = stored(app, 1, replies=2 * A_THREAD_PAGE)
    page = answer(enter(), f"/forum/ovens/{thread}", "The last word")
    anchor = page.url.partition("#")[2]
    assert "The last word" in page.one(f"#{anchor}").get_text()
    assert len(page.select("[data-post]")) == A_THREAD_PAGE and not page.select('main [rel="next"]')


def test_a_search_is_complete(app, browser):
    """Every post that fits comes once, the newest first."""
    stored(app, 1, replies=2 * A_THREAD_PAGE)
    found, pages = _walk(browser, "/forum/search?q=post", "data-post")
    assert found == sorted(set(found), reverse=True) and len(found) == 2 * A_THREAD_PAGE + 1 and pages == 3


@pytest.mark.parametrize(
    "path",
    [
        "ovens?before=x", "ovens?before=1.2.3", "ovens?before=99999999999", "ovens?before=٣",
        "ovens?before=999999999999999999.1", "ovens/{}?after=-1", "ovens/{}?after=99999999999",
        "ovens/{}?before=1", "ovens/{}?before=%00", "search?q=a&before=x",
    ],
)  # fmt: skip
def test_a_key_that_was_never_given_is_no_page(app, browser, path):
    """Made-up keys answer with a kind 404, never an error."""
    (thread,) = stored(app, 1)
    assert browser.get("/forum/" + path.format(thread)).status == 404


def test_a_key_with_any_moment_is_harmless(app, browser):
    """The largest moment that a key can hold is one that the database understands."""
    stored(app, 1)
    assert browser.get("/forum/ovens?before=99999999999999999.2147483647").status == 200
    assert browser.get("/forum/ovens?before=0.1").status == 200
    assert browser.get("/forum/ovens?sort=upside-down").status == 200


@pytest.fixture
def statements(app):
    """What the pages ask the database."""
    with heard(*engines(app)) as statements:
        yield statements


def _asked(browser: Browser, path: str, statements: list[str]) -> tuple[Page, int]:
    statements.clear()
    page = browser.get(path)
    assert page.status == 200
    # The record of exchanges is not theirs.
    own = [each for each in statements if "exchanges" not in each and not each.startswith(("BEGIN", "PRAGMA"))]
    assert not any("count(" in statement.lower() for statement in own)
    return page, len(own)


def test_pages_ask_little(app, enter, travel, statements):
    """A board or a thread costs three statements at most, the visitor's own included; no page more than five."""
    (thread, *_) = stored(app, 2 * A_BOARD_PAGE, replies=A_THREAD_PAGE)
    nora = enter()
    nora.agree()
    path = open_thread(nora).url.removeprefix("http://localhost:8000")
    edit = nora.page.one('[data-post] a[href$="/edit"]')["href"].removesuffix("/edit")
    for _ in range(2):  # at the second visit the marks of what is new are there
        board, asked = _asked(nora, "/forum/ovens", statements)
        assert asked <= 3
        for address in (board.one('main [rel="next"]')["href"], f"/forum/ovens/{thread}", path + "?latest"):
            assert _asked(nora, address, statements)[1] <= 3, address
        for address in ("/forum/", "/forum/search?q=post", "/forum/ovens/new", f"{edit}/edit", f"{edit}/take-down"):
            assert _asked(nora, address, statements)[1] <= 5, address
        nora.close()
        travel(hours=1)
        answer(enter("Ole"), path, "News")
        nora.get("/login")
        nora.submit("#log-in", username="Nora", password="three brown loaves")
    assert nora.get("/forum/ovens").select("[data-thread][data-unread]")


def test_a_thread_shows_the_last_three(app, browser):
    """Beside a thread stand the three looked at before, with their boards' pictures; what is gone is none of them."""
    ids = stored(app, 5)
    browser.agree()
    for id in ids:
        page = browser.get(f"/forum/ovens/{id}")
    items = page.select("[data-recent] [data-item]")
    assert [item["data-item"] for item in items] == [str(id) for id in ids[3:0:-1]]
    assert [item.a["href"] for item in items] == [f"/forum/ovens/{id}" for id in ids[3:0:-1]]
    picture = browser.get("/forum/ovens").one(".board-head img")["src"]
    assert {item.img["src"] for item in items} == {picture}
    with app.app_context(), writing() as db:
        db.execute(update(THREADS).where(THREADS.c.id == ids[3]).values(title=""))
    page = browser.get(f"/forum/ovens/{ids[4]}")
    assert [item["data-item"] for item in page.select("[data-recent] [data-item]")] == [str(id) for id in ids[2::-1]]
    assert "Max-Age=0" in page.cookies_set[f"recent_forum.{ids[3]}"]
    page = browser.follow("[data-recent] header a")
    assert page.one("#recent") and len(page.select("#recent [data-item]")) == 4


def test_made_up_threads_do_no_harm(app, browser):
    """A hundred cookies of threads that never were, or can't be: the page comes, without them, and they go."""
    (id,) = stored(app, 1)
    browser.agree()
    forged = [f"recent_forum.{number}=1700000000.1" for number in [*range(470000, 470099), 9999999999]]
    header = "; ".join([*(f"{name}={value}" for name, value in browser.cookies.items()), *forged])
    page = browser.get(f"/forum/ovens/{id}", headers={"Cookie": header})
    assert page.status == 200 and page.select("[data-recent]") == []
    assert "Max-Age=0" in page.cookies_set["recent_forum.9999999999"]
