"""The probe of what a browser fetches ahead."""

from tests.browsing import Browser


def test_what_came_ahead_is_told(app):
    """The page asks for another, and what that request said stands in the answer, until it is tried again."""
    browser = Browser(app)
    browser.agree()
    browser.get("/login")
    page = browser.get("/lab/browser/ahead")
    address = page.one("link[rel=prefetch]")["href"]
    assert browser.get("/lab/browser/ahead?asked=y").one("[data-verdict]")["data-verdict"] == "no"
    ahead = browser.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    assert set(ahead.cookies_set) == {"lab-ahead"}
    page = browser.get("/lab/browser/ahead?asked=y")
    card = page.one("[data-verdict=yes]")
    assert "Sec-Purpose: prefetch;prerender" in card.get_text()
    assert browser.get("/wire").select(f'li[data-exchange="GET {address}"] [data-ahead]')
    browser.get("/lab/browser/ahead")
    assert browser.get("/lab/browser/ahead?asked=y").select("[data-verdict=no]")


def test_a_mere_look_is_told_from_it(app):
    """Who opens that page as any other sets nothing, and learns that nothing came ahead."""
    browser = Browser(app)
    page = browser.get("/lab/browser/ahead/page")
    assert page.set_cookie == [] and page.select("[data-verdict=no]")
    assert browser.get("/lab/browser").select('main a[href="/lab/browser/ahead"]')
