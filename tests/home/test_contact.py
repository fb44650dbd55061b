"""Who runs the site: said on every page, on error pages once more, and to programs in security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browsing import Browser
from tests.examples import KEY
from webapp import clock
from webapp.i18n import LANGUAGES

MAIL = "mailto:ada@bakery.example"
PAGE = "https://bakery.example/about?a=1&b=2"
FILE = "/.well-known/security.txt"


@pytest.fixture
def site(make_app):
    """A function that gives a browser at a site that somebody runs who can be reached."""

    def make(contact: str, url: str = "http://localhost:8000") -> Browser:
        return Browser(make_app(CONTACT=contact, URL=url, SECRET_KEY=KEY, DEMO_ACCOUNTS=False, DEMO_CONTENT=False), url)

    return make


def fields(page) -> list[tuple[str, ...]]:
    """Return the fields of the file in their order."""
    return [tuple(line.split(": ", 1)) for line in page.body.decode().splitlines()]


@pytest.mark.parametrize("address", [MAIL, PAGE])
def test_every_page_says_who_runs_the_site(site, address):
    """The foot of a page leads there, and so does the page of an error itself, in the reader's language."""
    browser = site(address.removeprefix("mailto:"))
    for language, words in (("en", "Who runs this site:"), ("de", "Wer diese Website betreibt:")):
        link = browser.get("/shop/", headers={"Accept-Language": language}).one(".foot a[href*=bakery]")
        assert (link["href"], link.get_text()) == (address, address.removeprefix("mailto:"))
        assert link.find("bdi")["dir"] == "ltr" and words in link.parent.get_text()
        assert browser.page.select("main a[href*=bakery]") == []
    assert browser.get("/no-such-page").one("main a[href*=bakery]")["href"] == address


def test_programs_are_told_whom_to_tell(site, monkeypatch):
    """security.txt names the contact, until when that holds, the languages and, under https, where it stands."""
    now = datetime(2026, 11, 29, 17, 45, 12, 34, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    expected = [
        ("Contact", MAIL),
        ("Expires", "2027-02-27T17:45:12Z"),
        ("Preferred-Languages", ", ".join(LANGUAGES)),
    ]
    page = site(MAIL).get(FILE)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert fields(page) == expected and page.set_cookie == []
    page = site(MAIL, "https://crumb.example").get(FILE)
    assert fields(page) == [*expected, ("Canonical", f"https://crumb.example{FILE}")]
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=400))
    assert fields(site(PAGE).get(FILE))[:2] == [("Contact", PAGE), ("Expires", "2028-04-02T17:45:12Z")]


def test_nobody_is_named_who_did_not_say_so(browser):
    """Without the setting there is no such file, and no page speaks of an operator."""
    assert browser.get(FILE).status == 404
    for path in ("/shop/", "/no-such-page"):
        assert "runs this site" not in browser.get(path).body.decode()
