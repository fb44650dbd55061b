"""What is new: per board and thread, since the visit before and since a thread was opened; order and memory."""

import pytest

from tests.browsing import Browser
from tests.sites.forum.conftest import answer, answered, log_in, open_thread, stored
from webapp import clock
from webapp.sites.forum.cookies import READ, RECENT, SORT
from webapp.sites.forum.town import BOARDS


@pytest.fixture
def reader(app) -> Browser:
    """A visitor without an account who allowed everything."""
    browser = Browser(app)
    browser.agree()
    return browser


def _come_back(browser: Browser, travel) -> None:
    browser.close()
    travel(hours=2)
    browser.agree()


def _new(browser: Browser, path: str = "/forum/ovens") -> list[str]:
    return [tag["data-thread"] for tag in browser.get(path).select("[data-thread][data-unread]")]


def _new_posts(page) -> list[str]:
    return [tag.select_one(".prose").get_text().strip() for tag in page.select("[data-post][data-new]")]


def _number(path: str) -> str:
    return path.rpartition("/")[2]


def test_a_first_visit_has_nothing_new(reader, enter):
    """Nobody who was never here is told that everything is new."""
    open_thread(enter())
    assert not reader.get("/forum/").select("[data-unread], .unread")
    assert _new(reader) == []


def test_new_since_the_visit_before(reader, enter, travel):
    """After the browser was closed, what was written meanwhile is marked: on the boards, the board, in the thread."""
    nora = enter()
    old, other = open_thread(nora, "Old").url, open_thread(nora, "Other").url
    travel(minutes=1)
    reader.get(old)
    reader.close()
    travel(hours=2)
    answer(nora, old, "News")
    reader.agree()
    page = reader.get("/forum/")
    assert [board["data-board"] for board in page.select("[data-board][data-unread]")] == ["ovens"]
    assert page.one("[data-unread] .unread").get_text() == "new in 1 thread"
    assert _new(reader) == [_number(old)]
    page = reader.get(old)
    (new,) = page.select("[data-post][data-new]")
    assert "News" in new.get_text() and new.select_one(".unread").get_text() == "new"
    assert _new(reader) == [] and not reader.get("/forum/").select("[data-board][data-unread]")
    travel(minutes=5)
    answer(nora, old, "More")
    answer(nora, other, "And here")
    assert _new(reader) == [_number(other), _number(old)]
    assert _new_posts(reader.get(old)) == ["More"]


@pytest.fixture
def long_thread(app, reader, travel) -> tuple[str, list[int]]:
    """A thread whose first two posts the reader has seen, and 44 that were written since; its path, the new posts."""
    (thread,) = stored(app, 1, replies=1)
    reader.get(f"/forum/ovens/{thread}")
    _come_back(reader, travel)
    return f"/forum/ovens/{thread}", answered(app, thread, 44)


def test_a_thread_is_read_as_far_as_it_was_shown(reader, long_thread, travel):
    """Each page marks its new posts until it was shown, and the link leads to the first that was not: 44 in three."""
    path, new = long_thread
    for page, shown in enumerate((new[:20], new[20:40], new[40:])):
        assert _new(reader) == [_number(path)]
        link = reader.page.one("[data-thread] a.unread")["href"]
        if page == 1:
            _come_back(reader, travel)
        opened = reader.get(link)
        assert opened.url.endswith(f"#p{shown[0]}") and opened.one(f"#p{shown[0]}[data-new]")
        assert [int(tag["data-post"]) for tag in opened.select("[data-new]")] == shown
        assert not opened.select(f'main nav a[href="{path}?new"]')
    assert _new(reader) == [] and not reader.get("/forum/").select("[data-unread]")
    assert reader.get(path + "?new").url.endswith(f"#p{new[-1]}")
    assert not reader.get(path).select("[data-new]") and not reader.get(path + "?latest").select("[data-new]")


def test_from_page_to_page(reader, long_thread):
    """Page by page from the first, each marks what is new on it; opened once more, it marks nothing."""
    path, new = long_thread
    marked = []
    page = reader.get(path)
    while page:
        marked += [int(tag["data-post"]) for tag in page.select("[data-new]")]
        assert not reader.get(page.url).select("[data-new]")
        later = page.select('main [rel="next"]')
        page = later and reader.get(later[0]["href"])
    assert marked == new


def test_what_was_skipped_stays_new(reader, long_thread):
    """Who jumps to the end of a thread has not read what stands between; a link leads there."""
    path, new = long_thread
    page = reader.get(path + "?latest")
    assert [int(tag["data-post"]) for tag in page.select("[data-new]")] == new[-20:]
    link = page.select(f'main nav a[href="{path}?new"]')[0]
    assert _new(reader) == [_number(path)]
    assert [int(tag["data-post"]) for tag in reader.get(link["href"]).select("[data-new]")] == new[:20]


def test_one_s_own_post_at_the_end_hides_no_news(app, enter, travel):
    """What others wrote before one's own last post, sent from elsewhere, is new and found by the link."""
    nora, laptop = enter(), Browser(app)
    nora.agree()
    path = open_thread(nora).url
    _come_back(nora, travel)
    post = answer(enter("Ole"), path, "A fortnight.").select("[data-post]")[-1]["data-post"]
    log_in(laptop)
    answer(laptop, path, "From my laptop")
    log_in(nora)
    assert _new(nora) == [_number(path)]
    page = nora.get(nora.page.one("[data-thread] a.unread")["href"])
    assert page.url.endswith(f"#p{post}") and _new_posts(page) == ["A fortnight."]
    assert _new(nora) == []


def test_what_an_older_version_wrote_is_read(app, reader, travel):
    """A moment alone says that all was read by then: what came later is new, and the page moves the cookie."""
    (thread,) = stored(app, 1, replies=2)
    path, name = f"/forum/ovens/{thread}", f"{RECENT.name}{thread}"
    reader.get(path)
    opened, upto = reader.cookies[name].split(".")
    _come_back(reader, travel)
    new = answered(app, thread, 1)
    reader.agent.receive(reader.home, f"{name}={opened}; Path=/; Max-Age=999", now=clock.now(), method="GET")
    assert [int(tag["data-post"]) for tag in reader.get(path).select("[data-new]")] == new
    assert reader.cookies[name].split(".")[1] == str(new[0]) and upto != str(new[0])


def test_the_number_of_a_database_that_is_gone_hides_nothing(app, reader, travel):
    """A post that the thread does not have was not read: then the moment counts."""
    (thread,) = stored(app, 1)
    reader.get("/forum/")
    _come_back(reader, travel)
    opened = RECENT.codec.encode((clock.now(), 99_999))
    travel(minutes=5)
    new = answered(app, thread, 1)
    header = "; ".join([f"{RECENT.name}{thread}={opened}", *(f"{n}={value}" for n, value in reader.cookies.items())])
    page = reader.get(f"/forum/ovens/{thread}", headers={"Cookie": header})
    assert [int(tag["data-post"]) for tag in page.select("[data-new]")] == new


def test_the_cookies_that_told_are_shown(reader, enter, travel):
    """ "Why do I see this?" names the very cookies that came, with their values, and how many there can be."""
    path = open_thread(nora := enter()).url
    travel(minutes=1)
    reader.get(path)
    reader.close()
    travel(hours=1)
    answer(nora, path, "News")
    reader.agree()
    sent = {f"{name}={value}" for name, value in reader.cookies.items()}
    for page in (reader.get("/forum/"), reader.get("/forum/ovens")):
        shown = {code.get_text() for code in page.select(".why-new code")}
        assert any(line.startswith(f"{RECENT.name}{_number(path)}=") for line in shown)
        assert {line for line in shown if line.startswith("recent")} <= sent
        assert f"the last {RECENT.limit} threads that you opened" in page.one(".why-new").get_text()


def test_a_board_is_marked_as_read(reader, enter, travel):
    """One button, only where something is new, and the board has no news any more; other boards keep theirs."""
    nora = enter()
    travel(minutes=1)
    assert not reader.get("/forum/ovens").select(".mark-read")
    reader.close()
    travel(hours=1)
    open_thread(nora, "A")
    open_thread(nora, "B", board="swap")
    reader.agree()
    reader.get("/forum/ovens")
    page = reader.submit(".mark-read", csrf_token="forged")
    assert page.status == 422 and page.select(".problems")
    page = reader.submit(".mark-read")
    assert READ.name + "ovens" in reader.cookies and not page.select("[data-unread], .mark-read")
    assert [board["data-board"] for board in reader.get("/forum/").select("[data-board][data-unread]")] == ["swap"]
    travel(minutes=1)
    open_thread(nora, "C")
    assert len(_new(reader)) == 1
    assert reader.post("/forum/nope/read").status == 404


def test_one_s_own_posts_are_not_news(app, reader, enter, travel):
    """What somebody wrote themselves, here or at another machine, is new to others and never to them."""
    nora, laptop = enter(), Browser(app)
    nora.agree()
    path = open_thread(nora).url
    for browser in (nora, reader):
        browser.get(path)
    _come_back(nora, travel)
    log_in(laptop)
    answer(laptop, path, "From my laptop")
    log_in(nora)
    assert _new(nora) == [] and _new_posts(nora.get(path)) == []
    travel(minutes=1)
    assert _new_posts(answer(nora, path, "And another thing")) == []
    assert _new(nora) == []
    reader.close()
    assert _new(reader) == [_number(path)] and _new_posts(reader.get(path)) == ["From my laptop", "And another thing"]


def test_without_consent_nothing_is_remembered(browser, enter, travel):
    """Who allowed no history sees no marks and gets no cookie, visit after visit."""
    nora = enter()
    path = open_thread(nora).url
    for _ in range(2):
        page = browser.get(path)
        assert page.set_cookie == [] and page.select(f'[data-withheld="{RECENT.name}{_number(path)}"]')
        browser.close()
        travel(hours=1)
        answer(nora, path, "News")
        assert _new(browser) == []


@pytest.mark.parametrize(
    "pair",
    [
        "recent_forum.{}=99999999999",
        "read_board.ovens=99999999999",
        "recent_forum.{}=x",
        "recent_forum.{}=1700000000.-1",
    ],
)
def test_a_forged_cookie_hides_nothing(reader, enter, travel, pair):
    """A time to come, or none at all, is deleted and hides no news."""
    nora = enter()
    reader.get("/forum/")
    reader.close()
    travel(hours=1)
    pair = pair.format(_number(open_thread(nora).url))
    reader.agree()
    header = "; ".join([pair, *(f"{name}={value}" for name, value in reader.cookies.items())])
    page = reader.get("/forum/ovens", headers={"Cookie": header})
    assert page.select("[data-thread][data-unread]") and "Max-Age=0" in page.cookies_set[pair.partition("=")[0]]


def test_recently_viewed_threads(reader, enter, make_admin):
    """Opened threads come back on the forum and the first page; of one that was taken down the cookie goes."""
    nora = enter()
    path = open_thread(nora, "Rye").url
    reader.get(path)
    for address in ("/forum/", "/"):
        item = reader.get(address).one("[data-recent] [data-item]")
        assert item["data-item"] == _number(path) and item.select_one("a")["href"] == f"/forum/ovens/{_number(path)}"
    number = nora.get(path).one("[data-post]")["data-post"]
    nora.get(f"/forum/post/{number}/take-down")
    nora.submit("main form")
    page = reader.get("/forum/")
    assert not page.select("[data-recent]") and RECENT.name + _number(path) not in reader.cookies


def test_the_order_is_remembered(browser, enter, travel):
    """A chosen order is a cookie of the visitor's own doing; choosing the same again sets nothing."""
    nora = enter()
    first, second = open_thread(nora, "First").url, open_thread(nora, "Second").url
    travel(minutes=1)
    answer(nora, first, "News")

    def listed(path: str) -> list[str]:
        return [tag["data-thread"] for tag in browser.get(path).select("[data-thread]")]

    assert listed("/forum/ovens") == listed("/forum/ovens?sort=active") == [_number(first), _number(second)]
    assert browser.page.set_cookie == []
    assert listed("/forum/ovens?sort=new") == [_number(second), _number(first)]
    assert SORT.name not in browser.page.cookies_set, "anybody can write a link"
    page = browser.follow(".sorting a[href$='sort=new']")
    assert [tag["data-thread"] for tag in page.select("[data-thread]")] == [_number(second), _number(first)]
    assert browser.page.cookies_set[SORT.name].startswith("forum_sort=new; ")
    browser.close()
    assert listed("/forum/ovens") == [_number(second), _number(first)]
    assert browser.get("/forum/ovens").one(".sorting [aria-current]").get_text() == "Newest thread"
    assert SORT.name not in browser.follow(".sorting a[href$='sort=new']").cookies_set


def test_a_full_memory_of_threads_is_shown(make_app):
    """A thread is shown to who opened as many others as are remembered, and to who says that it was more."""
    reader, now = Browser(make_app()), clock.now()
    reader.agree()
    boards = [reader.get(f"/forum/{board}") for board in BOARDS]
    path, *others = [link["href"] for page in boards for link in page.select("[data-thread] a[href^='/forum/']")]
    assert len(others) > RECENT.limit + 1
    for number, other in enumerate(map(_number, others)):
        opened = int(now.timestamp()) - 100 + number
        reader.agent.receive(reader.home, f"{RECENT.name}{other}={opened}.1; Path=/", now=now, method="GET")
        shown = [tag["data-item"] for tag in reader.get(path).select("[data-recent] [data-item]")]
        assert shown == [_number(each) for each in others[max(number - 2, 0) : number + 1][::-1]]
