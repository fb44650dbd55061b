"""How many bytes all cookies of Crumb take together."""

from collections.abc import Iterator

from bench.figure import Figure
from bench.visitors import cookie_header, returning
from tests.browsing import Browser
from webapp import create_app
from webapp.cookies import codecs
from webapp.sites.shop.cookies import RECENT
from webapp.sites.shop.goods import GOODS

_OF_THEIR_OWN = "tutorial."  # what visitors write into these is theirs to choose


def figures() -> Iterator[Figure]:
    """Measure what a typical visitor sends, and what the one with the longest of everything does."""
    app = create_app()
    yield Figure("cookies: all of a typical visitor", 600, len(cookie_header(returning(app))), "bytes")
    yield Figure("cookies: the longest of everything, tutorial apart", 2048, len(_longest(app)), "bytes")


def _longest(app) -> str:
    browser = Browser(app)
    browser.get("/register")
    password = "a longer password"
    browser.submit(username="m" + "\u0bb9" * 29, password=password, confirm=password, remember=True)
    assert "data-user" in browser.page.soup.html.attrs, browser.page.text
    browser.get("/preferences")
    names = [field["value"] for field in browser.page.select('[name="theme"]')]
    languages = [field["value"] for field in browser.page.select('[name="language"] option')]
    browser.submit(theme=max(names, key=len), language=max(languages, key=len), dock=False, presenter=True)
    for slug in sorted(GOODS, key=len)[-RECENT.limit :]:
        browser.get(f"/shop/{slug}")
    browser.get("/shop/")
    # Whatever is declared and was not met on the way: the longest of its codec, where that has a length.
    header = cookie_header(browser)
    for cookie in app.extensions["cookies"].registry:
        if f"{cookie.name}=" in header or cookie.name in (RECENT.name, _OF_THEIR_OWN):
            continue
        longest = max(cookie.codec.options, key=len) if isinstance(cookie.codec, codecs.Choice) else "off"
        header += f"; {cookie.name}={longest}"
    return header
