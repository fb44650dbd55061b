"""Remembered searches: one cookie a search, clear one, clear all, pause, go on."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browsing import Browser, copy_of
from tests.conftest import EXAMPLES
from tests.sites.shop.conftest import NOW, agreed, hold
from webapp.cookies import Category, current_jar
from webapp.sites.shop.cookies import PAUSE, SEARCHES
from webapp.sites.shop.searches import LONGEST, note_search, recent_searches
from webapp.sites.written import tidy

STAMP = int(NOW.timestamp())
NONE_SHOWN = "[data-searches]"


def _search(browser, *queries):
    for query in queries:
        page = browser.get("/shop/search", query_string={"q": query})
    return page


def _listed(page) -> list[str]:
    return [link.get_text() for link in page.select("[data-searches] [data-item] a")]


def _held(browser) -> dict[str, str]:
    return {name: value for name, value in browser.cookies.items() if name.startswith(SEARCHES.name)}


def _key(page, text: str) -> str:
    items = {item.a.get_text(): item["data-item"] for item in page.select("[data-searches] [data-item]")}
    return items[text]


def test_the_line_is_what_the_declaration_says(browser, time):
    """A search writes one cookie that says when and what, readable on the wire."""
    page = _search(browser, "rye bread")
    (name,) = [name for name in page.cookies_set if name.startswith(SEARCHES.name)]
    line = page.cookies_set[name].split("; ")
    assert line[0] == f"{name}={STAMP}.rye%20bread"
    assert [part for part in line[1:] if not part.startswith("Expires=")] == [
        "Max-Age=2592000", "HttpOnly", "Path=/", "SameSite=Lax",
    ]  # fmt: skip


def test_the_newest_comes_first_on_both_pages(browser, time):
    """The search page and the shop's first page list the searches, the last one first, within a second too."""
    _search(browser, "rye", "honey", "submarine")
    for path in ("/shop/search", "/shop/"):
        assert _listed(browser.get(path)) == ["submarine", "honey", "rye"], path
    assert browser.get("/shop/?category=bread").select("[data-searches]") == []
    assert browser.get("/shop/?page=2").select("[data-searches]") == []


@pytest.mark.parametrize("again", ["rye bread", "Rye  BREAD", "bread, rye!", " rye\nbread "])
def test_the_same_words_are_the_same_cookie(browser, time, again):
    """Typed again, in whatever way, a search moves to the front and stays one."""
    _search(browser, "rye bread", "honey")
    names = set(_held(browser))
    page = _search(browser, again)
    assert set(_held(browser)) == names
    assert _listed(page) == [" ".join(again.split()), "honey"]


def test_the_ninth_deletes_the_oldest(browser, time):
    """Eight are kept."""
    _search(browser, *(f"word{number}" for number in range(9)))
    assert len(_held(browser)) == 8
    assert _listed(browser.page) == [f"word{number}" for number in range(8, 0, -1)]


@pytest.mark.parametrize("query", ["", "   ", "!?", "\u0640", "\x00", "x" * (LONGEST + 1), "x" * 200])
def test_what_is_no_search_is_not_remembered(browser, time, query):
    """Nothing to search for, or more than a cookie should hold, leaves no trace."""
    page = _search(browser, query)
    assert page.status == 200
    assert _held(browser) == {}
    assert page.select(NONE_SHOWN) == []


def test_a_search_at_the_limit_is_kept_whole(browser, time):
    """The longest one that is remembered comes back as it was typed, four bytes a letter."""
    query = "𐌰" * LONGEST
    assert _listed(_search(browser, query)) == [query]


def test_a_link_searches_again(browser, time):
    """Each search leads to its results again, whatever is in it."""
    _search(browser, 'süß & "kahk" <b>#1+1</b>?')
    link = browser.get("/shop/").one("[data-searches] [data-item] a")
    page = browser.get(link["href"])
    assert page.one("#q")["value"] == 'süß & "kahk" <b>#1+1</b>?'
    assert len(_held(browser)) == 1


def test_the_block_names_the_very_cookies(browser, time):
    """“Why do I see this?” repeats the pairs that the browser sent."""
    _search(browser, "rye", "süß", "معمول")
    codes = {code.get_text() for code in browser.get("/shop/").select("[data-searches] details code")}
    assert codes == {f"{name}={value}" for name, value in _held(browser).items()}


@pytest.mark.parametrize(("path", "back"), [("/shop/", "/shop/"), ("/shop/search?q=honey", "/shop/search")])
def test_one_can_be_forgotten(browser, time, path, back):
    """A button deletes the cookie of its search and no other; the page it leads to does not search for it again."""
    _search(browser, "rye", "honey", "nuts")
    page = browser.get(path)
    gone = _key(page, "honey")
    page = browser.submit("[data-searches] form", button=gone)
    assert [answer.status for answer in page.before] == [303]
    assert page.before[0].headers["Location"] == back
    assert list(page.before[0].cookies_set) == [SEARCHES.name + gone]
    assert _listed(page) == ["nuts", "rye"]


def test_all_can_be_forgotten(browser, time):
    """One button deletes every one; the form goes with them."""
    _search(browser, "rye", "honey")
    browser.get("/shop/")
    page = browser.submit("[data-searches] form", button="")
    assert _held(browser) == {}
    assert page.select(NONE_SHOWN) == []
    assert page.select("main form[method=post]") == []


def test_pause_and_go_on(browser, time):
    """While paused no search is written, and what was remembered stays; going on needs no more than one click."""
    _search(browser, "rye")
    page = browser.submit("[data-searches] form", button="on")
    assert browser.cookies[PAUSE.name] == "on"
    assert _listed(page) == ["rye"]
    page = _search(browser, "honey")
    assert not [name for name in page.cookies_set if name.startswith(SEARCHES.name)]
    assert _listed(page) == ["rye"]
    browser.submit("[data-searches] form", button="off")
    assert PAUSE.name not in browser.cookies
    assert _listed(_search(browser, "nuts")) == ["nuts", "rye"]


def test_who_paused_and_forgot_all_can_still_go_on(browser, time):
    """The switch is there as long as it is on, searches or none."""
    _search(browser, "rye")
    browser.submit("[data-searches] form", button="on")
    page = browser.submit("[data-searches] form", button="")
    assert _listed(page) == []
    browser.submit("[data-searches] form", button="off")
    assert browser.page.select(NONE_SHOWN) == []


def test_without_consent_nothing_is_remembered(app, time):
    """Nobody asked, or history refused: the search works, and no cookie of it is written."""
    browser = Browser(app)
    for allowed in (None, Category.PREFERENCES):
        if allowed:
            browser.agree(allowed)
        page = _search(browser, "rye")
        assert page.select(".goods a")
        assert _held(browser) == {}
        assert page.select(NONE_SHOWN) == []


def test_two_tabs_that_search_at_once_both_count(browser, time):
    """Two requests with the same Cookie header write two cookies."""
    other = copy_of(browser)
    _search(browser, "rye")
    line = next(line for name, line in _search(other, "honey").cookies_set.items() if name.startswith(SEARCHES.name))
    browser.agent.receive(browser.home, line, now=time["now"], method="GET")
    assert sorted(_listed(browser.get("/shop/"))) == ["honey", "rye"]


@pytest.mark.parametrize("button", ["on", "", None])
def test_a_failed_check_offers_the_same_button_again(browser, time, button):
    """Where the browser does not say which page asks, nothing changes; one click more, with a token, does it."""
    page = _search(browser, "rye", "honey")
    button = _key(page, "rye") if button is None else button
    held = dict(browser.cookies)
    del browser.headers["Sec-Fetch-Site"]
    browser.silent = True
    page = browser.submit("[data-searches] form", button=button)
    assert page.status == 422
    assert page.select("[role=alert]")
    assert {name: browser.cookies.get(name) for name in held} == held
    browser.submit("[data-once-more]")
    assert (browser.cookies.get(PAUSE.name) == "on") == (button == "on")
    assert len(_held(browser)) == {"on": 2, "": 0}.get(button, 1)


@pytest.mark.parametrize("item", ["0" * 8, "no-such-key", "\x00", "é" * 99])
def test_forgetting_what_is_not_held_changes_nothing(browser, time, item):
    """A button pressed twice, or a key that we never wrote, is no error."""
    _search(browser, "rye")
    page = browser.post("/shop/searches", {"item": item}, follow=False)
    assert page.status == 303
    assert page.set_cookie == []
    assert len(_held(browser)) == 1


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "/\t/evil.example", "\\evil", ""])
def test_the_way_back_stays_on_the_site(browser, time, target):
    """A `next` that leads elsewhere leads to the search page."""
    _search(browser, "rye")
    page = browser.post("/shop/searches", {"next": target, "item": ""}, follow=False)
    assert page.headers["Location"] == "/shop/search"


def test_it_stays_for_thirty_days(browser, time):
    """Closing the browser ends no memory; thirty days do."""
    _search(browser, "rye")
    browser.close()
    time["now"] += timedelta(days=29)
    browser.agree()
    assert _listed(browser.get("/shop/")) == ["rye"]
    time["now"] += timedelta(days=2)
    browser.agree()
    assert _listed(browser.get("/shop/")) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("search_shop.00000000", f"{STAMP}.rye"),  # the key of other words
        ("search_shop.bfac1a42", f"{STAMP + 86400}.rye"),  # a time to come
        ("search_shop.bfac1a42", "rye"),
        ("search_shop.bfac1a42", f"{STAMP}.r%79e"),
        ("search_shop.bfac1a42", f"{STAMP}." + "x" * 61),
        ("search_shop.e3b0c442", f"{STAMP}."),
        ("search_shop.e3b0c442", f"{STAMP}.%21%21"),
        ("search_shop.bfac1a42", f"{STAMP}.%FF%FE"),
        ("search_shop.bfac1a42", f"{STAMP}.%ED%A0%80"),
    ],
)
def test_a_forged_cookie_is_ignored_and_deleted(app, time, pair):
    """What we never wrote is not shown, and deleted with the answer; a real one beside it stays."""
    browser = agreed(app)
    _search(browser, "honey")
    hold(browser, dict([pair]))
    page = browser.get("/shop/")
    assert _listed(page) == ["honey"]
    assert "Max-Age=0" in page.cookies_set[pair[0]]


@settings(max_examples=min(EXAMPLES, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text("0123456789abcdef.é-", max_size=9), st.text(max_size=70)), max_size=12))
def test_any_cookie_header_makes_a_page(app, pairs):
    """Whatever stands in cookies of this name, the pages come, with at most eight searches in the order of time."""
    browser = agreed(app)
    made_up = "; ".join(f"search_shop.{key}={STAMP - 1}.{quote(text, errors='replace')}" for key, text in pairs)
    header = "; ".join([*(f"{name}={value}" for name, value in browser.cookies.items()), "dock=off", made_up])
    page = browser.get("/shop/", headers={"Cookie": header.encode().decode("latin-1")})
    assert page.status == 200
    assert len(_listed(page)) <= 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=70), min_size=1, max_size=9))
def test_any_words_come_back(app, queries):
    """What is remembered of any text reads as it was typed, spaces and control characters apart."""
    header = "; ".join(f"{name}={value}" for name, value in agreed(app).cookies.items())
    with app.test_request_context(headers={"Cookie": header}):
        for query in queries:
            note_search(query)
        kept = recent_searches()
        lines = {name: write.text for name, write in current_jar().writes.items() if write.text}
    assert {search.cookie: search.value for search in kept} == lines
    assert all(text.isascii() for text in lines.values())
    typed = {" ".join(tidy(query).split()) for query in queries}
    assert all(search.text in typed and len(search.text) <= LONGEST for search in kept)
    assert len(kept) <= SEARCHES.limit
