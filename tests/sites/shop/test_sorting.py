"""The order of the shelves: chosen by an address, remembered in a cookie, never by what nobody looked at."""

import pytest

from tests.browsing import Browser
from webapp.cookies import Category
from webapp.i18n import LANGUAGES, translations
from webapp.sites.shop.goods import CATEGORIES, GOODS
from webapp.sites.words import words


def _listed(page) -> list[str]:
    return [link["href"].removeprefix("/shop/") for link in page.select(".goods a")]


def _walk(browser: Browser, path: str) -> list[str]:
    page = browser.get(path)
    found = _listed(page)
    while following := page.select(".pages [rel=next]"):
        page = browser.get(following[0]["href"])
        found += _listed(page)
    return found


@pytest.mark.parametrize("category", ["", "cakes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_order_has_every_good_once(app, language, category):
    """By price the cheapest comes first, by name the alphabet of the visitor's language; nothing is left out."""
    goods = [good for good in GOODS.values() if category in ("", good.category)]
    translate = translations(language).gettext
    keys = {"shelf": goods.index, "price": lambda good: good.price, "name": lambda good: words(translate(good.name))}
    for order, key in keys.items():
        browser = Browser(app, **{"Accept-Language": language})
        found = _walk(browser, f"/shop/?category={category}&sort={order}")
        assert found == [good.slug for good in sorted(goods, key=key)], order


def test_the_order_is_remembered(browser):
    """A chosen order is one plain line of the visitor's own doing, and holds on every shelf, also after a close."""
    assert "shop_sort" not in browser.get("/shop/").cookies_set
    page = browser.follow(".sorting a[href='/shop/?sort=price']")
    line = page.cookies_set["shop_sort"].split("; ")
    assert line[0] == "shop_sort=price"
    assert [part for part in line[1:] if not part.startswith("Expires=")] == [
        "Max-Age=34560000", "HttpOnly", "Path=/", "SameSite=Lax",
    ]  # fmt: skip
    browser.close()
    for category in CATEGORIES:
        prices = [GOODS[slug].price for slug in _listed(browser.get(f"/shop/?category={category}"))]
        assert prices == sorted(prices)
        assert browser.page.one(".sorting [aria-current]")["href"] == f"/shop/?category={category}&sort=price"
    assert "shop_sort" not in browser.get("/shop/?sort=price").cookies_set
    page = browser.follow(".sorting a[href='/shop/?sort=shelf']")
    assert page.cookies_set["shop_sort"].startswith("shop_sort=shelf;") and _listed(page) == list(GOODS)[:24]


def test_without_consent_it_lasts_as_long_as_the_browser(stranger):
    """After a no to preferences the order is kept until the browser is closed, and no longer."""
    stranger.get("/shop/")
    stranger.submit(".ask form", button="necessary")
    line = stranger.follow(".sorting a[href='/shop/?sort=name']").cookies_set["shop_sort"]
    assert "Max-Age" not in line and "Expires" not in line
    by_name = _listed(stranger.page)
    assert _listed(stranger.get("/shop/")) == by_name != list(GOODS)[:24]
    stranger.close()
    assert _listed(stranger.get("/shop/")) == list(GOODS)[:24]


@pytest.mark.parametrize("site", ["none", "cross-site"])
def test_a_link_from_elsewhere_changes_nobody_s_order(browser, site):
    """Who opens an address sees its order, on its further pages too, and keeps the one that they chose."""
    browser.get("/shop/")
    browser.follow(".sorting a[href='/shop/?sort=price']")
    page = browser.get("/shop/?sort=shelf", headers={"Sec-Fetch-Site": site})
    assert "shop_sort" not in page.cookies_set
    page = browser.follow(".pages [rel=next]")
    assert "shop_sort" not in page.cookies_set and _listed(page) == list(GOODS)[24:48]
    assert browser.get("/shop/").one(".sorting [aria-current]")["href"] == "/shop/?sort=price"
    browser.get("/shop/?sort=shelf", headers={"Sec-Fetch-Site": site})
    assert "shop_sort=shelf;" in browser.follow(".sorting [aria-current]").cookies_set["shop_sort"]


def test_without_cookies_the_next_page_goes_on(app):
    """Where a browser keeps nothing, the links between the pages carry the order."""
    found, path = [], "/shop/?sort=price"
    while path:
        page = Browser(app).get(path)
        found += _listed(page)
        following = page.select(".pages [rel=next]")
        path = following[0]["href"] if following else None
    assert found == [good.slug for good in sorted(GOODS.values(), key=lambda good: good.price)]
    back = page.one(".pages [rel=prev]")["href"]
    assert "sort=price" in back and Browser(app).get(back).status == 200


@pytest.mark.parametrize("order", ["", "upside-down", "PRICE", "\0", "price ", "é" * 900])
def test_an_order_that_is_none_changes_nothing(browser, order):
    """What no link of ours asks for shows the shelves as before, and sets nothing."""
    page = browser.get("/shop/", query_string={"sort": order})
    assert page.status == 200 and _listed(page) == list(GOODS)[:24] and "shop_sort" not in page.cookies_set


@pytest.mark.parametrize("value", ["", "cheap", "%00", '"price"'])
def test_a_forged_cookie_is_no_order(browser, value):
    """A value that we never wrote is no order; it is as good as absent."""
    browser.get("/shop/")
    header = "; ".join([*(f"{name}={text}" for name, text in browser.cookies.items()), f"shop_sort={value}"])
    page = browser.get("/shop/", headers={"Cookie": header})
    assert page.status == 200 and _listed(page) == list(GOODS)[:24]


def test_it_is_a_preference(app):
    """The order is what a visitor chose, so it goes with the preferences that they may refuse."""
    assert app.extensions["cookies"].registry.find("shop_sort").category is Category.PREFERENCES
