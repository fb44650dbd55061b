"""What the lab's pages tell each other in addresses: only what they signed themselves, and for an hour."""

import time
from datetime import timedelta

import pytest

from tests.lab.test_lab import visitor
from webapp.lab.told import tell, told

CLAIMS = [
    "/lab/cross?way=post&came=lab-none&guard=passed",
    "/lab/cross?plain=followed&apart=apart",
    "/lab/schemes?way=link&came=lab-lax&said=cross-site",
    "/lab/schemes?way=replace",
    "/lab?came=0&after=clear",
]


@pytest.mark.parametrize("sure", ["", "&sure=", "&sure=.aSqx4g.qAFfzNFhJfWKb2vZCq7JVkLqFIg", "&sure=%00\xff"])
@pytest.mark.parametrize("address", CLAIMS)
def test_a_link_that_somebody_made_up_says_nothing(app, address, sure):
    """What such a link claims is not shown: it leads to the page without it."""
    browser = visitor(app, "chromium")
    browser.get(address.partition("?")[0])
    if "cross" in address or "schemes" in address:
        browser.submit("#begin")
    page = browser.get(address + sure)
    assert [answer.status for answer in page.before] == [303]
    assert page.url == "http://localhost:8000" + address.partition("?")[0]
    assert not page.select("[data-guard], main [data-told], td[data-verdict], #replaced ~ .card[data-agrees]")


def test_what_was_told_is_read_as_it_was_for_an_hour(app, monkeypatch):
    """One letter more or less, or an hour later, it is nothing."""
    with app.test_request_context():
        query = tell(way="link", came="a.b", said="")
    assert query.startswith("way=link&came=a.b&said=&sure=.")
    changed = [query.replace("a.b", "a"), query.replace("said=", "said=none"), query[:-1], f"{query}&more=1"]
    for text, expected in [(query, "a.b"), *((text, None) for text in changed)]:
        with app.test_request_context(f"/lab?{text}"):
            assert told().get("came") == expected
    later = time.time() + timedelta(hours=1, seconds=2).total_seconds()
    monkeypatch.setattr("time.time", lambda: later)
    with app.test_request_context(f"/lab?{query}"):
        assert told() == {}
