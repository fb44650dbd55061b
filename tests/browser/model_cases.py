"""Cases for the user agent model beside the 237 recorded ones: where browsers and the specification may part.

A case is a page that is asked for, the Set-Cookie lines it answers with, and the pages asked for afterwards. As in the
recordings, one character of a line is one octet.
"""

from typing import TypedDict


class Case(TypedDict):
    """Another key of a recording is `sent`, the Cookie headers, and `jar`, the store."""

    id: str
    group: str
    received: list[str]
    set_url: str
    get_urls: list[str]


PLAIN = "http://home.example.org:8888"
SAFE = "https://home.example.org:8443"
LOCAL = "http://localhost:8888"
SHOP = "http://shop.localhost:8888"
ADDRESS = "http://127.0.0.1:8888"
ADDRESS_6 = "http://[::1]:8888"

_ROWS: list[tuple[str, str, list[str]]] = [
    # Control characters, TAB and octets outside of ASCII, in each part of a line
    ("octets", PLAIN, ["a\tb=v"]),
    ("octets", PLAIN, ["\tn\t=\tv\t"]),
    ("octets", PLAIN, ["n=v;\tPath\t=\t/\t"]),
    ("octets", PLAIN, ["n=v; Path=/a\tb"]),
    ("octets", PLAIN, ["n=v; Domain=home.\texample.org"]),
    ("octets", PLAIN, ["n=v; Foo=a\tb"]),
    ("octets", PLAIN, ["n=v; Fo\to=x"]),
    ("octets", PLAIN, ["n=v; Path=a\tb"]),
    ("octets", PLAIN, ["n=v; Path=/a\tb; Path=/"]),
    ("octets", PLAIN, ["a\x01b=v"]),
    ("octets", PLAIN, ["n=v; Path=/\x01"]),
    ("octets", PLAIN, ["n=v; Foo=\x7f"]),
    ("octets", PLAIN, ["n=v; Fo\x1fo=x"]),
    ("octets", PLAIN, ["n=\x7f"]),
    ("octets", PLAIN, ["n=\xc3\xa9"]),
    ("octets", PLAIN, ["\xe9=\xff"]),
    ("octets", PLAIN, ["n=v; Path=/\xc3\xa9"]),
    ("octets", PLAIN, ["n=v; Domain=b\xfccher.example.org"]),
    # No name
    ("nameless", PLAIN, ["foo", "=bar"]),
    ("nameless", PLAIN, ["foo", "foo=bar"]),
    ("nameless", PLAIN, ["=a=b"]),
    ("nameless", PLAIN, ["==b"]),
    ("nameless", PLAIN, ["="]),
    ("nameless", PLAIN, [" ; Path=/"]),
    ("nameless", SAFE, ["__Secure-foo"]),
    ("nameless", SAFE, ["=__Http-a=b; Secure; HttpOnly"]),
    ("nameless", SAFE, ["__Host-foo; Secure; Path=/"]),
    # Sizes
    ("sizes", PLAIN, ["n=" + "v" * 4095]),
    ("sizes", PLAIN, ["n=" + "v" * 4096]),
    ("sizes", PLAIN, ["n" * 4096 + "="]),
    ("sizes", PLAIN, ["v" * 4097]),
    ("sizes", PLAIN, ["  n  =  " + "v" * 4095 + "  ; Path=/"]),
    ("sizes", PLAIN, ["n=" + "v" * 4055 + "\xc3\xa9" * 20]),
    ("sizes", PLAIN, ["n=" + "v" * 4056 + "\xc3\xa9" * 20]),
    ("sizes", PLAIN, ["n=v; Domain=" + "d" * 1025]),
    ("sizes", PLAIN, ["n=v; Max-Age=" + "0" * 1022 + "60"]),
    ("sizes", PLAIN, ["n=v; Max-Age=" + "0" * 1023 + "60"]),
    ("sizes", PLAIN, ["n=v; Path=/lab; Path=/" + "p" * 1024]),
    ("sizes", SAFE, ["n=v; Secure=" + "s" * 1025]),
    ("sizes", SAFE, ["n=v; SameSite=" + "s" * 1025]),
    # Lifetime by Max-Age
    ("age", PLAIN, ["n=v; Max-Age=34560001"]),
    ("age", PLAIN, ["n=v; Max-Age=1e3"]),
    ("age", PLAIN, ["n=v; Max-Age=+60"]),
    ("age", PLAIN, ["n=v; Max-Age=-"]),
    ("age", PLAIN, ["n=v; Max-Age=-x"]),
    ("age", PLAIN, ["n=v; Max-Age=--60"]),
    ("age", PLAIN, ["n=v; Max-Age=-0"]),
    ("age", PLAIN, ["n=v; Max-Age"]),
    ("age", PLAIN, ["n=v; Max-Age=60; Max-Age=x"]),
    ("age", PLAIN, ["n=v; Max-Age=60; Max-Age="]),
    ("age", PLAIN, ['n=v; Max-Age="60"']),
    ("age", PLAIN, ["n=v; Max-Age=6 0"]),
    ("age", PLAIN, ["n=v; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]),
    ("age", PLAIN, ["n=v; Max-Age=x; Expires=Wed, 09 Jun 2027 10:18:14 GMT"]),
    ("age", PLAIN, ["n=v; Max-Age=0; Expires=Wed, 09 Jun 2027 10:18:14 GMT"]),
    # Lifetime by Expires
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Expires=x"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 GMT; Expires="]),
    ("dates", PLAIN, ["n=v; Expires="]),
    ("dates", PLAIN, ["n=v; Expires=0"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 +0200"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 GMT-0130"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 EDT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:14 PM"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18 pm"]),
    ("dates", PLAIN, ["n=v; Expires=Wed Jun  9 10:18:14 2027"]),
    ("dates", PLAIN, ["n=v; Expires=Wednesday, 09-Jun-27 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09-Jun-2027 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=09 June 2027"]),
    ("dates", PLAIN, ["n=v; Expires=06/09/2027"]),
    ("dates", PLAIN, ["n=v; Expires=2027/06/09 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=2027-06-09"]),
    ("dates", PLAIN, ["n=v; Expires=27-06-09"]),
    ("dates", PLAIN, ["n=v; Expires=13-13-2027"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:60:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 10:18:60 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 2027 123:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 202 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 32767 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 32768 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 1600 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Wed, 09 Jun 1601 10:18:14 GMT"]),
    ("dates", PLAIN, ["n=v; Expires=Jun 2027 9 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=2027 Jun 09 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 69 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 27th 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10:18:14 JST Dec"]),
    ("dates", PLAIN, ["n=v; Expires=(09) [Jun] 2027, 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09;Jun;2027"]),
    ("dates", PLAIN, ["n=v; Expires=\"Wed, 09 Jun 2027 10:18:14 GMT\""]),
    ("dates", PLAIN, ["n=v; Expires=09.Jun.2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10.18.14"]),
    ("dates", PLAIN, ["n=v; Expires=31 Apr 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 1:1 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10: 18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10:18: GMT"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 12:18:14 am"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 12:18pm"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10:18:14x"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10:18:14:15"]),
    ("dates", PLAIN, ["n=v; Expires=09th Jun 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=009 Jun 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 123456 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=9 10 Jun 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 xJun 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 010:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09\xe9 Jun 2027 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=31 Jun 99999 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 0099 10:18:14"]),
    ("dates", PLAIN, ["n=v; Expires=0/0/2027"]),
    ("dates", PLAIN, ["n=v; Expires=14/6/27"]),
    ("dates", PLAIN, ["n=v; Expires=6-9-2027 MDT"]),
    ("dates", PLAIN, ["n=v; Expires=09 Jun 2027 10:18:14 UT+3"]),
    # Domain
    ("domains", PLAIN, ["n=v; Domain=."]),
    ("domains", PLAIN, ["n=v; Domain=.org"]),
    ("domains", PLAIN, ["n=v; Domain=EXAMPLE.ORG"]),
    ("domains", PLAIN, ["n=v; Domain=example.org."]),
    ("domains", PLAIN, ["n=v; Domain=example.org; Domain=."]),
    ("domains", PLAIN, ["n=v; Domain=example.org; Domain"]),
    ("domains", PLAIN, ["n=v; Domain=example.org:8888"]),
    ("domains", PLAIN, ["n=v; Domain=exam%70le.org"]),
    ("domains", PLAIN, ["n=1; Domain=home.example.org", "n=2", "n=3; Domain=example.org"]),
    ("domains", LOCAL, ["n=v; Domain=localhost"]),
    ("domains", LOCAL, ["n=v; Domain=.localhost"]),
    ("domains", SHOP, ["n=v; Domain=localhost"]),
    ("domains", SHOP, ["n=v; Domain=shop.localhost"]),
    ("domains", ADDRESS, ["n=v; Domain=0.0.1"]),
    ("domains", ADDRESS, ["n=v; Domain=.127.0.0.1; Path=/"]),
    ("domains", ADDRESS_6, ["n=v"]),
    ("domains", ADDRESS_6, ["n=v; Domain=[::1]"]),
    ("domains", ADDRESS_6, ["n=v; Domain=::1"]),
    # Prefixes
    ("prefixes", SAFE, ["__hOsT-n=v; Secure; Path=/"]),
    ("prefixes", SAFE, ["__SECURE-n=v"]),
    ("prefixes", SAFE, ["__hTTp-n=v; HttpOnly"]),
    ("prefixes", SAFE, ["__HOST-http-n=v; Secure; HttpOnly; Path=/"]),
    ("prefixes", SAFE, ["__Host-Http-n=v; Secure; HttpOnly; Path=/; Domain=home.example.org"]),
    ("prefixes", SAFE, ["__Host-Http-n=v; Secure; HttpOnly; Path=/lab"]),
    ("prefixes", SAFE, ["__Host-n=v; Secure; Path=x"]),
    ("prefixes", SAFE, ["__Secure-Host-n=v; Secure"]),
    ("prefixes", SAFE, ["__Secure- n=v; Secure"]),
    ("prefixes", SAFE, ["__Secure-=v; Secure", "__Host=v", "__Http=v"]),
    ("prefixes", SAFE, ["__Secure-n=v; Secure; Path=/", "__Secure-n=; Path=/; Max-Age=0"]),
    ("prefixes", SAFE, ["__Secure-n=v; Secure; Path=/", "__Secure-n=; Secure; Path=/; Max-Age=0"]),
    ("prefixes", LOCAL, ["__Secure-n=v; Secure"]),
    ("prefixes", SHOP, ["__Host-n=v; Secure; Path=/"]),
    ("prefixes", ADDRESS_6, ["__Host-n=v; Secure; Path=/"]),
    # Secure, SameSite, Partitioned
    ("flags", LOCAL, ["n=v; Secure"]),
    ("flags", SHOP, ["n=v; Secure"]),
    ("flags", ADDRESS_6, ["n=v; Secure"]),
    ("flags", LOCAL, ["n=v; SameSite=None"]),
    ("flags", SHOP, ["n=v; SameSite=None; Secure"]),
    ("flags", SAFE, ["n=v; SameSite"]),
    ("flags", SAFE, ["n=v; SameSite=Strict; SameSite"]),
    ("flags", SAFE, ["n=v; SameSite=Strict; SameSite=x"]),
    ("flags", SAFE, ["n=v; SameSite=no_restriction"]),
    ("flags", SAFE, ["n=v; Partitioned"]),
    ("flags", SHOP, ["n=v; Partitioned; Secure"]),
    ("flags", PLAIN, ["n=v; Partitioned; Secure"]),
    ("flags", SAFE, ["n=1; Secure; Path=/", "n=2; Secure; Path=/; Partitioned"]),
    ("flags", SAFE, ["__Host-n=v; Secure; Path=/; Partitioned"]),
    ("flags", SAFE, ["n=v; SameParty; Secure"]),
    ("flags", SAFE, ["n=v; Priority=Low"]),
    ("flags", SAFE, ["n=v; HttpOnly=false"]),
    ("flags", SAFE, ["n=v;;;Secure;;"]),
    # Several cookies
    ("several", PLAIN, ["a=1", "b=2", "a=3"]),
    ("several", PLAIN, ["a=1", "b=2", "a=1; Path=/lab"]),
    ("several", PLAIN, ["a=1; Path=/", "a=2; Path=/lab", "a=3; Path=/lab/", "b=4; Path=/lab/get"]),
    ("several", PLAIN, ["a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=2"]),
    ("several", PLAIN, ["a=1; Path=/", "a=2; Path=/; Domain=example.org", "a=; Path=/; Max-Age=0"]),
    ("several", PLAIN, ["a=1; HttpOnly", "a=2"]),
    ("several", PLAIN, ["a=1, b=2; Path=/, c=3"]),
    ("several", PLAIN, ["a=1", "A=2"]),
    ("several", SAFE, ["a=1; Secure", "a=2"]),
]  # fmt: skip

# Path: the page that sets, the lines, the pages asked for
_PATHS: list[tuple[str, list[str], list[str]]] = [
    ("/set", ["n=v"], ["/", "/x", "/x/y"]),
    ("/", ["n=v"], ["/", "/x"]),
    ("/a/b/c", ["n=v"], ["/a/b", "/a/b/", "/a/bc", "/a"]),
    ("/a/b/", ["n=v"], ["/a/b", "/a/b/c", "/a"]),
    ("//a/b", ["n=v"], ["/", "//a", "//a/", "/a"]),
    ("/a;b/c", ["n=v"], ["/a;b/d", "/a/d"]),
    ("/a/b?c/d", ["n=v"], ["/a/x", "/a/b?c/x"]),
    ("/%61/b", ["n=v"], ["/%61/c", "/a/c"]),
    ("/a/b", ["n=v; Path=/a/"], ["/a", "/a/", "/a/b"]),
    ("/a/b", ["n=v; Path=/a?b"], ["/a", "/a?b"]),
    ("/a/b", ["n=v; Path=/a//"], ["/a/", "/a//", "/a//b"]),
    ("/a/b", ['n=v; Path="/a"'], ["/a/b", "/"]),
    ("/a/b", ["n=v; Path=/%61"], ["/a", "/%61"]),
    ("/a/b", ["n=v; Path=/a/../c"], ["/c", "/a/b"]),
    ("/" + "p" * 1030 + "/b", ["n=v"], ["/" + "p" * 1030 + "/c", "/"]),
    ("/" + "p" * 1023 + "/b", ["n=v"], ["/" + "p" * 1023 + "/c", "/"]),
]


def _cases() -> list[Case]:
    found = [(group, lines, f"{origin}/lab/set", [f"{origin}/lab/get", f"{origin}/"]) for group, origin, lines in _ROWS]
    found += [
        ("paths", lines, f"{PLAIN}{setting}", [f"{PLAIN}{path}" for path in asked]) for setting, lines, asked in _PATHS
    ]
    return [
        Case(id=f"{group}-{number:03}", group=group, received=lines, set_url=set_url, get_urls=get_urls)
        for number, (group, lines, set_url, get_urls) in enumerate(found, 300)
    ]


CASES = _cases()
