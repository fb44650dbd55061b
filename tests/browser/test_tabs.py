"""Several tabs at the same time."""

from itertools import islice

import pytest

from webapp.sites.shop import RECENT
from webapp.sites.shop.goods import GOODS

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")

ROUNDS = 20


def test_eight_tabs_at_once(browser):
    """Eight things opened at the same time are all remembered, in each of twenty rounds from an empty store."""
    goods = list(islice(GOODS, RECENT.limit))
    assert len(goods) == 8
    found = []
    for _ in range(ROUNDS):
        browser.forget()
        browser.open_all([f"/shop/{slug}" for slug in goods])
        browser.open("/shop/")
        found.append(sorted(browser.all("[data-recent] [data-item]", "data-item")))
    assert found == [sorted(goods)] * ROUNDS
