"""What people write becomes harmless HTML, whatever they write."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tests.sites.forum.conftest import open_thread
from webapp.sites.forum.markup import render

ALLOWED = {
    "p": set(), "br": set(), "strong": set(), "em": set(), "code": set(), "pre": set(), "ul": set(), "li": set(),
    "ol": {"start"}, "blockquote": set(), "a": {"href", "rel", "title"},
}  # fmt: skip
PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe src=//evil></iframe>", "<a href=javascript:alert(1)>x</a>",
    "<math><mi xlink:href='javascript:alert(1)'>x", "<style>*{color:red}</style>",
    "</div></li><script>alert(1)</script>", "<!--<script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](%6aavascript:alert(1))",
    "[x](\x01javascript:alert(1))", "[x](javascript&colon;alert(1))", "[x]( javascript:alert(1))",
    "[x](vbscript:msgbox(1))", "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)", "[x](file:///etc/passwd)", "[x](//evil.example)",
    "[x](/\\evil.example)", "[x](\\\\evil.example)", "[x](/\t/evil.example)", "[x](https:evil)", "[x](http:///evil)",
    "<javascript:alert(1)>", "<data:text/html,x>", "<mailto:a@b.c>", "<a@b.c>",
    '[x](https://a.b "onmouseover=alert(1)")', "[x](https://a.b '\"><script>alert(1)</script>')",
    "![x](https://a.b/x.png)", "![x](javascript:alert(1))", "[![x](x)](javascript:alert(1))",
    "![x][y]\n\n[y]: javascript:alert(1)", "```\"><script>alert(1)</script>\nx\n```", "```js onload=alert(1)\nx\n```",
    "`<b onclick=alert(1)>`", "**<b>**", "> <script>x", "- <img src=x onerror=alert(1)>", "# <script>x</script>",
    "[x]: https://a.b\n\n[x]", "*" * 700 + "x" + "*" * 700, "[" * 500 + "x" + "](y)" * 200, ">" * 1500, "- " * 700,
    "`" * 1499, "<https://a.b/\"onmouseover=alert(1)>", "\x00<b>\x00",
]  # fmt: skip


def _check(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        assert tag.name in ALLOWED and set(tag.attrs) <= ALLOWED[tag.name], tag
        if tag.name == "a":
            assert re.match(r"https?://[^/]|/(?![/\\])", tag["href"], re.IGNORECASE), tag["href"]
            assert tag["rel"] == ["nofollow", "ugc", "noopener"]
    return soup


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_comes_out(payload):
    """No payload becomes more than text, emphasis, code, lists, quotes and harmless links."""
    _check(render(payload))


@given(st.text(max_size=300) | st.text(alphabet="<>[]()!*_`~#>-+.&;:/\\\"'=\n\t abcjhtps1", max_size=300))
def test_any_text_is_harmless(text):
    """The same for any text at all."""
    _check(render(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** *slanted* `code`", "<p><strong>bold</strong> <em>slanted</em> <code>code</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("```py\n<x>\n```", "<pre><code>&lt;x&gt;\n</code></pre>"),
        ("[shop](/shop/)", '<p><a href="/shop/" rel="nofollow ugc noopener">shop</a></p>'),
        ("<https://a.b>", '<p><a href="https://a.b" rel="nofollow ugc noopener">https://a.b</a></p>'),
        ("# no heading", "<p># no heading</p>"),
        ("![no picture](x)", "<p>![no picture](x)</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_the_help_promises(text, html):
    """The small language works, and no more than that."""
    assert render(text).strip() == html


def test_a_page_shows_it_harmless_everywhere(enter):
    """Title, post, board, preview, quote, search: the payloads stay text."""
    nora = enter()
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) **ok**"
    path = open_thread(nora, evil, evil).url
    number = nora.page.one("[data-post]")["data-post"]
    for address in (
        path,
        f"{path}?quote={number}",
        "/forum/",
        "/forum/ovens",
        "/forum/search?q=alert",
        f"/forum/post/{number}/edit",
    ):
        page = nora.get(address)
        assert page.status == 200 and not page.select("main script:not([nonce]), main [href^=javascript]"), address
    nora.get(path)
    page = nora.submit("form.drafted", button="yes", text=evil)
    assert not page.select(".prose script, .prose [href]")
