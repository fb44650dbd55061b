"""Asking why a cookie is not sent: by hand, and by any line that people write."""

from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.browsing import Browser, Page

ASKED = {"line": "sid=42; Path=/", "set_by": "https://www.example.com/login", "to": "https://www.example.com/"}


def ask(browser: Browser, **asked: str) -> Page:
    """Return the page that answers."""
    return browser.get(f"/lab/why?{urlencode(asked, errors='replace')}")


ATTRIBUTES = """Secure|HttpOnly|SameSite=None|SameSite=Strict|SameSite=Lax|SameSite='lax'|Partitioned|Path=/app|Path=app
|Path=/|Path=|Domain=example.com|Domain=.www.example.com|Domain=com|Max-Age=0|Max-Age=600|Max-Age="600"|Max-Age=1e3|
Expires=Fri, 01 Jan 2027 02:30:00 +0200|Expires=tomorrow|Expires=Thu, 01 Jan 1970 00:00:00 GMT|Crunchy|b|b=c|"""
LINES = st.lists(st.sampled_from(ATTRIBUTES.replace("\n", "").split("|")), max_size=5)
PAIRS = st.sampled_from(
    """sid=42|sid=|42|=42|__Host-sid=42|__Secure-sid=42|__Http-sid=42|__Host-Http-a=1|a=b\tc|a=b\x01c|a=Br\xc3\xb6t|
a=b, c|a="b;c"|""".replace("\n", "").split("|")
) | st.just("sid=" + "x" * 4100)
URLS = st.sampled_from(
    [
        *("https://www.example.com/app/login", "https://example.com/", "http://www.example.com/app"),
        *("https://a.example.com/", "http://localhost:8000/", "https://www.example.com/application"),
        *("https://other.test/a;b/c", "https://[::1]/x"),
    ]
)


def mended(page: Page) -> str | None:
    """Return the mended line without what is struck through."""
    found = page.select("p.mended code")
    for code in found:
        for gone in code.select("del"):
            gone.extract()
    return found[0].get_text() if found else None
