"""The shop's shelves, its goods, its search."""

import re

import pytest

from tests.browsing import Browser
from webapp.house import house
from webapp.i18n import LANGUAGES, gettext, translations
from webapp.sites.shop.cookies import RECENT
from webapp.sites.shop.goods import CATEGORIES, GOODS, TAGS
from webapp.sites.shop.views import LONGEST_QUERY

# Walks over every good leave the dock out: it is tested elsewhere, and takes most of a page's time.
_PLAIN = {"Cookie": "dock=off"}


def _slugs(page) -> list[str]:
    return [link["href"].removeprefix("/shop/") for link in page.select(".goods a")]


def test_a_first_visit_sets_nothing_and_holds_no_posting_form(stranger):
    """Looking along the shelves and searching is no reason for a cookie."""
    for path in ("/shop/", "/shop/?category=cookies", "/shop/?page=2", "/shop/search", "/shop/search?q=rye"):
        page = stranger.get(path)
        assert page.status == 200, path
        assert page.set_cookie == [], path
        assert page.select("main form[method=post]") == [], path
        assert page.select("[data-recent]") == [], path


def test_the_pages_of_the_shelf_show_every_good_once(browser):
    """Following the next page from the first leads past every good, 24 at a time."""
    page, seen = browser.get("/shop/"), []
    while True:
        slugs = _slugs(page)
        seen += slugs
        following = page.select("main a[rel=next]")
        if not following:
            break
        assert len(slugs) == 24
        page = browser.get(following[0]["href"])
    assert seen == list(GOODS)


def test_going_back_leads_to_the_clean_address(browser):
    """The first page has one address, without a number in it."""
    browser.get("/shop/?page=2")
    assert browser.page.one("main a[rel=prev]")["href"] == "/shop/"


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_holds_its_goods(browser, category):
    """A category's pages hold its goods and no other, and its link is marked as the current one."""
    page = browser.get(f"/shop/?category={category}")
    expected = [good.slug for good in GOODS.values() if good.category == category]
    assert _slugs(page) == expected[:24]
    assert page.one(".shelves [aria-current]")["href"] == f"/shop/?category={category}"
    assert page.one("h1").get_text(strip=True) == CATEGORIES[category]


@pytest.mark.parametrize(
    "address",
    [
        "?category=nothing", "?category=bread&page=99", "?page=0", "?page=-1", "?page=4", "?page=", "?page=two",
        "?page=%D9%A1", "?page=1e1", "?page=99999999999999999999", "?category=%00", "?category=%FF",
        "nothing-of-the-kind", "Rye-Bread", "%00", "%FF", "..%2f",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(stranger, address):
    """An unknown good, category or page is a 404 that sets nothing, never an error of ours."""
    page = stranger.get("/shop/" + address)
    assert page.status == 404
    assert page.set_cookie == []


def test_pictures_have_a_size_and_the_first_rows_load_at_once(browser):
    """Cards don't jump when pictures arrive, and what is far down waits."""
    pictures = browser.get("/shop/").select(".goods img")
    assert all(picture["width"] and picture["height"] for picture in pictures)
    assert ["loading" in picture.attrs for picture in pictures] == [False] * 8 + [True] * 16


def test_every_picture_is_an_asset(app, browser):
    """The address of each good's picture answers with a drawing."""
    client = app.test_client(use_cookies=False)
    for slug in GOODS:
        address = browser.get(f"/shop/{slug}", headers=_PLAIN).one("img.portrait")["src"]
        with client.get(address) as answer:
            assert answer.status_code == 200, slug
            assert answer.content_type.startswith("image/svg+xml"), slug
            assert answer.data.startswith(b"<svg"), slug
    for picture in browser.get("/shop/").select("main img"):  # the cards, and what was viewed just now
        with client.get(picture["src"]) as answer:
            assert answer.status_code == 200, picture["src"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_good_has_its_page_in_every_language(app, language):
    """A good's page shows its name and story in the visitor's language, and links that lead somewhere."""
    browser = Browser(app, **{"Accept-Language": language})
    translate = translations(language).gettext
    for slug, good in GOODS.items():
        page = browser.get(f"/shop/{slug}", headers=_PLAIN)
        assert page.status == 200, slug
        assert page.html["lang"] == language
        assert page.one("h1").get_text(strip=True) == translate(good.name)
        story = [page.one(f".good {part}").get_text() for part in (".lead", ".rest")]
        assert " ".join(story) == " ".join(translate(good.story).split()) and all(story)
        assert page.one(f'.crumbs a[href="/shop/?category={good.category}"]')


def test_prices_follow_the_language(app):
    """A price is written as the visitor's language writes it."""
    cents = GOODS["rye-bread"].price
    page = Browser(app).get("/shop/rye-bread")
    assert page.one("main .price").get_text(strip=True) == f"€{cents / 100:.2f}"
    card = Browser(app).get("/shop/").one('.goods a[href="/shop/rye-bread"] .price')
    assert card.get_text(strip=True) == f"€{cents / 100:.2f}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shelf_is_translated_for_each_visitor(app, language):
    """What is remembered for one language is not shown in another."""
    Browser(app).get("/shop/")
    page = Browser(app, **{"Accept-Language": language}).get("/shop/")
    names = [name.get_text() for name in page.select(".goods .name")]
    assert names == [translations(language).gettext(good.name) for good in list(GOODS.values())[:24]]


def test_search_finds_by_name(browser):
    """The name of a good finds the good."""
    page = browser.get("/shop/search", query_string={"q": "rye bread"})
    assert "rye-bread" in _slugs(page)
    assert page.one("#q")["value"] == "rye bread"


def test_search_says_why(browser):
    """A good that does not have the word in its name says where it is: in a tag, or in the story; else nothing."""
    page = browser.get("/shop/search?q=honey")
    assert [why.get_text(" ", strip=True) for why in page.select(".goods [data-found-in=title]")] == [
        "Sorted under: honey"
    ] * 4
    assert not page.select("[data-found-in=story]") and page.select(".why mark")
    page = browser.get("/shop/search?q=loaves")
    assert not page.select('.goods a[href$="spelt-loaf"] .why')
    assert "loaf" in page.one('.goods a[href$="challah"] [data-found-in=story] mark').get_text()
    assert not browser.get("/shop/").select(".goods .why")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_tag_of_a_good_leads_to_a_search_that_finds_it(app, language):
    """A tag is a promise: its link leads to a page with the good on it."""
    browser = Browser(app, **{"Accept-Language": language})
    for tag in TAGS:
        slug = next(good.slug for good in GOODS.values() if tag in good.tags)
        for link in browser.get(f"/shop/{slug}", headers=_PLAIN).select(".tags a"):
            assert slug in _slugs(browser.get(link["href"], headers=_PLAIN)), (slug, link["href"])


def test_an_empty_result_offers_the_shelves(browser):
    """Who finds nothing sees what was typed, and where to look instead."""
    page = browser.get("/shop/search?q=submarine")
    assert page.status == 200
    assert "Nothing found" in page.text
    assert "submarine" in page.one("[role=status]").get_text()
    assert page.one("#q")["value"] == "submarine"
    assert len(page.select(".shelves a")) == len(CATEGORIES) + 1


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_search_is_no_failed_one(browser, query):
    """Asking for nothing shows the field and the shelves, and blames nobody."""
    page = browser.get("/shop/search", query_string={"q": query})
    assert page.status == 200
    assert page.select("[role=status], .error") == []
    assert page.select(".shelves")


def test_too_long_a_search_says_so_and_keeps_the_text(browser):
    """One letter too many is told beside the field; at the limit it is a search."""
    page = browser.get("/shop/search", query_string={"q": "x" * LONGEST_QUERY})
    assert page.select(".error") == []
    page = browser.get("/shop/search", query_string={"q": "x" * (LONGEST_QUERY + 1)})
    assert page.status == 200
    assert str(LONGEST_QUERY) in page.one("#q-error").get_text()
    assert page.one("#q")["aria-describedby"] == "q-error"
    assert page.one("#q")["value"] == "x" * (LONGEST_QUERY + 1)


@pytest.mark.parametrize(
    "query",
    [
        '"><script>alert(1)</script>', "'; drop table goods; --", "%00", "%FF%FE", "%ED%A0%80", "%E2%80%AErye",
        "(((((", "[a-", "\\", "*", "a%0Ab", "%F0%9F%A5%90", "{{ 7*7 }}", "%(num)s", "q" * 5000,
    ],
)  # fmt: skip
def test_any_bytes_can_be_searched_for(stranger, query):
    """A hostile query is text, nothing else."""
    page = stranger.get("/shop/search?q=" + query.replace("#", "%23"))
    assert page.status == 200
    assert page.select("main script") == []
    assert page.set_cookie == []


def test_no_good_hides_behind_another_page(app):
    """Each slug is an address of its own, and fits the name of a cookie."""
    adapter = app.url_map.bind("localhost")
    for slug in GOODS:
        assert adapter.match(f"/shop/{slug}") == ("shop.good", {"slug": slug})
        assert re.fullmatch(RECENT.key, slug), slug


def test_the_shop_is_one_of_the_sites(app):
    """The rest of the house finds the shop: title, first page, pictures."""
    site = house(app).features["shop"]
    assert site.draw().keys() == {f"img/shop/{slug}.svg" for slug in GOODS}
    with app.test_request_context():
        assert gettext(site.title) == "Shop"
        assert site.recent() == []
