"""Nothing that a visitor writes becomes part of the page's own code."""

import pytest

from tests.browsing import Browser

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--dock--><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s%s%n",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<base href='//evil.test/'>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "\u202e<b>\u2066</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    '\\"><script>alert(1)</script>',
    "`${alert(1)}`",
]


def check(page) -> None:
    """Hold that the page has only our own elements and attributes."""
    assert page.status < 500
    own = page.soup.select('script[src^="/static/"][nonce][data-held]')
    assert len(own) <= 1 and not any(tag.get_text() for tag in own)
    for tag in page.soup.find_all(lambda tag: tag not in own):
        assert tag.name not in {"script", "iframe", "base", "style", "object", "embed"}, tag
        assert not [name for name in tag.attrs if name.startswith("on") or name in ("srcdoc", "http-equiv")], tag
        for name in ("href", "src", "action", "formaction"):
            address = tag.get(name, "")
            assert address == "" or address.startswith(("/", "#")), tag
            assert not address.startswith("//"), tag


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_is_written_is_shown_as_text(app, payload):
    """In every field, in a cookie's name and value, in the query and the path."""
    browser = Browser(app)
    for query in ("/shop/search", "/getcookie", "/setcookie"):
        for name in ("q", "title", "next", "max_age"):
            check(browser.request("GET", query, query_string={name: payload}))
    for path in ("/preferences", "/login", "/register"):
        check(browser.request("GET", path, query_string={"next": payload}))
    check(browser.get("/setcookie"))
    check(browser.submit("main form", title=payload, value=payload))
    browser.get("/setcookie")
    check(browser.submit("main form", title="Name", value=payload))
    check(browser.get("/getcookie?title=Name"))
    check(browser.get("/"))
    browser.get("/register")
    check(browser.submit("main form", username=payload, password="a long pass phrase", confirm=payload))
    browser.get("/login")
    check(browser.submit("main form.card", username=payload, password=payload))
    latin = payload.encode("latin-1", "ignore").decode("latin-1")
    names = (latin, "theme", "session", "crumb_session", f"recent_shop.{latin}")
    for cookie in (*(f"{name}={latin}" for name in names), latin):
        check(Browser(app).get("/shop/", headers={"Cookie": cookie}))
        check(Browser(app).get("/", headers={"Cookie": cookie}))
