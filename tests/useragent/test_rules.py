"""The rules that a user agent follows, as literal header lines; the numbers are those of the project's list of rules.

A row gives lines that a page sets, one after the other, and what comes of the last: whether it is stored, and a rule
that the verdict names. The second table asks whether a stored cookie is sent. A rule that no row reaches fails a test.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from webapp.useragent import ENGINES, RULES, UserAgent, rules

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PLAIN = "http://www.example.org/docs/a"
SAFE = "https://www.example.org/docs/a"
LOCAL = "http://localhost:8000/"
LONG = "https://www.example.org/" + "p" * 1023  # as a directory, 1024 octets
INSIDE = {"cross_site": True, "top_level": False, "top_level_site": "https://page.example/"}
LINK = {"cross_site": True}
FORM = {"cross_site": True, "method": "POST"}
NOT_ROOT = ["Path=", "Path", "Path=foo", "Path=/; Path="]  # what comes out as / when set at the root
SCRIPT = {"http_api": False}

# number, url, lines, circumstances of the last one, stored, rule, engine
SETTING = [
    (1, SAFE, ["n=a\x01"], {}, False, rules.CONTROL_CHARACTER, "spec"),
    (1, SAFE, ["n=v; Path=/\x7f"], {}, False, rules.CONTROL_CHARACTER, "spec"),
    (1, SAFE, ["n=v\r\nm=w"], {}, False, rules.CONTROL_CHARACTER, "spec"),
    (1, SAFE, ["n=a\tb"], {}, True, rules.PAIR, "spec"),
    (1, SAFE, ["n=a\tb"], {}, False, rules.TAB_INSIDE, "chromium"),
    (1, SAFE, ["n=v; Path=/a\tb"], {}, True, rules.PATH_GIVEN, "spec"),
    (1, SAFE, ["n=v; Path=/a\tb"], {}, False, rules.TAB_INSIDE, "firefox"),
    (1, SAFE, ["n=v; Path=a\tb"], {}, True, rules.PATH_IGNORED, "firefox"),
    (1, SAFE, ["n=v; Colour=a\tb"], {}, False, rules.TAB_INSIDE, "chromium"),
    (1, SAFE, ["n=v; Colour=a\tb"], {}, True, rules.ATTRIBUTE_UNKNOWN, "firefox"),
    (2, SAFE, ['n="a=b"'], {}, True, rules.PAIR, "spec"),
    (2, SAFE, ["n=v; Colour=red"], {}, True, rules.ATTRIBUTE_UNKNOWN, "spec"),
    (3, SAFE, ["v"], {}, True, rules.NAMELESS, "spec"),
    (3, SAFE, ["=v"], {}, False, rules.NAMELESS_REFUSED, "firefox"),
    (3, SAFE, ["v"], {}, True, rules.PAIR, "firefox"),
    (3, SAFE, ["=a=b"], {}, True, rules.NAMELESS, "spec"),
    (3, SAFE, ["=a=b"], {}, False, rules.NAMELESS_AMBIGUOUS, "chromium"),
    (3, SAFE, [" = ; Secure"], {}, False, rules.EMPTY, "spec"),
    (3, SAFE, [""], {}, False, rules.EMPTY, "spec"),
    (4, SAFE, ["n=" + "v" * 4095], {}, True, rules.PAIR, "spec"),
    (4, SAFE, ["n=" + "v" * 4096], {}, False, rules.TOO_LARGE, "spec"),
    (4, SAFE, ["n=" + "\xe9" * 4096], {}, False, rules.TOO_LARGE, "spec"),
    (5, SAFE, ["n=v; Path=/" + "p" * 1024], {}, True, rules.ATTRIBUTE_TOO_LARGE, "spec"),
    (5, SAFE, ["n=v; Path=/" + "p" * 1023], {}, True, rules.PATH_GIVEN, "spec"),
    (5, SAFE, ["n=v; Secure=" + "s" * 1025], {}, True, rules.ATTRIBUTE_TOO_LARGE, "chromium"),
    (5, SAFE, ["__Secure-n=v; Secure=" + "s" * 1025], {}, True, rules.STORED, "firefox"),
    (6, SAFE, ["n=v; Max-Age=60; Max-Age=x"], {}, True, rules.PERSISTENT, "spec"),
    (6, SAFE, ["n=v; Max-Age=60; Max-Age=x"], {}, True, rules.SESSION, "chromium"),
    (6, SAFE, ["n=v; Max-Age=60; Max-Age=x"], {}, True, rules.SESSION, "firefox"),
    (6, SAFE, ["n=v; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], {}, True, rules.MAX_AGE_WINS, "spec"),
    (6, SAFE, ["n=v; eXPIRES=Thu, 01 Jan 1970 00:00:00 GMT; mAX-aGE=9"], {}, True, rules.MAX_AGE_WINS, "spec"),
    (6, SAFE, ["n=v; Max-Age=0; Max-Age=9"], {}, True, rules.PERSISTENT, "spec"),
    (6, SAFE, ["n=v; Max-Age=0; Max-Age=9"], {}, True, rules.REPEATED, "spec"),
    (6, SAFE, ["n=v; Max-Age=60; Max-Age=x"], {}, True, rules.REPEATED, "chromium"),
    (6, SAFE, ["n=v; SameSite=Lax; SameSite=Lux"], {}, True, rules.REPEATED, "firefox"),
    (6, SAFE, ["n=v; Secure=no"], {}, True, rules.FLAG_VALUE, "spec"),
    (6, SAFE, ["n=v; HttpOnly=false"], {}, True, rules.FLAG_VALUE, "chromium"),
    (7, SAFE, ["n=v; Max-Age="], {}, True, rules.MAX_AGE_UNREADABLE, "spec"),
    (7, SAFE, ["n=v; Max-Age=+9"], {}, True, rules.MAX_AGE_UNREADABLE, "spec"),
    (7, SAFE, ["n=v; Max-Age=+9"], {}, True, rules.PERSISTENT, "chromium"),
    (7, SAFE, ["n=v; Max-Age=-"], {}, True, rules.MAX_AGE_UNREADABLE, "spec"),
    (7, SAFE, ["n=v; Max-Age=-"], {}, False, rules.NOTHING_TO_DELETE, "firefox"),
    (7, SAFE, ["n=v; Max-Age=\xb2"], {}, True, rules.MAX_AGE_UNREADABLE, "spec"),
    (7, SAFE, ["n=v; Max-Age=1"], {}, True, rules.PERSISTENT, "spec"),
    (7, SAFE, ["n=v; Max-Age=-1"], {}, False, rules.NOTHING_TO_DELETE, "spec"),
    (7, SAFE, ["n=v", "n=; Max-Age=0"], {}, False, rules.DELETED, "spec"),
    (8, SAFE, ["n=v; Expires=tomorrow"], {}, True, rules.EXPIRES_UNREADABLE, "spec"),
    (8, SAFE, ["n=v; Expires=09 Jun 27 10:18:14"], {}, True, rules.PERSISTENT, "spec"),
    (8, SAFE, ["n=v; Expires=09 Jun 2027 10:18:14 +0200"], {}, True, rules.ZONE_IGNORED, "spec"),
    (8, SAFE, ["n=v; Expires=09 Jun 2027 10:18:14 EST"], {}, True, rules.ZONE_IGNORED, "chromium"),
    (8, SAFE, ["n=v; Expires=09 Jun 2027 10:18:14 +0200"], {}, True, rules.ZONE_READ, "firefox"),
    (8, SAFE, ["n=v; Expires=09 Jun 202 10:18:14"], {}, False, rules.NOTHING_TO_DELETE, "chromium"),
    (8, SAFE, ["n=v; Expires=09 Jun 2027"], {}, True, rules.PERSISTENT, "firefox"),
    (9, SAFE, ["n=v; Max-Age=34560001"], {}, True, rules.LIFETIME_CAPPED, "spec"),
    (9, SAFE, ["n=v; Max-Age=34560001"], {}, True, rules.PERSISTENT, "webkitgtk"),
    (9, SAFE, ["n=v; Max-Age=" + "9" * 1024], {}, True, rules.PERSISTENT, "webkitgtk"),
    (9, SAFE, ["n=v; Expires=09 Jun 9999 10:18:14"], {}, True, rules.LIFETIME_CAPPED, "chromium"),
    (10, SAFE, ["n=v"], {}, True, rules.SESSION, "spec"),
    (11, SAFE, ["n=v; Domain=.WWW.Example.ORG"], {}, True, rules.DOMAIN, "spec"),
    (11, SAFE, ["n=v; Domain=example.org"], {}, True, rules.DOMAIN, "spec"),
    (11, SAFE, ["n=v; Domain=.example.org"], {}, True, rules.DOMAIN_DOT, "chromium"),
    (11, SAFE, ["n=v; Domain="], {}, True, rules.HOST_ONLY, "spec"),
    (11, SAFE, ["n=v; Domain="], {}, True, rules.DOMAIN_EMPTY, "firefox"),
    (11, SAFE, ["n=v; Domain=."], {}, True, rules.HOST_ONLY, "spec"),
    (11, SAFE, ["n=v; Domain=."], {}, True, rules.DOMAIN_EMPTY, "spec"),
    (11, SAFE, ["n=v; Domain=."], {}, False, rules.DOMAIN_INCOMPLETE, "chromium"),
    (11, SAFE, ["n=v; Domain=."], {}, False, rules.DOMAIN_INCOMPLETE, "firefox"),
    (11, SAFE, ["n=v; Domain=..example.org"], {}, False, rules.DOMAIN_INCOMPLETE, "spec"),
    (11, "https://example.org../", ["n=v; Domain=example.org.."], {}, False, rules.DOMAIN_INCOMPLETE, "spec"),
    (11, "https://example.org./", ["n=v; Domain=example.org."], {}, True, rules.DOMAIN, "spec"),
    (11, "https://example.org./", ["n=v; Domain=example.org"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, SAFE, ["n=v; Domain=b\xfccher.example"], {}, False, rules.DOMAIN_NOT_ASCII, "spec"),
    (11, SAFE, ["n=v; Domain=a.www.example.org"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, SAFE, ["n=v; Domain=shop.example.org"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, SAFE, ["n=v; Domain=ample.org"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, "https://10.0.0.1/", ["n=v; Domain=0.0.1"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, "https://10.0.0.1/", ["n=v; Domain=10.0.0.1"], {}, True, rules.DOMAIN, "spec"),
    (11, "https://10.0.0.1/", ["n=v; Domain=10.0.0.1"], {}, True, rules.HOST_ONLY, "chromium"),
    (11, "https://[::1]/", ["n=v; Domain=::1"], {}, False, rules.DOMAIN_MISMATCH, "spec"),
    (11, LOCAL, ["n=v; Domain=localhost"], {}, True, rules.HOST_ONLY, "spec"),
    (11, LOCAL, ["n=v; Domain=localhost"], {}, True, rules.DOMAIN_OF_ITS_OWN, "firefox"),
    (11, "https://10.0.0.1/", ["n=v; Domain=10.0.0.1"], {}, True, rules.DOMAIN_OF_ITS_OWN, "firefox"),
    (11, LOCAL, ["n=v; Domain=localhost"], {}, False, rules.LOCALHOST_DOMAIN, "webkitgtk"),
    (12, SAFE, ["n=v; Domain=org"], {}, False, rules.PUBLIC_SUFFIX, "spec"),
    (12, "https://shop.co.uk/", ["n=v; Domain=co.uk"], {}, False, rules.PUBLIC_SUFFIX, "spec"),
    (12, "https://me.github.io/", ["n=v; Domain=github.io"], {}, False, rules.PUBLIC_SUFFIX, "spec"),
    (12, "https://github.io/", ["n=v; Domain=github.io"], {}, True, rules.HOST_ONLY, "spec"),
    (12, "http://shop.localhost/", ["n=v; Domain=localhost"], {}, False, rules.PUBLIC_SUFFIX, "spec"),
    (13, SAFE, ["n=v; Path=docs"], {}, True, rules.PATH_IGNORED, "spec"),
    (13, SAFE, ["n=v"], {}, True, rules.PATH_DEFAULT, "spec"),
    (13, SAFE, ["n=v; Path="], {}, True, rules.PATH_EMPTY, "spec"),
    (13, SAFE, ["n=v; Path"], {}, True, rules.PATH_EMPTY, "chromium"),
    *((13, SAFE, [f"n=v; Path=/b{each}"], {}, True, rules.PATH_UNREACHABLE, "spec") for each in ("?c", "#", "/../c")),
    (13, SAFE, ["n=v; Path=/caf\xe9"], {}, True, rules.PATH_UNREACHABLE, "spec"),
    (13, LONG + "p/a", ["n=v"], {}, False, rules.PATH_TOO_LONG, "firefox"),
    (13, LONG + "/a", ["n=v"], {}, True, rules.PATH_DEFAULT, "firefox"),
    (13, LONG + "p/a", ["n=v; Path=docs"], {}, False, rules.PATH_TOO_LONG, "firefox"),
    (13, LONG + "p/a", ["n=v; Path=/"], {}, True, rules.PATH_GIVEN, "firefox"),
    (13, LONG + "p/a", ["n=v"], {}, True, rules.PATH_DEFAULT, "chromium"),
    (14, PLAIN, ["n=v; Secure"], {}, False, rules.SECURE_FROM_INSECURE, "spec"),
    (14, LOCAL, ["n=v; Secure"], {}, True, rules.SECURE_LOOPBACK, "spec"),
    (14, "http://shop.localhost/", ["n=v; Secure"], {}, True, rules.SECURE_LOOPBACK, "firefox"),
    (14, "http://127.0.0.1:5000/", ["n=v; Secure"], {}, True, rules.SECURE_LOOPBACK, "chromium"),
    (14, LOCAL, ["n=v; Secure"], {}, False, rules.SECURE_FROM_INSECURE, "webkitgtk"),
    (16, SAFE, ["n=v; HttpOnly"], SCRIPT, False, rules.HTTP_ONLY_FROM_SCRIPT, "spec"),
    (16, SAFE, ["n=v; HttpOnly", "n=w"], SCRIPT, False, rules.OVERWRITE_HTTP_ONLY, "spec"),
    (16, SAFE, ["n=v; HttpOnly", "n=; Max-Age=0"], SCRIPT, False, rules.OVERWRITE_HTTP_ONLY, "spec"),
    (16, SAFE, ["n=v", "n=w"], SCRIPT, True, rules.REPLACED, "spec"),
    (17, SAFE, ["n=v; SameSite=foo"], {}, True, rules.SAME_SITE_UNKNOWN, "spec"),
    (17, SAFE, ["n=v; SameSite=Strict"], INSIDE, False, rules.STRICT_SET_CROSS_SITE, "spec"),
    (17, SAFE, ["n=v; SameSite=Lax"], INSIDE, False, rules.LAX_SET_CROSS_SITE, "spec"),
    (17, SAFE, ["n=v; SameSite=Strict"], FORM, True, rules.STORED, "spec"),
    (17, SAFE, ["n=v; SameSite=None; Secure"], INSIDE, True, rules.STORED, "spec"),
    (17, SAFE, ["n=v; SameSite=None"], {}, False, rules.NONE_INSECURE, "spec"),
    (17, SAFE, ["n=v; SameSite=None"], {}, True, rules.STORED, "webkitgtk"),
    (17, SAFE, ["n=v; SameSite=Lax"], LINK | SCRIPT, False, rules.LAX_SET_CROSS_SITE, "spec"),
    (19, SAFE, ["n=v"], INSIDE, False, rules.DEFAULT_SET_CROSS_SITE, "spec"),
    (19, SAFE, ["n=v"], INSIDE, True, rules.PARTITIONED, "firefox"),
    (20, SAFE, ["__Secure-n=v"], {}, False, rules.SECURE_PREFIX, "spec"),
    (20, SAFE, ["__sEcUrE-n=v; Secure"], {}, True, rules.STORED, "spec"),
    (20, SAFE, ["__Host-n=v; Secure"], {}, False, rules.HOST_PREFIX, "spec"),
    (20, SAFE, ["__Host-n=v; Path=/"], {}, False, rules.HOST_PREFIX, "spec"),
    (20, SAFE, ["__host-n=v; Secure; Path=/; Domain=www.example.org"], {}, False, rules.HOST_PREFIX, "spec"),
    (20, SAFE, ["__Host-n=v; Secure; Path=/; Domain="], {}, True, rules.STORED, "spec"),
    (20, "https://www.example.org/", ["__Host-n=v; Secure"], {}, False, rules.HOST_PREFIX, "spec"),
    (20, "https://www.example.org/", ["__Host-n=v; Secure"], {}, True, rules.STORED, "firefox"),
    (20, LOCAL, ["__Host-n=v; Secure; Path=/; Domain=localhost"], {}, False, rules.HOST_PREFIX, "chromium"),
    *((20, LOCAL, [f"__Host-n=v; Secure; {each}"], {}, False, rules.HOST_PREFIX, "chromium") for each in NOT_ROOT),
    *((20, LOCAL, [f"__Host-n=v; Secure; {each}"], {}, True, rules.STORED, "spec") for each in NOT_ROOT),
    (20, LOCAL, ["__Host-n=v; Secure; Path=x; Path=/"], {}, True, rules.STORED, "chromium"),
    (20, "https://10.0.0.1/", ["__Host-n=v; Secure; Path=/; Domain=10.0.0.1"], {}, True, rules.STORED, "chromium"),
    (
        20,
        "https://10.0.0.1/",
        ["__Host-n=v; Secure; Path=/; Domain=.10.0.0.1"],
        {},
        False,
        rules.HOST_PREFIX,
        "chromium",
    ),
    (20, SAFE, ["__Http-n=v; Secure; HttpOnly"], {}, True, rules.STORED, "spec"),
    (20, SAFE, ["__Http-n=v; Secure"], {}, False, rules.HTTP_PREFIX, "spec"),
    (20, SAFE, ["__HTTP-n=v; HttpOnly"], {}, False, rules.HTTP_PREFIX, "spec"),
    (20, SAFE, ["__Http-n=v; Secure"], SCRIPT, False, rules.HTTP_PREFIX, "spec"),
    (20, SAFE, ["__Host-Http-n=v; Secure; HttpOnly; Path=/"], {}, True, rules.STORED, "spec"),
    (20, SAFE, ["__Host-Http-n=v; Secure; HttpOnly"], {}, False, rules.HOST_HTTP_PREFIX, "spec"),
    (20, SAFE, ["__Host-Http-n=v; Secure; Path=/"], {}, False, rules.HOST_HTTP_PREFIX, "spec"),
    (20, SAFE, ["=__Host-n=v; Secure; Path=/"], {}, False, rules.NAMELESS_PREFIX, "spec"),
    (20, SAFE, ["__SECURE-n; Secure"], {}, False, rules.NAMELESS_PREFIX, "spec"),
    (20, SAFE, ["__Http-n"], {}, False, rules.NAMELESS_HTTP_PREFIX, "spec"),
    (20, SAFE, ["=__Host-Http-n"], {}, False, rules.NAMELESS_PREFIX, "spec"),
    (20, SAFE, ["=__Host-n=v"], {}, False, rules.NAMELESS_PREFIX, "chromium"),
    (20, SAFE, ["__HostX-n=v"], {}, True, rules.STORED, "spec"),
    (21, SAFE, ["__Secure-n=v; Secure", "__Secure-n=; Max-Age=0"], {}, False, rules.SECURE_PREFIX, "spec"),
    (21, SAFE, ["__Secure-n=v; Secure", "__Secure-n=; Max-Age=0; Secure"], {}, False, rules.DELETED, "spec"),
    (22, SAFE, ["n=v; Path=/", "n=; Max-Age=0"], {}, False, rules.NOTHING_TO_DELETE, "spec"),
    (22, SAFE, ["n=v; Domain=example.org", "n=; Max-Age=0"], {}, False, rules.NOTHING_TO_DELETE, "spec"),
    (22, SAFE, ["n=v", "n=; Domain=www.example.org; Max-Age=0"], {}, False, rules.NOTHING_TO_DELETE, "spec"),
    (22, SAFE, ["n=v; Path=/", "n=; Max-Age=0"], {}, False, rules.NEAR_PATH, "spec"),
    (22, SAFE, ["n=v; Domain=example.org", "n=; Max-Age=0"], {}, False, rules.NEAR_DOMAIN, "spec"),
    (
        22,
        SAFE,
        ["n=v; Domain=example.org", "n=; Max-Age=0; Domain=www.example.org"],
        {},
        False,
        rules.NEAR_DOMAIN,
        "spec",
    ),
    (22, SAFE, ["n=v", "n=; Domain=www.example.org; Max-Age=0"], {}, False, rules.NEAR_HOST_ONLY, "spec"),
    (22, SAFE, ["n=v; Secure; Partitioned", "n=; Max-Age=0"], {}, False, rules.NEAR_PARTITION, "spec"),
    (22, SAFE, ["n=v", "n=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], {}, False, rules.DELETED, "spec"),
    (23, SAFE, ["n=v; Partitioned"], {}, False, rules.PARTITIONED_INSECURE, "spec"),
    (23, SAFE, ["n=v; Partitioned; Secure"], {}, True, rules.PARTITIONED, "spec"),
    (23, SAFE, ["n=v; Secure", "n=w; Partitioned; Secure"], {}, True, rules.STORED, "spec"),
    (25, SAFE, ["n=v", "n=w"], {}, True, rules.REPLACED, "spec"),
    (26, SAFE, [f"n{i}=v" for i in range(51)], {}, True, rules.EVICTED, "spec"),
    (26, SAFE, [*(f"s{i}=v; Secure" for i in range(50)), "n=v"], {}, False, rules.CROWDED_OUT, "spec"),
    (26, SAFE, [*(f"s{i}=v; Secure" for i in range(180)), "n=v"], {}, False, rules.CROWDED_OUT, "firefox"),
    (27, SAFE, ["a=1; Path=/, b=2"], {}, True, rules.PATH_GIVEN, "spec"),
    (29, "ftp://www.example.org/", ["n=v"], {}, False, rules.SCHEME, "spec"),
    (29, "https://[/", ["n=v"], {}, False, rules.SCHEME, "spec"),
    (30, SAFE, ["n=v; SameSite=None; Secure"], INSIDE, True, rules.STORED, "chromium"),
    (30, SAFE, ["n=v; SameSite=None; Secure; Partitioned"], INSIDE, True, rules.PARTITIONED, "chromium"),
    (30, SAFE, ["n=v; SameSite=None; Secure"], FORM, True, rules.STORED, "chromium"),
]

# number, url of the setting page, line, url asked, circumstances, Cookie header, rule, engine
SENDING = [
    (2, SAFE, "n = %41\xe9 ; Path=/", SAFE, {}, "n=%41\xe9", rules.SENT, "spec"),
    (2, SAFE, "n=\xe9", SAFE, {}, "n=\xef\xbf\xbd", rules.SENT, "firefox"),
    (2, SAFE, "n=\xc3\xa9", SAFE, {}, "n=\xc3\xa9", rules.SENT, "firefox"),
    (3, SAFE, "v", SAFE, {}, "v", rules.SENT, "spec"),
    (3, SAFE, "v", SAFE, {}, "v=", rules.SENT, "firefox"),
    (3, SAFE, "v=", SAFE, {}, "v=", rules.SENT, "spec"),
    (11, SAFE, "n=v", "https://a.www.example.org/docs/", {}, "", rules.OTHER_HOST, "spec"),
    (11, SAFE, "n=v; Domain=www.example.org", "https://a.www.example.org/docs/", {}, "n=v", rules.SENT, "spec"),
    (11, SAFE, "n=v; Domain=example.org", "https://shop.example.org/docs/", {}, "n=v", rules.SENT, "spec"),
    (13, SAFE, "n=v", "https://www.example.org/docs", {}, "n=v", rules.SENT, "spec"),
    (13, SAFE, "n=v", "https://www.example.org/docs/x/y?z", {}, "n=v", rules.SENT, "spec"),
    (13, SAFE, "n=v", "https://www.example.org/docsets", {}, "", rules.PATH_BORDER, "spec"),
    (13, SAFE, "n=v", "https://www.example.org/DOCS/", {}, "", rules.NOT_ON_PATH, "spec"),
    (13, SAFE, "n=v", "https://www.example.org/%64ocs/", {}, "", rules.NOT_ON_PATH, "spec"),
    (13, SAFE, "n=v; Path=/docs/", "https://www.example.org/docs", {}, "", rules.NOT_ON_PATH, "spec"),
    (14, SAFE, "n=v; Secure", PLAIN, {}, "", rules.SECURE_TO_INSECURE, "spec"),
    (14, LOCAL, "n=v; Secure", LOCAL, {}, "n=v", rules.SECURE_LOOPBACK, "spec"),
    (14, "https://localhost/", "n=v; Secure", LOCAL, {}, "", rules.SECURE_TO_INSECURE, "webkitgtk"),
    (16, SAFE, "n=v; HttpOnly", SAFE, SCRIPT, "", rules.HIDDEN_FROM_SCRIPT, "spec"),
    (16, SAFE, "n=v", SAFE, SCRIPT, "n=v", rules.SENT, "spec"),
    (17, SAFE, "n=v; SameSite=Strict", SAFE, {}, "n=v", rules.SENT, "spec"),
    (17, SAFE, "n=v; SameSite=Strict", SAFE, LINK, "", rules.STRICT_CROSS_SITE, "spec"),
    (17, SAFE, "n=v; SameSite=Lax", SAFE, LINK, "n=v", rules.SENT, "spec"),
    (17, SAFE, "n=v; SameSite=Lax", SAFE, FORM, "", rules.LAX_CROSS_SITE, "spec"),
    (17, SAFE, "n=v; SameSite=Lax", SAFE, INSIDE, "", rules.LAX_CROSS_SITE, "spec"),
    (17, SAFE, "n=v; SameSite=Lax", SAFE, LINK | SCRIPT, "", rules.LAX_CROSS_SITE, "spec"),
    (17, SAFE, "n=v; SameSite=None; Secure", SAFE, INSIDE, "n=v", rules.SENT, "spec"),
    (19, SAFE, "n=v", SAFE, LINK, "n=v", rules.SENT, "spec"),
    (19, SAFE, "n=v", SAFE, FORM, "n=v", rules.LAX_ALLOW_UNSAFE, "spec"),
    (19, SAFE, "n=v", SAFE, FORM, "n=v", rules.SENT, "firefox"),
    (19, SAFE, "n=v", SAFE, INSIDE, "", rules.DEFAULT_CROSS_SITE, "spec"),
    (23, SAFE, "n=v; Secure; Partitioned; SameSite=None", SAFE, INSIDE, "", rules.OTHER_PARTITION, "spec"),
    (29, SAFE, "n=v", "http://www.example.org:81/docs/", {}, "n=v", rules.SENT, "spec"),
    (29, SAFE, "n=v", "about:blank", {}, "", rules.SCHEME, "spec"),
    (30, SAFE, "n=v; Secure; SameSite=None", SAFE, INSIDE, "n=v", rules.SENT, "chromium"),
    (30, SAFE, "n=v; Secure; SameSite=None", SAFE, INSIDE, "", rules.THIRD_PARTY, "firefox"),
]


def last_verdict(url, lines, circumstances, engine):
    """Receive `lines` one after the other, the last under `circumstances`, and return its verdict."""
    agent = UserAgent(engine)
    for line in lines[:-1]:
        agent.receive(url, line, now=NOW)
    return agent.receive(url, lines[-1], now=NOW, **circumstances)


@pytest.mark.parametrize(("number", "url", "lines", "circumstances", "stored", "rule", "engine"), SETTING)
def test_setting(number, url, lines, circumstances, stored, rule, engine):
    """The last line is stored or not, and the verdict names the rule."""
    verdict = last_verdict(url, lines, circumstances, engine)
    assert verdict.stored is stored
    assert rule in [step.rule for step in verdict.steps]


@pytest.mark.parametrize(("number", "url", "line", "asked", "circumstances", "header", "rule", "engine"), SENDING)
def test_sending(number, url, line, asked, circumstances, header, rule, engine):
    """The cookie is sent or not, and the explanation names the rule."""
    agent = UserAgent(engine)
    assert agent.receive(url, line, now=NOW).stored
    (answer,) = agent.explain(asked, now=NOW, **circumstances)
    assert rule in [step.rule for step in answer.steps]
    assert agent.cookie_header(asked, now=NOW, **circumstances) == header
    assert answer.sent is bool(header)


@pytest.mark.parametrize(("url", "line"), [(LOCAL, "n=v"), ("https://localhost/", "n=v; Secure")])
def test_trust_in_the_own_machine_is_named_only_where_it_decides(url, line):
    """Neither a cookie without Secure nor one over https needs the exception for this machine (rule 14)."""
    agent = UserAgent()
    steps = [*agent.receive(url, line, now=NOW).steps, *agent.explain(url, now=NOW)[0].steps]
    assert rules.SECURE_LOOPBACK not in [step.rule for step in steps]


def test_every_rule_is_reached():
    """Each rule that can be named is named by a row, but for those that need two of them, and a test of their own."""
    reached = {row[-2].key for row in SETTING + SENDING}
    assert RULES.keys() - reached == {"overwrite-secure", "longer-path-first", "other-ancestor"}


def test_words_are_those_of_devtools():
    """A reason word is one that DevTools shows."""
    words = """SecureOnly SameSiteStrict SameSiteLax SameSiteUnspecifiedTreatedAsLax SameSiteNoneInsecure SyntaxError
        OverwriteSecure InvalidDomain InvalidPrefix NameValuePairExceedsMaxSize DisallowedCharacter NoCookieContent
        UserPreferences ThirdPartyPhaseout SchemeNotSupported NotOnPath DomainMismatch
        WarnSameSiteUnspecifiedLaxAllowUnsafe WarnAttributeValueExceedsMaxSize"""
    assert {rule.word for rule in RULES.values()} <= {"", *words.split()}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_names_its_source_and_says_a_sentence(rule):
    """A section, or the document that is not RFC 6265bis; a sentence that ends like one; a key of its own."""
    assert re.fullmatch(
        r"[567](\.[0-9]+)*( (attributes, )?steps? [0-9]+( to [0-9]+)?)?|CHIPS|layered-cookies [0-9.]+", rule.section
    )
    assert rule.sentence[0].isupper() or rule.sentence[0] in "“%"
    assert rule.sentence.endswith(".")
    assert RULES[rule.key] is rule
    assert [each.sentence for each in RULES.values()].count(rule.sentence) == 1


def test_every_sentence_takes_the_values_of_its_step():
    """Each step of the tables can be said as a sentence, with no place left open."""
    for _, url, lines, circumstances, _, _, engine in SETTING:
        for step in last_verdict(url, lines, circumstances, engine).steps:
            assert "%(" not in str(step)


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("n=v; Secure; Path=/login", "n=w; Path=/login", True),
        ("n=v; Secure; Path=/login", "n=w; Path=/login/en", True),
        ("n=v; Secure; Path=/login", "n=w; Path=/", False),
        ("n=v; Secure; Path=/login", "n=w; Path=/foo", False),
        ("n=v; Secure; Path=/login", "m=w; Path=/login", False),
        ("n=v; Path=/login", "n=w; Path=/login", False),
        ("n=v; Secure; Path=/; Domain=example.org", "n=w", True),
        ("n=v; Secure; Path=/", "n=w; Domain=example.org", True),
        ("n=v; Secure; Path=/", "n=; Path=/; Max-Age=0", True),
    ],
)
def test_leave_secure_cookies_alone(old, new, refused):
    """An insecure page can't overlay, nor delete, a Secure cookie of its name (rule 15)."""
    agent = UserAgent()
    assert agent.receive(SAFE, old, now=NOW).stored
    verdict = agent.receive(PLAIN, new, now=NOW)
    assert [step.rule for step in verdict.reasons] == ([rules.OVERWRITE_SECURE] if refused else [])


@pytest.mark.parametrize(
    ("engine", "seconds", "header"),
    [
        ("spec", 120, "n=v"),
        ("spec", 121, ""),
        ("chromium", 120, "n=v"),
        ("chromium", 121, ""),
        ("firefox", 86_400, "n=v"),
        ("webkitgtk", 86_400, "n=v"),
    ],
)
def test_a_young_cookie_goes_with_a_form_from_another_site(engine, seconds, header):
    """Without SameSite: for two minutes where the default is Lax, always where it is None (rule 19)."""
    agent = UserAgent(engine)
    agent.receive(SAFE, "n=v", now=NOW)
    assert agent.cookie_header(SAFE, now=NOW + timedelta(seconds=seconds), **FORM) == header


@pytest.mark.parametrize("engine", ENGINES)
def test_longer_paths_come_first_then_older_cookies(engine):
    """The order of the Cookie header; the same name twice is sent twice (rule 24)."""
    agent = UserAgent(engine)
    for seconds, line in enumerate(["a=1; Path=/", "a=2; Path=/docs", "b=3; Path=/", "c=4; Path=/docs/a"]):
        agent.receive(SAFE, line, now=NOW + timedelta(seconds=seconds))
    assert agent.cookie_header(SAFE, now=NOW + timedelta(minutes=1)) == "c=4; a=2; a=1; b=3"


@pytest.mark.parametrize(
    ("engine", "line", "header"),
    [
        ("spec", "a=9", "a=9; b=2"),
        ("firefox", "a=9", "a=9; b=2"),
        ("chromium", "a=9", "b=2; a=9"),
        ("chromium", "a=1", "a=1; b=2"),
    ],
)
def test_overwriting_keeps_the_creation_time(engine, line, header):
    """So it keeps the place in the header; in Chromium only while the value is the same (rule 25)."""
    agent = UserAgent(engine)
    for seconds, each in enumerate(["a=1", "b=2", line]):
        agent.receive(SAFE, each, now=NOW + timedelta(seconds=seconds))
    assert agent.cookie_header(SAFE, now=NOW + timedelta(minutes=1)) == header


@pytest.mark.parametrize(
    ("one", "other", "schemeful", "schemeless"),
    [
        ("https://shop.example.org/", "https://www.example.org:8443/", True, True),
        ("http://shop.example.org/", "https://www.example.org/", False, True),
        ("https://me.github.io/", "https://you.github.io/", False, False),
        ("http://localhost:8000/", "http://127.0.0.1:8000/", False, False),
        ("http://shop.localhost/", "http://tracker.localhost/", False, False),
        ("http://www.shop.localhost/", "http://shop.localhost/", True, True),
        ("https://www.example.org./", "https://www.example.org/", False, False),
        ("https://www.example.org./", "https://shop.example.org./", True, True),
        ("https://example.org/", "nonsense", False, False),
    ],
)
def test_same_site(one, other, schemeful, schemeless):
    """The site is the registrable domain, and in Chromium the scheme too (rule 18)."""
    assert UserAgent("chromium").is_same_site(one, other) is schemeful
    assert UserAgent("firefox").is_same_site(one, other) is schemeless


@pytest.mark.parametrize("engine", ENGINES)
def test_a_partitioned_cookie_stays_with_its_top_level_site(engine):
    """Set inside one page, it is sent inside pages of that site only (rule 23)."""
    agent = UserAgent(engine)
    line = "n=v; Secure; SameSite=None; Partitioned"
    assert agent.receive(SAFE, line, now=NOW, **INSIDE).cookie.partition == "https://page.example"
    elsewhere = INSIDE | {"top_level_site": "https://other.example/"}
    same = INSIDE | {"top_level_site": "https://www.page.example/x"}
    assert agent.cookie_header(SAFE, now=NOW, **same) == "n=v"
    assert agent.cookie_header(SAFE, now=NOW, **elsewhere) == ""
    assert agent.cookie_header(SAFE, now=NOW) == ""


@pytest.mark.parametrize("engine", ENGINES)
def test_another_site_in_between_makes_another_partition(engine):
    """A in B in A does not get what A got by itself, nor the other way round, and each is told why (CHIPS)."""
    line, own = "=v; Secure; SameSite=None; Partitioned; Path=/", {"top_level": False, "top_level_site": SAFE}
    between = own | {"cross_site": True}
    agent = UserAgent(engine)
    agent.receive(SAFE, f"own{line}", now=NOW)
    agent.receive(SAFE, f"between{line}", now=NOW, **between)
    assert agent.cookie_header(SAFE, now=NOW) == agent.cookie_header(SAFE, now=NOW, **own) == "own=v"
    assert agent.cookie_header(SAFE, now=NOW, **between) == "between=v"
    for circumstances in (own, between):
        reasons = [answer.reasons for answer in agent.explain(SAFE, now=NOW, **circumstances) if not answer.sent]
        assert [step.rule for (step,) in reasons] == [rules.OTHER_ANCESTOR]
    assert agent.receive(SAFE, f"own{line}; Max-Age=0", now=NOW, **between).outcome == "nothing-to-delete"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_longer_path_says_that_it_goes_first(engine):
    """Before which cookie a cookie goes for its path is told of those that are sent, and of no others."""
    agent = UserAgent(engine)
    for line in ["n=root; Path=/", "n=docs; Path=/docs", "m=docs; Path=/docs", "n=other; Path=/other"]:
        agent.receive(SAFE, line, now=NOW)
    told = {
        (answer.cookie.pair, str(step))
        for answer in agent.explain(SAFE, now=NOW)
        for step in answer.warnings
        if step.rule is rules.LONGER_PATH_FIRST
    }
    assert told == {("m=docs", "Longer paths go first: it goes before “n” of the path /.")}
    assert agent.cookie_header(SAFE, now=NOW) == "n=docs; m=docs; n=root"


def test_the_nearest_miss_is_told():
    """Of several cookies of the name the one that differs least is named, and none of another host."""
    agent = UserAgent()
    agent.receive("https://shop.example.org/", "n=v", now=NOW)
    assert agent.receive(SAFE, "n=; Max-Age=0", now=NOW).warnings == ()
    for line in ["n=v; Domain=example.org; Path=/x", "n=v; Path=/y"]:
        agent.receive(SAFE, line, now=NOW)
    verdict = agent.receive(SAFE, "n=; Max-Age=0", now=NOW)
    assert [(step.rule, step.values) for step in verdict.warnings] == [(rules.NEAR_PATH, {"path": "/y"})]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_visitor_may_block_third_parties(engine):
    """Then what is inside another site's page has none but partitioned cookies; a page of its own has all (rule 30)."""
    agent = UserAgent(engine, third_party="blocked")
    line = "=v; SameSite=None; Secure"
    assert agent.receive(SAFE, f"own{line}", now=NOW).stored
    refused = agent.receive(SAFE, f"plain{line}", now=NOW, **INSIDE)
    assert [step.rule for step in refused.reasons] == [rules.THIRD_PARTY]
    assert agent.receive(SAFE, f"apart{line}; Partitioned", now=NOW, **INSIDE).stored
    assert agent.cookie_header(SAFE, now=NOW, **INSIDE) == "apart=v"
    assert agent.cookie_header(SAFE, now=NOW, **LINK) == "own=v"


@pytest.mark.parametrize("around", ["about:blank", "https://256.1.1.1/", ""])
def test_a_page_without_a_site_has_a_partition_of_its_own(around):
    """What is embedded in a page that no URL of the web names is kept apart from every site, and nothing raises."""
    agent, inside = UserAgent(), INSIDE | {"top_level_site": around}
    verdict = agent.receive(SAFE, "n=v; SameSite=None; Secure; Partitioned; Path=/", now=NOW, **inside)
    assert verdict.cookie.partition == "null"
    assert agent.cookie_header(SAFE, now=NOW, **inside) == "n=v"
    assert agent.cookie_header(SAFE, now=NOW) == agent.cookie_header(SAFE, now=NOW, **INSIDE) == ""
