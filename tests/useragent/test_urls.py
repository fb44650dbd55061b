"""URLs as the URL Standard reads them.

HOSTS and PATHS are what `new URL()` gave in Chromium 156, and so is NO_HOSTS, but for what Chromium takes against the
Standard: a space, and A-labels that mean nothing.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.useragent import ENGINES, UserAgent
from webapp.useragent.urls import is_public_suffix, locate, registrable_domain

HOSTS = {
    "EXAMPLE.org": "example.org",
    "%66oo.test": "foo.test",
    "user:pass@word@foo.test": "foo.test",
    "a_b.test": "a_b.test",
    "-a-.test": "-a-.test",
    "!$&()+,;=.test": "!$&()+,;=.test",
    "x.": "x.",
    "foo.com..": "foo.com..",
    "fa\u00df.test": "xn--fa-hia.test",
    "xn--fa-hia.test": "xn--fa-hia.test",
    "XN--FA-HIA.test": "xn--fa-hia.test",
    "\u2603.net": "xn--n3h.net",
    "xn--ls8h.test": "xn--ls8h.test",
    "\u0130.test": "xn--i-9bb.test",
    "a\u2260b.test": "xn--ab-miv.test",
    "\uff41\u3002com": "a.com",
    "\u05d0\u05d1.test": "xn--4dbc.test",
    "\u0645\u0635\u0631.test": "xn--wgbh1c.test",
    "\u00e4_b.test": "xn--_b-uia.test",
    "127.0.0.1": "127.0.0.1",
    "127.1": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0177.0.0.0X1": "127.0.0.1",
    "1.1.1.1.": "1.1.1.1",
    "0x": "0.0.0.0",
    "[::FFFF:127.0.0.1]": "[::ffff:7f00:1]",
    "[1:0:0:2:0:0:0:3]": "[1:0:0:2::3]",
    "[0:0:1:0:0:2:3:4]": "[::1:0:0:2:3:4]",
    "[10:0:0:1:02:3:4:5]": "[10::1:2:3:4:5]",
    "[1:2:3:4:5:6:7:8]": "[1:2:3:4:5:6:7:8]",
    "[::]": "[::]",
}
NO_HOSTS = [
    "",
    ":80",
    "256.1.1.1",
    "4294967296",
    "1.2.3.4.0",
    "1.16777216",
    "1.2.3.08",
    "09.1",
    "1_0.1",
    ".127.0.0.1",
    "..1",
    "[::1",
    "[]",
    "[1::2%25eth]",
    "[1::2%eth]",
    "x%",
    "a%00b",
    "a b",
    "a^b",
    "a<b",
    "a|b",
    "\u00ad",
    "x\ud800",
    "xn--",
    "xn--a",
    "xn--abc-.test",
    "xn--7ba.test",
    "\u0301a.test",
    "a\u200db.test",
    "\u05d0a.test",
    "\u0645a.test",
    "a\u0661.test",
    "a.\u05d0b1",
    "x:70000",
    "x: 80",
    "x:8o",
    "x:" + "0" * 5000 + "80",
]
PATHS = {
    "": "/",
    "?/a": "/",
    "#/a": "/",
    "/a/../b": "/b",
    "/a/%2e%2E/b": "/b",
    "/a/.%2e": "/",
    "/../../a/": "/a/",
    "/a/./b/.": "/a/b/",
    "/a/..b/...": "/a/..b/...",
    "\\a\\b/..\\c": "/a/c",
    "//a//": "//a//",
    "/\u00e4 \U0001f36a": "/%C3%A4%20%F0%9F%8D%AA",
    "/a^b{}`'\"<>": "/a%5Eb%7B%7D%60'%22%3C%3E",
    "/%zz%41;~[]@:!$&()*+,=": "/%zz%41;~[]@:!$&()*+,=",
    "/a\tb\n": "/ab",
    "/a!": "/a!",
}


@pytest.mark.parametrize(("written", "host"), HOSTS.items())
def test_a_host_has_one_form(written, host):
    """Letters, numbers as addresses, UTS 46 and percent signs come out as in a browser, and come out so again."""
    assert locate(f"http://{written}/").host == host
    assert locate(f"http://{host}:8000/").host == host


@pytest.mark.parametrize("host", NO_HOSTS, ids=lambda host: ascii(host)[:20])
def test_what_is_no_url_has_no_place(host):
    """Such a host, or a port of that kind, is no URL: nothing is stored from there, nothing sent."""
    assert locate(f"http://{host}/") is None


@pytest.mark.parametrize(("written", "path"), PATHS.items())
def test_a_path_has_one_form(written, path):
    """Dots are worked off, a backslash is a slash, and what has no place in a path is percent-encoded."""
    assert locate(f"http://x{written}").path == path


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        (" http://x/ ", "http://x"),
        ("ht\ntp://x/", "http://x"),
        ("HTTP:x/y", "http://x"),
        ("http:\\\\/x/y", "http://x"),
        ("http://x:80/", "http://x"),
        ("https://x:80/", "https://x:80"),
        ("https://x:443/", "https://x"),
        ("http://x:/", "http://x"),
        ("http://x:0/", "http://x:0"),
        ("wss://x:443/", "https://x"),
        ("\u3000http://x/", None),
        ("file:///x", None),
        ("//x/", None),
        ("x", None),
    ],
)
def test_scheme_and_port(url, origin):
    """Slashes are many or none, a scheme's own port is none, and only what speaks HTTP counts."""
    found = locate(url)
    assert (found and found.origin) == origin


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("shop.localhost", True),
        ("shop.localhost.", True),
        ("notlocalhost", False),
        ("127.1", True),
        ("127.255.0.1", True),
        ("128.0.0.1", False),
        ("127.example", False),
        ("[::1]", True),
        ("[0:0:0:0:0:0:0:1]", True),
        ("[::ffff:127.0.0.1]", False),
        ("[::2]", False),
    ],
)
def test_which_hosts_are_this_machine(host, here):
    """Only they get a Secure cookie by plain http, on every Python."""
    assert locate(f"http://{host}:8000/").is_loopback is here


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("a.b.example.co.uk", "example.co.uk"),
        ("a.b.example.co.uk.", "example.co.uk."),
        ("co.uk.", "co.uk."),
        ("a.localhost.", "a.localhost."),
        ("foo.com..", "foo.com.."),
        ("a..b", "a..b"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
    ],
)
def test_a_dot_at_the_end_makes_another_site(host, site):
    """It stays with the registrable domain; where a label is empty there is none."""
    assert registrable_domain(host) == site


def test_a_suffix_stays_one_with_a_dot_at_its_end():
    """As a Domain it is refused either way."""
    assert [is_public_suffix(each) for each in ("com", "com.", "com..", "x.com.", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("engine", ENGINES)
@given(
    text=st.text(max_size=30), head=st.sampled_from(["", "http://", "http://x/", "http://[", "http://xn--", "http:1."])
)
def test_no_text_raises(engine, text, head):
    """Whatever stands where a URL should, every call answers; a URL's own origin and path lead to the same place."""
    agent, found = UserAgent(engine), locate(head + text)
    assert agent.is_same_site(head + text, head + text) is (found is not None)
    if found:
        assert locate(found.origin + found.path) == found


def test_a_long_authority_is_read_at_once():
    """However many signs that could end a name and password: it takes no longer by more than their number."""
    began = time.perf_counter()
    for sign in "@:[]":
        assert locate(f"http://{sign * 60_000}:x:1") is None
    assert time.perf_counter() - began < 1
