"""What a browser fetches ahead, and what is asked for its header lines alone: no visit, and the wire says so."""

import pytest

from tests.browsing import Browser
from webapp.cookies import Category

UNSEEN = [
    pytest.param("GET", {"Sec-Purpose": "prefetch"}, id="prefetch"),
    pytest.param("GET", {"Sec-Purpose": "prefetch;prerender"}, id="prerender"),
    pytest.param("GET", {"Purpose": "prefetch"}, id="older browsers"),
    pytest.param("HEAD", {}, id="HEAD"),
]
PAGES = ["/", "/shop/rye-bread", "/shop/search?q=rye", "/forum/sourdough", "/forum/sourdough/1", "/social/@Marta"]


@pytest.fixture
def browser(make_app) -> Browser:
    """A browser that has allowed everything, and the town has written."""
    browser = Browser(make_app())
    browser.agree()
    return browser


def history(browser: Browser, names: dict[str, str]) -> set[str]:
    """Return those of the names that are of the history category."""
    find = browser.app.extensions["cookies"].registry.find
    return {name for name in names if (cookie := find(name)) and cookie.category is Category.HISTORY}


@pytest.mark.parametrize(("method", "headers"), UNSEEN)
def test_nothing_of_history_is_written(browser, method, headers):
    """What a look at a page keeps, an unseen answer does not: no visit, nothing viewed, no search, nothing read."""
    written = set()
    for path in PAGES:
        assert history(browser, browser.request(method, path, headers=headers).cookies_set) == set(), path
        written |= history(browser, Browser.get(_copy(browser), path).cookies_set)
    assert {"seen", "visit", "recent_shop", "search_shop"} <= {name.partition(".")[0] for name in written}


@pytest.mark.parametrize(("method", "headers"), UNSEEN)
@pytest.mark.parametrize(
    ("path", "name"), [("/forum/sourdough?sort=new", "forum_sort"), ("/shop/?sort=price", "shop_sort")]
)
def test_no_order_is_chosen(browser, method, headers, path, name):
    """An order that a link of ours asks for is remembered by whoever looks at it, and by no answer that nobody sees."""
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert name not in browser.request(method, path, headers=headers | ours).cookies_set
    assert name in browser.get(path, headers=ours).cookies_set


def _copy(browser: Browser) -> Browser:
    other = Browser(browser.app)
    other.agree()
    return other


def test_the_wire_says_why(browser):
    """The dock, the list and the exchange's page say that it was fetched ahead, and that this held history back."""
    browser.get("/login")
    page = browser.get("/shop/rye-bread", headers={"Sec-Purpose": "prefetch"})
    assert {tag["data-withheld"] for tag in page.select("[data-withheld]")} == {
        "seen",
        "visit",
        "recent_shop.rye-bread",
    } - history(browser, browser.cookies)
    why = page.one("[data-wire] [data-why=history]")
    assert "fetched the page ahead" in why.get_text() and not why.select("a")
    assert page.one("[data-wire] [data-ahead]").get_text() == "fetched ahead"
    row = browser.get("/wire").one('li[data-exchange="GET /shop/rye-bread"]')
    assert row.select_one("[data-ahead]")
    page = browser.get(row.select_one("h3 a")["href"])
    assert page.select("[data-ahead]")
    assert "Nobody looked at it" in page.one('[data-withheld="recent_shop.rye-bread"]').get_text()
    page = browser.get("/shop/rye-bread")
    assert "recent_shop.rye-bread" in page.cookies_set and not page.select("[data-ahead]")


def test_a_refusal_is_taken_back_also_ahead(browser):
    """What was refused is deleted by an unseen answer too: it only never adds to history."""
    browser.get("/shop/rye-bread")
    brought = {name: browser.cookies[name] for name in history(browser, browser.cookies)}
    assert brought
    refuser = Browser(browser.app)
    refuser.agree(Category.PREFERENCES)
    header = "; ".join(f"{name}={value}" for name, value in {**brought, **refuser.cookies}.items())
    page = refuser.get("/", headers={"Cookie": header, "Sec-Purpose": "prefetch"})
    assert {name for name, line in page.cookies_set.items() if "Max-Age=0" in line} == set(brought)
