"""How the browsers differ: one table of knobs. Everything else in this package is the same for all of them.

The defaults are RFC 6265bis. What a browser does otherwise was measured (Chromium 156, Firefox 153, WebKitGTK 2.50)
unless a comment names another source.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from .dates import parse_chromium_date, parse_cookie_date, parse_firefox_date

ThirdParty = Literal["allowed", "blocked", "partitioned"]


@dataclass(frozen=True, slots=True)
class Engine:
    """The choices of one user agent, wherever two user agents are known to choose differently."""

    name: str
    title: str = ""  # what people call it

    # Reading the line (5.6)
    nameless: bool = True  # "foo" is a value without a name; otherwise a name without a value, and "=bar" is dropped
    ambiguous_nameless: bool = True  # "=a=b", which would go back as "a=b" and be read as another cookie, is taken
    tab_inside: bool = True  # a TAB may stand inside a name or a value, of the cookie or an attribute
    tab_in_path: bool = True  # a TAB may stand inside the path, at least
    flags_of_any_size: bool = False  # Secure counts with any text behind it; otherwise with 1024 octets at most
    utf8_values: bool = False  # octets of a value that are no UTF-8 become U+FFFD
    last_counts: bool = False  # the last Max-Age (or Expires) counts even if it can't be read; not the last that can
    max_age: str = "-?[0-9]+"  # what a Max-Age looks like
    parse_date: Callable[[str], datetime | None] = parse_cookie_date
    lone_dot: bool = True  # "Domain=." is an empty Domain; otherwise one that fits no host
    age_limit: timedelta | None = timedelta(days=400)  # 5.5; None: no limit

    # Whether to store it (5.7)
    trusts_loopback: bool = True  # http://localhost, *.localhost, 127.x.x.x and [::1] count as secure
    localhost_as_domain: bool = True  # "Domain=localhost" is taken from http://localhost
    own_address_is_host_only: bool = False  # "Domain=127.0.0.1" from 127.0.0.1 means: no Domain
    default_path_limit: int | None = None  # octets; a longer path that nobody wrote drops the cookie
    host_prefix_reads_domain: bool = False  # __Host- asks that no Domain was written, not that it had no effect
    host_prefix_reads_path: bool = True  # __Host- asks that a Path was written, not only that it came out as /
    host_prefix_compares_path: bool = False  # __Host- asks that the Path was written as /
    none_needs_secure: bool = True  # SameSite=None is refused without Secure
    new_value_is_new: bool = False  # another value for the same cookie starts its creation time again

    # Same site or cross-site (5.2, 5.6.7)
    schemeful: bool = True  # http://example.org and https://example.org are two sites
    lax_by_default: bool = True  # no SameSite means Lax; otherwise None
    lax_allow_unsafe: timedelta = timedelta(minutes=2)  # such a cookie goes with a cross-site POST until it is older
    third_party: ThirdParty = (
        "allowed"  # cookies without Partitioned, that is; where "allowed", visitors may block them
    )

    # How many fit (6.1)
    counts_sites: bool = False  # these limits are for a whole site, each partition of it apart; otherwise for a domain
    domain_limit: int = 50  # above it ...
    domain_keep: int = 50  # ... cookies go until so many are left
    evicts: Literal["plain first", "one kind", "priorities"] = "plain first"  # store.py tells them apart
    partition_limit: int = 50
    partition_keep: int = 50
    partition_bytes: int | None = None  # names and values of a partition; None: no limit
    partition_keep_bytes: int = 0
    used_every: timedelta = timedelta(0)  # being sent counts as a use if the last one is so long ago
    total_limit: int = 3000  # above it ...
    total_keep: int = 3000  # ... cookies go until so many are left
    total_spares: timedelta = timedelta(0)  # but none that was used within this time
    total_plain_first: bool = False  # those without Secure go first
    total_has_partitions: bool = True  # partitioned cookies count among them, and may go


SPEC = Engine("spec", "RFC 6265bis")

CHROMIUM = replace(
    SPEC,
    name="chromium",
    title="Chromium",
    ambiguous_nameless=False,  # since 148: blink-dev, 4 June 2026, "Reject cookies with empty name and ambiguous ..."
    tab_inside=False,
    last_counts=True,
    max_age="[+-]?[0-9]+",
    parse_date=parse_chromium_date,
    lone_dot=False,
    own_address_is_host_only=True,
    host_prefix_reads_domain=True,
    host_prefix_compares_path=True,
    new_value_is_new=True,
    counts_sites=True,
    domain_limit=180,
    domain_keep=150,
    evicts="priorities",
    partition_limit=180,
    partition_keep=180,
    partition_bytes=10_240,
    partition_keep_bytes=10_240,
    used_every=timedelta(minutes=1),
    total_limit=3300,  # like the rest of the limit in all not measured: net/cookies/cookie_monster.cc
    total_spares=timedelta(days=30),
    total_plain_first=True,
    total_has_partitions=False,
)

FIREFOX = replace(
    SPEC,
    name="firefox",
    title="Firefox",
    nameless=False,
    tab_in_path=False,
    flags_of_any_size=True,
    utf8_values=True,
    last_counts=True,
    max_age="-.*|[0-9]+",
    parse_date=parse_firefox_date,
    lone_dot=False,
    own_address_is_host_only=True,
    default_path_limit=1024,
    host_prefix_reads_path=False,
    schemeful=False,
    lax_by_default=False,
    third_party="partitioned",
    counts_sites=True,
    domain_limit=180,
    domain_keep=150,
    evicts="one kind",
    partition_limit=180,
    partition_keep=150,
    partition_bytes=12_288,
    partition_keep_bytes=10_240,
    used_every=timedelta(minutes=1),
    total_limit=3300,  # like the rest of the limit in all not measured: netwerk/cookie/CookieStorage.cpp
    total_spares=timedelta(days=30),
)

WEBKIT = replace(
    SPEC,
    name="webkit",
    title="WebKit",
    age_limit=None,
    trusts_loopback=False,
    localhost_as_domain=False,
    none_needs_secure=False,
    schemeful=False,
    lax_by_default=False,
    third_party="blocked",  # not measured: webkit.org/blog/10218, "Full Third-Party Cookie Blocking"
)

ENGINES = {engine.name: engine for engine in (SPEC, CHROMIUM, FIREFOX, WEBKIT)}
