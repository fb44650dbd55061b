"""Names and pairs as header lines have them (RFC 6265bis sections 4.1.1 and 4.2.1)."""

import re

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # a cookie's name, RFC 9110 section 5.6.2
MOST = 200  # cookies that are read: Chromium keeps at most 180 for a site, Firefox fewer; more were made up
LARGEST = 4096  # octets of name and value together, RFC 6265bis section 5.6
_PREFIX = re.compile("__(Host-Http|Host|Http|Secure)-", re.I)  # RFC 6265bis section 4.1.3; Http: layered-cookies


def parse(header: str) -> list[tuple[str, str]]:
    """Return the (name, value) pairs of a Cookie header in order, untouched, at most MOST (RFC 6265bis 4.2.1)."""
    pairs = []
    for part in header.split(";", MOST)[:MOST]:
        name, equals, value = part.strip(" \t").partition("=")
        if equals or name:
            pairs.append((name.strip(" \t"), value.strip(" \t")) if equals else ("", name))
    return pairs


def pair(name: str, value: str) -> str:
    """Return a pair as a Cookie header has it; a value without a name stands alone, unless it would read as a pair."""
    return f"{name}={value}" if name or "=" in value else value


def bare(name: str) -> str:
    """Return a name on the wire without its name prefix."""
    return _PREFIX.sub("", name, 1) if name.startswith("__") else name
