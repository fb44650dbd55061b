"""How the browsers differ: one table of knobs. Everything else in this package is the same for all of them.

The defaults are RFC 6265bis. What a browser does otherwise was measured (Chromium 156, Firefox 153, WebKitGTK 2.50)
unless a comment names another source.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Engine:
    """The choices of one user agent, wherever two user agents are known to choose differently."""

    name: str

    # Reading the line (5.6)
    nameless: bool = True  # "foo" is a value without a name; otherwise a name without a value, and "=bar" is dropped
    ambiguous_nameless: bool = True  # "=a=b", which would go back as "a=b" and be read as another cookie, is taken
    tab_inside: bool = True  # a TAB may stand inside a name or a value
    year_digits: int = 4  # the longest year in an Expires date
    age_limit: timedelta | None = timedelta(days=400)  # 5.5; None: no limit

    # Whether to store it (5.7)
    trusts_loopback: bool = True  # http://localhost, *.localhost, 127.x.x.x and [::1] count as secure
    localhost_as_domain: bool = True  # "Domain=localhost" is taken from http://localhost
    own_address_is_host_only: bool = False  # "Domain=127.0.0.1" from 127.0.0.1 means: no Domain
    host_prefix_reads_domain: bool = False  # __Host- asks that no Domain was written, not that it had no effect
    host_prefix_reads_path: bool = True  # __Host- asks that Path=/ was written, not that the path came out as /
    none_needs_secure: bool = True  # SameSite=None is refused without Secure
    new_value_is_new: bool = False  # another value for the same cookie starts its creation time again

    # Same site or cross-site (5.2, 5.6.7)
    schemeful: bool = True  # http://example.org and https://example.org are two sites
    lax_by_default: bool = True  # no SameSite means Lax; otherwise None
    lax_allow_unsafe: timedelta = timedelta(minutes=2)  # younger than this, such a cookie goes with a cross-site POST
    third_party: Literal["allowed", "blocked", "partitioned"] = "allowed"  # cookies without Partitioned, that is

    # How many fit (6.1)
    domain_limit: int = 50  # above it ...
    domain_keep: int = 50  # ... cookies of that domain go until so many are left
    total_limit: int = 3000


SPEC = Engine("spec")

CHROMIUM = replace(
    SPEC,
    name="chromium",
    ambiguous_nameless=False,  # since 148: blink-dev, 4 June 2026, "Reject cookies with empty name and ambiguous ..."
    tab_inside=False,
    year_digits=5,
    own_address_is_host_only=True,
    host_prefix_reads_domain=True,
    new_value_is_new=True,
    third_party="blocked",  # the measured build; with cookie_controls_mode=0 it is "allowed"
    domain_limit=180,
    domain_keep=150,
)

FIREFOX = replace(
    SPEC,
    name="firefox",
    nameless=False,
    host_prefix_reads_path=False,
    schemeful=False,
    lax_by_default=False,
    third_party="partitioned",
    domain_limit=180,
    domain_keep=150,
)

WEBKIT = replace(
    SPEC,
    name="webkit",
    age_limit=None,
    trusts_loopback=False,
    localhost_as_domain=False,
    none_needs_secure=False,
    schemeful=False,
    lax_by_default=False,
    third_party="blocked",  # not measured: webkit.org/blog/10218, "Full Third-Party Cookie Blocking"
)

ENGINES = {engine.name: engine for engine in (SPEC, CHROMIUM, FIREFOX, WEBKIT)}
