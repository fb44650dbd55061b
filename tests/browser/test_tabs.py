"""Several tabs at the same time."""

from itertools import islice

import pytest

from tests.browser.acts import basket, in_one_browser
from webapp.consent import CONSENT
from webapp.sites.shop import RECENT
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

# A cookie or a row that two tabs overwrite for each other is lost in most rounds.
MORE = pytest.mark.whole("it is the same again, many times")
EIGHT = list(islice(GOODS, 8))


@pytest.fixture
def agreed(browser):
    """A browser that allows everything, and the cookie that says so."""
    browser.allow_all()
    return browser, [cookie for cookie in browser.cookies() if cookie.name == CONSENT.name]


@pytest.mark.parametrize("rounds", [5, pytest.param(20, marks=MORE)])
def test_eight_tabs_at_once(agreed, rounds):
    """Eight things opened at the same time are all remembered, in each round from an empty store."""
    browser, consent = agreed
    assert len(EIGHT) == RECENT.limit
    found = []
    for _ in range(rounds):
        browser.forget()
        browser.plant(consent)
        browser.open_all([f"/shop/{slug}" for slug in EIGHT])
        browser.open("/shop/")
        found.append(sorted(browser.all("[data-recent] [data-item]", "data-item")))
    assert found == [sorted(EIGHT)] * rounds


@in_one_browser
@pytest.mark.parametrize("goods", [EIGHT, EIGHT[:1] * 8], ids=["different", "same"])
@pytest.mark.parametrize("rounds", [2, pytest.param(5, marks=MORE)])
def test_eight_tabs_fill_one_basket(browser, goods, rounds):
    """Eight buttons pressed at the same time put eight goods into the basket, in each round from an empty one.

    Nobody has to allow anything for that.
    """
    found = []
    for _ in range(rounds):
        browser.forget()
        browser.open_all([f"/shop/{slug}" for slug in goods])
        browser.press_all("[data-add] button")
        found.append(basket(browser))
    assert found == [{slug: goods.count(slug) for slug in goods}] * rounds
