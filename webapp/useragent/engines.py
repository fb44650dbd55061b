"""How the browsers differ: one table of knobs. Everything else in this package is the same for all of them.

The defaults are RFC 6265bis. What a browser does otherwise was measured unless a comment names another source; where
each engine comes from, and what is claimed of it, stands in facts.toml.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from .dates import (
    parse_any_date,
    parse_chromium_date,
    parse_cookie_date,
    parse_firefox_date,
    parse_usual_date,
    unread_in_safari,
)
from .facts import Source, source

ThirdParty = Literal["allowed", "blocked", "partitioned"]


@dataclass(frozen=True, slots=True)
class Engine:
    """The choices of one user agent, wherever two user agents are known to choose differently."""

    name: str
    title: str = ""  # what people call it
    for_its_own: bool = False  # shown to visitors who use it, and to no others
    finds_localhost: bool = True  # names below localhost lead to this machine, whatever the system says
    unknown: tuple[tuple[str, Any], ...] = ()  # knobs of which nobody knows how they stand, each with another value

    # Reading the line (5.6)
    names_needed: bool = False  # what has no name is no cookie
    nameless: bool = True  # "foo" is a value without a name; otherwise a name without a value, and "=bar" is dropped
    ambiguous_nameless: bool = True  # "=a=b", which would go back as "a=b" and be read as another cookie, is taken
    tab_inside: bool = True  # a TAB may stand inside a name or a value, of the cookie or an attribute
    tab_in_path: bool = True  # a TAB may stand inside the path, at least
    flags_of_any_size: bool = False  # Secure counts with any text behind it; otherwise with 1024 octets at most
    attribute_limit: int | None = 1024  # octets; an attribute with a longer value is ignored
    quotes_hold_semicolons: bool = False  # "a="b;c"" is one value
    comma_takes_space: bool = False  # white space behind a comma goes
    ascii_values: bool = False  # a value ends before its first octet outside of ASCII
    utf8_values: bool = False  # octets of a value that are no UTF-8 become U+FFFD
    last_counts: bool = False  # the last Max-Age (or Expires) counts even if it can't be read; not the last that can
    max_age: str = "-?[0-9]+"  # what a Max-Age looks like
    parse_date: Callable[[str], datetime | None] = parse_cookie_date
    lone_dot: bool = True  # "Domain=." is an empty Domain; otherwise one that fits no host
    age_limit: timedelta | None = timedelta(days=400)  # 5.5; None: no limit
    script_age_limit: timedelta | None = None  # of what a script sets

    # Whether to store it (5.7)
    trusts_loopback: bool = True  # http://localhost, *.localhost, 127.x.x.x and [::1] count as secure
    localhost_as_domain: bool = True  # "Domain=localhost" is taken from http://localhost
    own_address_is_host_only: bool = False  # "Domain=127.0.0.1" from 127.0.0.1 means: no Domain
    default_path_limit: int | None = None  # octets; a longer path that nobody wrote drops the cookie
    prefixes_as_written: bool = False  # a name prefix in other letters is none
    http_prefixes: bool = True  # __Http- and __Host-Http- mean something
    host_prefix_reads_domain: bool = False  # __Host- asks that no Domain was written, not that it had no effect
    host_prefix_reads_path: bool = True  # __Host- asks that a Path was written, not only that it came out as /
    host_prefix_compares_path: bool = False  # __Host- asks that the Path was written as /
    none_needs_secure: bool = True  # SameSite=None is refused without Secure
    guards_secure: bool = True  # an insecure page can't cover a Secure cookie
    new_value_is_new: bool = False  # another value for the same cookie starts its creation time again
    ordered_by_name: bool = False  # of equally long paths the name decides which goes first, not the age
    clears_insecure: bool = False  # Clear-Site-Data counts over plain http, too

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

    @property
    def source(self) -> Source:
        """Where all that is said of it comes from."""
        return source(self.name)


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

WEBKITGTK = replace(
    SPEC,
    name="webkitgtk",
    title="WebKitGTK",
    for_its_own=True,
    age_limit=None,
    trusts_loopback=False,
    localhost_as_domain=False,
    none_needs_secure=False,
    schemeful=False,
    lax_by_default=False,
    third_party="blocked",  # not measured: webkit.org/blog/10218, "Full Third-Party Cookie Blocking"
    unknown=(("domain_limit", 400), ("clears_insecure", True)),
)

# Nobody here has run one: each departure from the standard is a fact of facts.toml, and so is none that is unknown.
SAFARI = replace(
    SPEC,
    name="safari",
    title="Safari",
    finds_localhost=False,
    names_needed=True,
    attribute_limit=None,
    quotes_hold_semicolons=True,
    comma_takes_space=True,
    parse_date=unread_in_safari(parse_cookie_date),
    script_age_limit=timedelta(days=7),
    trusts_loopback=False,
    prefixes_as_written=True,
    http_prefixes=False,
    host_prefix_reads_path=False,
    none_needs_secure=False,
    schemeful=False,
    lax_by_default=False,
    third_party="blocked",
    counts_sites=True,
    partition_limit=180,
    partition_keep=135,  # of 200, 154 stayed: three quarters of 181, and 19 more
    unknown=(
        ("domain_limit", 400),
        ("tab_in_path", False),
        ("ascii_values", True),
        ("utf8_values", True),
        ("last_counts", True),
        ("max_age", "[+-]?[0-9]+"),
        ("parse_date", parse_usual_date),
        ("parse_date", unread_in_safari(parse_any_date)),
        ("lone_dot", False),
        ("age_limit", None),
        ("own_address_is_host_only", True),
        ("host_prefix_reads_domain", True),
        ("new_value_is_new", True),
        ("ordered_by_name", True),
        ("guards_secure", False),
        ("clears_insecure", True),
    ),
)

ENGINES = {engine.name: engine for engine in (SPEC, CHROMIUM, FIREFOX, SAFARI, WEBKITGTK)}


def readings(engine: str) -> Iterator[Engine]:
    """Yield an engine, and it once more for each thing that nobody knows of it, turned the other way.

    What is not the same in all of them is not known.
    """
    known = ENGINES[engine]
    yield known
    for knob, value in known.unknown:
        yield replace(known, **{knob: value})


def engine_of(user_agent: str) -> str:
    """Return the name in `ENGINES` that a User-Agent line speaks of, "spec" for none.

    All browsers of iPhone and iPad keep cookies as Safari does; elsewhere than on Apple's systems WebKit has others.
    """
    if "Firefox/" in user_agent:
        return "firefox"
    if "Chrome/" in user_agent:
        return "chromium"
    if "AppleWebKit/" not in user_agent:
        return "spec"
    return "safari" if re.search("Mac|iPhone|iPad|iPod", user_agent) else "webkitgtk"
