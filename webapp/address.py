"""The address that the visitor is at: without a port in CRUMB_URL, localhost has the one that each request came to."""

from ipaddress import IPv6Network, ip_address
from urllib.parse import urlsplit

from flask import current_app, request

from webapp.useragent.urls import Location, locate

THERE = "/there.svg"  # at the host of each of the lab's other parties, a picture that any page may show: it is there


def site_url() -> str:
    """Return the site's own origin, such as `http://localhost:8000`."""
    return here(current_app.config["URL"])


def location() -> Location:
    """Return the origin that the request came to, as its cookies see it."""
    # Not `request.base_url`: it raises for names that only UTS 46 can read.
    return locate(f"{request.scheme}://{request.host}") or Location(request.scheme, request.host, "/")


def here(url: str) -> str:
    """Return an address of this process, with the port that the request came to where CRUMB_URL leaves it open.

    A path stays a path.
    """
    site, parts = urlsplit(current_app.config["URL"]), urlsplit(url)
    if site.hostname != "localhost" or site.port or parts.port or not parts.netloc:
        return url
    try:
        # Not `request.host`: it raises for an unknown host, which is about to be told where the site is.
        port = urlsplit(f"//{request.headers.get('Host', '')}").port
    except ValueError:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{port}").geturl() if port else url


def network(address: str) -> str:
    """Return what stands for everybody behind an address: of IPv6 its /64, in which one browser may have any address.

    RFC 6177 section 2: a site has a /64 at least.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address  # what a server on a Unix socket says
    if found.version == 4 or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", found))
    return str(IPv6Network((int(found), 64), strict=False))
