"""Hosts, sites and paths: who a URL is, for a cookie (RFC 6265bis, 5.1.2 to 5.1.4 and 5.2)."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    # The list ships inside the package, so nothing is fetched. Unknown endings ("localhost") count as public suffixes.
    return PublicSuffixList()


_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


@dataclass(frozen=True)
class Location:
    """What a cookie sees of a URL: scheme ("http" or "https"), canonical host, path. The port is nothing to it."""

    scheme: str
    host: str
    path: str

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
        address = _address(self.host)
        return address.is_loopback if address else f".{self.host}".endswith(".localhost")

    @cached_property
    def default_path(self) -> str:
        """The directory of the path: what a cookie gets that names no Path (5.1.4)."""
        return self.path[: self.path.rindex("/")] or "/"


@lru_cache(maxsize=1024)
def locate(url: str) -> Location | None:
    """Return where `url` points, or None where no cookie can live: another scheme, no host, not a URL."""
    try:
        parts = urlsplit(url)
        host = canonical_host(parts.hostname or "")
    except ValueError:
        return None
    if not host or parts.scheme not in _SCHEMES:
        return None
    path = parts.path if parts.path.startswith("/") else "/"
    return Location(_SCHEMES[parts.scheme], host, path)


def canonical_host(host: str) -> str:
    """Return `host` in lower case, each label as an A-label, an IPv6 address in brackets (5.1.2).

    Raises ValueError where it can't be done.
    """
    if ":" in host:
        return f"[{ip_address(host)}]"
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


@lru_cache(maxsize=1024)
def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_address(host: str) -> bool:
    """Whether `host` is an IP address."""
    return _address(host) is not None


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
    return host if is_address(host) else _suffixes().privatesuffix(host) or host


def domain_match(host: str, domain: str) -> bool:
    """Whether `host` is `domain` or lies below it; an address matches only itself (5.1.3)."""
    return host == domain or (host.endswith(f".{domain}") and not is_address(host))


def path_match(request_path: str, cookie_path: str) -> bool:
    """Whether `cookie_path` covers `request_path`, on the borders of `/` (5.1.4)."""
    if not request_path.startswith(cookie_path):
        return False
    return len(request_path) == len(cookie_path) or cookie_path.endswith("/") or request_path[len(cookie_path)] == "/"
