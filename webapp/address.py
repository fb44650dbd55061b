"""The address that the visitor is at: the site under the name that the request came to, and the other parties there."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import SecurityError

from webapp.house import house
from webapp.useragent import ENGINES, UserAgent, engine_of, is_secure
from webapp.useragent.urls import Location, locate

THERE = "/there.svg"  # at the host of each of the lab's other parties, a picture that any page may show: it is there
ROLES = ("attacker", "tracker", "social", "shop", "forum", "crowd", "guest")


@dataclass(frozen=True)
class Neighbourhood:
    """The site under one of its names, and the host of each of the lab's other parties beside it, by its role.

    One that `moves` is at whatever port a request came to: a relay or a forwarded port may be at another than ours.
    """

    site: Location
    hosts: Mapping[str, str] = field(default_factory=dict)
    moves: bool = False

    def origin(self, host: str) -> str:
        """Return the origin of one of its hosts, as this request can reach it."""
        port = _port() if self.moves else None
        return locate(f"{self.site.scheme}://{host}:{port}").origin if port else _beside(self.site, host).origin


class Neighbourhoods(tuple[Neighbourhood, ...]):
    """All that are settled, that of CRUMB_URL first; each other trusted host is one by itself, with no parties."""


def init_app(app: Flask) -> None:
    """Settle the host of each party: browsers take 127.0.0.1 and each name under localhost for sites of their own.

    SystemExit with a sentence where two that have to be two sites are one.
    """
    site, named, local = locate(app.config["URL"]), app.config["LAB_HOSTS"], dict(app.config["LOCAL_NAMES"])
    is_local = site.host == "localhost"
    if is_local:
        below = {role: f"{role}.localhost" for role in ROLES if role != "guest"}
        named = {**below, "attacker": "127.0.0.1", **named}
        named.setdefault("guest", f"guest.{named['shop']}")
    found = [_settle("LAB_HOSTS", site, named, is_local)]
    if local:
        own = locate(f"http://{local.pop('crumb', '')}")
        if site.scheme != "http" or own is None:
            raise SystemExit('CRUMB_LOCAL_NAMES is for plain http, and names the site too: {"crumb": "crumb.local"}')
        found.append(_settle("LOCAL_NAMES", own, local, moves=True))
        app.config["TRUSTED_HOSTS"].append(own.host)
    hosts = [host for each in found for host in (each.site.host, *each.hosts.values())]
    if len(set(hosts)) < len(hosts):
        raise SystemExit("CRUMB_URL, CRUMB_LAB_HOSTS and CRUMB_LOCAL_NAMES have to name each host once")
    if (url := app.config["CLASS_URL"]) and any(locate(url).host in each.hosts.values() for each in found):
        raise SystemExit(f"CRUMB_CLASS_URL is where the site is, and {url} is another party's")
    house(app).keep(Neighbourhoods(found))


def _settle(setting: str, site: Location, named: Mapping[str, str], moves: bool) -> Neighbourhood:
    places = {role: _beside(site, host) for role, host in named.items()}
    # Of one site, the crowd would push out the site's own cookies, and no request would be a cross-site one.
    apart = all(place and not UserAgent().is_same_site(site.origin, place.origin) for place in places.values())
    # The guest is the shop's sister: what it sets with that Domain reaches the shop, and no host of another party.
    sisters = [places[role].host if places.get(role) else "" for role in ("guest", "shop")]
    if not set(named) <= set(ROLES) or not apart or ("guest" in places and not sisters[0].endswith(f".{sisters[1]}")):
        raise SystemExit(
            f"CRUMB_{setting} is a JSON object of {', '.join(ROLES)}, each with a host name of another site than "
            f"{site.host}, and the guest's below the shop's"
        )
    return Neighbourhood(site, {role: place.host for role, place in places.items()}, moves)


def _beside(site: Location, host: str) -> Location | None:
    return locate(f"{site.scheme}://{host}" + ("" if site.port is None else f":{site.port}"))


def hosts_of(app: Flask, role: str) -> Iterator[str]:
    """Yield the hosts under which a role is played."""
    return (each.hosts[role] for each in house(app).kept(Neighbourhoods) if role in each.hosts)


def site_url() -> str:
    """Return the origin of the site where this visitor is, such as `http://localhost:8000`.

    For a request to another party it is that of the site beside it, for one to a host that is not ours CRUMB_URL.
    """
    near = _neighbourhood()
    return near.origin(near.site.host)


def parties() -> dict[str, str]:
    """Return the origin of each role that has a host where this visitor is."""
    near = _neighbourhood()
    return {role: near.origin(host) for role, host in near.hosts.items()}


def location() -> Location:
    """Return the origin that the request came to, as its cookies see it."""
    # Not `request.base_url`: it raises for names that only UTS 46 can read.
    return locate(f"{request.scheme}://{request.host}") or Location(request.scheme, request.host, "/")


def is_trustworthy(environ: Mapping[str, Any]) -> bool:
    """Tell whether the browser that sent a request takes its address for secure: https, or this very machine."""
    host = environ.get("HTTP_HOST", "")
    # As long as a name (RFC 1035 section 2.3.4) and a port: `locate` keeps what it was asked.
    here = locate(f"{environ['wsgi.url_scheme']}://{host}") if len(host) <= 260 else None
    return here is not None and is_secure(here, ENGINES[engine_of(environ.get("HTTP_USER_AGENT", ""))])


def _neighbourhood() -> Neighbourhood:
    ours, host = house().kept(Neighbourhoods), asked(request.headers.get("Host", ""))
    for near in ours:
        if host in (near.site.host, *near.hosts.values()):
            return near
    try:
        return Neighbourhood(Location(request.scheme, asked(request.host), "/"), moves=True)
    except SecurityError:  # a host that is not ours is about to be told where the site is
        return ours[0]


def read_requests(app: Flask) -> None:
    """Let all that answers, the site and each party, read in one form where a request came to, and from where.

    To a host letters' case is nothing (RFC 9110 section 4.2.3, RFC 3986 section 3.2.2). Scheme and sender are what the
    proxies say that a setting counts.
    """
    if hops := app.config["PROXY_HOPS"]:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "HTTP_HOST" in environ:
            environ["HTTP_HOST"] = environ["HTTP_HOST"].lower()
        return inner(environ, start_response)

    app.wsgi_app = answer


def asked(header: str) -> str:
    """Return the host that a `Host` header names, whatever the port."""
    return re.sub(r":[^:\]]*$", "", header)


def _port() -> int | None:
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").port
    except ValueError:
        return None


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
