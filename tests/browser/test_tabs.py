"""Several tabs at the same time."""

from itertools import islice

import pytest

from tests.browser.acts import basket, in_one_browser
from webapp.consent import CONSENT
from webapp.sites.shop import RECENT
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

ROUNDS = 20
EIGHT = list(islice(GOODS, 8))


@pytest.fixture
def agreed(browser):
    """A browser that allows everything, and the cookie that says so."""
    browser.allow_all()
    return browser, [cookie for cookie in browser.cookies() if cookie.name == CONSENT.name]


def test_eight_tabs_at_once(agreed):
    """Eight things opened at the same time are all remembered, in each of twenty rounds from an empty store."""
    browser, consent = agreed
    assert len(EIGHT) == RECENT.limit
    found = []
    for _ in range(ROUNDS):
        browser.forget()
        browser.plant(consent)
        browser.open_all([f"/shop/{slug}" for slug in EIGHT])
        browser.open("/shop/")
        found.append(sorted(browser.all("[data-recent] [data-item]", "data-item")))
    assert found == [sorted(EIGHT)] * ROUNDS


@in_one_browser
@pytest.mark.parametrize("goods", [EIGHT, EIGHT[:1] * 8], ids=["different", "same"])
def test_eight_tabs_fill_one_basket(browser, goods):
    """Eight buttons pressed at the same time put eight goods into the basket, in each of five rounds from an empty one.

    Nobody has to allow anything for that.
    """
    found = []
    for _ in range(ROUNDS // 4):
        browser.forget()
        browser.open_all([f"/shop/{slug}" for slug in goods])
        browser.press_all("[data-add] button")
        found.append(basket(browser))
    assert found == [{slug: goods.count(slug) for slug in goods}] * (ROUNDS // 4)
