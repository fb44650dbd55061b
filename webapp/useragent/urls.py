"""Hosts, sites and paths: who a URL is, for a cookie (RFC 6265bis, 5.1.2 to 5.1.4 and 5.2).

URLs are read as the URL Standard says (url.spec.whatwg.org); comments name its algorithms.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from ipaddress import IPv6Address
from unicodedata import bidirectional
from urllib.parse import quote, unquote_to_bytes

import idna
from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    # The list ships inside the package, so nothing is fetched. Unknown endings ("localhost") count as public suffixes.
    return PublicSuffixList()


_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
_PORTS = {"http": 80, "https": 443}
_AROUND = "".join(map(chr, range(0x21)))  # what is dropped before and behind a URL
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[/\\]*+([^/\\?#]*+)([^?#]*)")
_AUTHORITY = re.compile(r"(?:.*@)?+(\[[^\]]*\]|[^:\[]*)(?::([0-9]*))?")
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7F]")  # forbidden domain code points
_PLAIN = "/!$%&'()*+,:;=@[]|"  # what a path keeps as it is, beside letters, digits and -._~
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_IPV4 = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")


@dataclass(frozen=True)
class Location:
    """What a cookie sees of a URL: scheme ("http" or "https"), canonical host, path. The port is nothing to it.

    `port` is None where it is the scheme's own.
    """

    scheme: str
    host: str
    path: str
    port: int | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port, such as "http://localhost:8000"."""
        return f"{self.scheme}://{self.host}" + ("" if self.port is None else f":{self.port}")

    @cached_property
    def registrable(self) -> str:
        """The host's public suffix and one label more; the host itself for an address or a bare suffix."""
        return registrable_domain(self.host)

    @cached_property
    def site(self) -> str:
        """The schemeful site, such as "https://example.org"."""
        return f"{self.scheme}://{self.registrable}"

    @cached_property
    def is_loopback(self) -> bool:
        """Whether the host is this very machine: localhost, *.localhost, 127.x.x.x or [::1]."""
        # Not ipaddress: since Python 3.13 it takes [::ffff:127.0.0.1] for this machine, which browsers do not.
        if is_address(self.host):
            return self.host == "[::1]" or self.host.startswith("127.")
        return f".{self.host.removesuffix('.')}".endswith(".localhost")

    @cached_property
    def default_path(self) -> str:
        """The directory of the path: what a cookie gets that names no Path (5.1.4)."""
        return self.path[: self.path.rindex("/")] or "/"


@lru_cache(maxsize=1024)
def locate(url: str) -> Location | None:
    """Return where `url` points, or None where no cookie can live: another scheme, no host, not a URL."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", re.sub(r"[\t\n\r]", "", url.strip(_AROUND)))
    parts = _URL.match(text)
    scheme = _SCHEMES.get(parts[1].lower()) if parts else None
    authority = _AUTHORITY.fullmatch(parts[2]) if parts else None
    if parts is None or scheme is None or authority is None:
        return None
    try:
        port, host = int(authority[2] or _PORTS[scheme]), _host(authority[1])
    except ValueError:
        return None
    if port > 0xFFFF:
        return None
    return Location(scheme, host, _path(parts[3]), None if port == _PORTS[scheme] else port)


def _host(text: str) -> str:
    """Return a host in its one form (host parser); ValueError for what is none."""
    if text.startswith("["):
        return f"[{_ipv6(text[1:-1])}]"
    host = _to_ascii(unquote_to_bytes(text).decode("utf-8", "replace"))
    if not host or _FORBIDDEN.search(host):
        raise ValueError(f"{text!r} is no host")
    labels = host.removesuffix(".").split(".")
    # A host whose last label is a number is an address, or none (ends-in-a-number checker).
    return _ipv4(labels) if _NUMBER.fullmatch(labels[-1]) else host


def _to_ascii(domain: str) -> str:
    """Return a domain in lower case, each label as an A-label (domain to ASCII, UTS 46).

    IDNA 2008, which `idna.encode` asks for as well, refuses much that browsers take, such as emoji.
    """
    if domain.isascii() and "xn--" not in domain.lower():
        return domain.lower()
    labels = [_to_unicode(label) for label in idna.uts46_remap(domain, std3_rules=False).split(".")]
    right_to_left = any(bidirectional(letter) in ("R", "AL", "AN") for label in labels for letter in label)
    for label in filter(None, labels):
        joiners = [place for place, letter in enumerate(label) if letter in "\u200c\u200d"]
        if not all(idna.valid_contextj(label, place) for place in joiners):
            raise ValueError(f"{label!r} has a joiner out of place")
        idna.check_initial_combiner(label)
        if right_to_left:
            idna.check_bidi(label, check_ltr=True)
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)


def _to_unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    text = label[4:].encode("ascii").decode("punycode")
    if text.isascii() or idna.uts46_remap(text, std3_rules=False) != text:
        raise ValueError(f"{label!r} is no A-label")
    return text


def _ipv4(parts: list[str]) -> str:
    """Return the address that up to four numbers mean, of which the last fills the rest (IPv4 parser)."""
    *first, last = [_number(part) for part in parts]
    if len(first) > 3 or any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise ValueError(f"{parts} is no address")
    return ".".join(map(str, (*first, *last.to_bytes(4 - len(first)))))


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):  # int() would take "1_0" and "+1"
        raise ValueError(f"{text!r} is no number")
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _ipv6(text: str) -> str:
    """Return the address in its one form: the first of the longest runs of zeros is "::" (IPv6 serializer)."""
    if "%" in text:
        raise ValueError("a zone has no place in a URL")
    # str() writes what lies in ::ffff:0:0/96 in one way up to Python 3.12, in another since.
    pieces = re.sub(r"\b0+(?=[0-9a-f])", "", IPv6Address(text).packed.hex(":", 2))
    zeros = max(re.finditer(r"\b0(:0)+\b", pieces), key=lambda run: len(run[0]), default=None)
    if zeros is None:
        return pieces
    return f"{pieces[: zeros.start()].rstrip(':')}::{pieces[zeros.end() :].lstrip(':')}"


def _path(text: str) -> str:
    """Return a path with its dots worked off, and in percent-encoding what has to be (path state)."""
    kept: list[str] = []
    segments = re.split(r"[/\\]", text[1:])
    for segment in segments:
        dots = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        if dots == "..":
            kept[-1:] = []
        elif dots != ".":
            kept.append(segment)
    if dots in (".", ".."):
        kept.append("")
    return quote("/" + "/".join(kept), safe=_PLAIN)


def in_addresses(path: str) -> bool:
    """Whether the path of a URL can be `path`, or begin with it: what is not in its one form is in none."""
    return _path(path) == path


def is_address(host: str) -> bool:
    """Whether `host` is an IP address."""
    return ":" in host or _IPV4.fullmatch(host) is not None


@lru_cache(maxsize=1024)
def is_public_suffix(domain: str) -> bool:
    """Whether people who don't know each other register names under `domain`: "com", "co.uk", "github.io"."""
    if not domain or is_address(domain):
        return False
    bare = domain.removesuffix(".")
    return _suffixes().publicsuffix(bare) == bare


@lru_cache(maxsize=1024)
def registrable_domain(host: str) -> str:
    """Return the public suffix of `host` and one label more, or `host` itself where there is no such thing."""
    bare = host.removesuffix(".")
    # No list has it, and reading one takes a tenth of a start.
    if f".{bare}".endswith(".localhost") and ".." not in f".{bare}":
        return ".".join(host.split(".")[-2 - host.endswith(".") :])
    registrable = None if is_address(host) or bare.endswith(".") else _suffixes().privatesuffix(bare)
    return registrable + host[len(bare) :] if registrable else host


def domain_match(host: str, domain: str) -> bool:
    """Whether `host` is `domain` or lies below it; an address matches only itself (5.1.3)."""
    return host == domain or (host.endswith(f".{domain}") and not is_address(host))


def path_match(request_path: str, cookie_path: str) -> bool:
    """Whether `cookie_path` covers `request_path`, on the borders of `/` (5.1.4)."""
    if not request_path.startswith(cookie_path):
        return False
    return len(request_path) == len(cookie_path) or cookie_path.endswith("/") or request_path[len(cookie_path)] == "/"
