"""The two decisions: may this cookie be stored (RFC 6265bis, 5.7), may it be sent (5.8.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import rules
from .dates import EARLIEST, LATEST
from .engines import Engine
from .parse import Line
from .rules import Rule, Step, note, refused, warning
from .store import Cookie, Store
from .urls import Location, domain_match, in_addresses, is_address, is_public_suffix, locate, path_match

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


@dataclass(frozen=True, slots=True)
class Request:
    """The circumstances of one request, or of one script that asks (`http_api=False`).

    `cross_site`: another site's page caused it. `top_level`: it opens a page, rather than a part of one.
    `top_level_site`: a URL of the page around it, needed for partitioned cookies only.
    """

    now: datetime
    cross_site: bool = False
    top_level: bool = True
    method: str = "GET"
    http_api: bool = True
    top_level_site: str | None = None

    @property
    def third_party(self) -> bool:
        """Whether it happens inside another site's page, rather than opens a page of its own."""
        return self.cross_site and not (self.top_level and self.http_api)

    def partition(self, location: Location) -> tuple[str, bool]:
        """Return the site that partitioned cookies are kept under, and whether another one stands between.

        The site is "null" for a page that was not named. What is of another site than the page around it has no
        between: to that page it is third party however deep it lies.
        """
        if self.top_level_site is None:
            return ("null" if self.third_party else location.site), False
        around = locate(self.top_level_site)
        site = around.site if around else "null"
        return site, self.third_party and site == location.site


def is_secure(location: Location, engine: Engine) -> bool:
    """Whether the connection counts as secure: https, or this very machine for a browser that trusts it."""
    return location.scheme == "https" or (engine.trusts_loopback and location.is_loopback)


def same_site_of(cookie: Cookie, engine: Engine) -> str:
    """Return "Strict", "Lax" or "None": what the cookie's SameSite comes to in this browser."""
    return cookie.same_site if cookie.same_site != "Default" else "Lax" if engine.lax_by_default else "None"


def build_cookie(line: Line, location: Location, request: Request, engine: Engine) -> tuple[Cookie, list[Step]]:
    """Make the cookie that `line` describes, and tell how its lifetime, domain and path came about."""
    expires, lifetime = _lifetime(line, request, engine)
    host_only, domain, covers = _domain(line, location, engine)
    path, reach = _path(line, location, engine)
    keep_apart = line.partitioned or (engine.third_party == "partitioned" and request.third_party)
    partition, between = request.partition(location) if keep_apart else (None, False)
    cookie = Cookie(
        name=line.name,
        value=line.value,
        domain=domain,
        host_only=host_only,
        path=path,
        secure=line.secure,
        http_only=line.http_only,
        same_site=line.same_site,
        partition=partition,
        between=between,
        expires=expires,
        creation=request.now,
        priority=line.priority,
    )
    return cookie, [*lifetime, *covers, *reach]


def _lifetime(line: Line, request: Request, engine: Engine) -> tuple[datetime | None, list[Step]]:
    """Return the moment of expiry, at most the engine's limit away; None for a session cookie."""
    steps, now = [], request.now
    limit = engine.age_limit if request.http_api else engine.script_age_limit or engine.age_limit
    if line.max_age is not None:
        if line.expires:
            steps.append(note(rules.MAX_AGE_WINS))
        try:
            expires = now + timedelta(seconds=line.max_age) if line.max_age > 0 else EARLIEST
        except OverflowError:
            expires = LATEST
    elif line.expires:
        expires = line.expires
    else:
        return None, [note(rules.SESSION)]
    if limit and expires - now > limit:
        expires = now + limit
        steps.append(warning(rules.LIFETIME_CAPPED, days=limit.days))
    if expires > now:
        steps.append(note(rules.PERSISTENT, expires=expires))
    return expires, steps


def _domain(line: Line, location: Location, engine: Engine) -> tuple[bool, str, list[Step]]:
    """Return host-only, the domain, and the steps that say why (5.7, steps 7 to 10)."""
    host, domain, steps = location.host, line.domain or "", []
    if domain.startswith(".") and (domain != "." or engine.lone_dot):
        domain = domain[1:]
        steps = [warning(rules.DOMAIN_DOT)] if domain else []
    host_only = note(rules.HOST_ONLY, host=host)
    if not domain:
        return True, host, [host_only] if line.domain is None else [warning(rules.DOMAIN_EMPTY), host_only]
    if not domain.isascii():
        return False, domain, [refused(rules.DOMAIN_NOT_ASCII)]
    if "" in domain.removesuffix(".").split("."):
        return False, domain, [refused(rules.DOMAIN_INCOMPLETE, domain=domain)]
    if host == domain:
        if host == "localhost" and not engine.localhost_as_domain:
            return False, domain, [refused(rules.LOCALHOST_DOMAIN)]
        if is_public_suffix(domain) or (engine.own_address_is_host_only and is_address(host)):
            return True, host, [*steps, warning(rules.DOMAIN_OF_ITS_OWN, domain=domain), host_only]
    elif is_public_suffix(domain):
        return False, domain, [refused(rules.PUBLIC_SUFFIX, domain=domain)]
    if not domain_match(host, domain):
        return False, domain, [refused(rules.DOMAIN_MISMATCH, host=host, domain=domain)]
    return False, domain, [*steps, note(rules.DOMAIN, domain=domain)]


def _path(line: Line, location: Location, engine: Engine) -> tuple[str, list[Step]]:
    """Return the path, and the steps that say why (5.7, step 11)."""
    path, most = location.default_path, engine.default_path_limit
    if line.path and line.path.startswith("/"):
        given = note(rules.PATH_GIVEN, path=line.path)
        return line.path, [given] if in_addresses(line.path) else [given, warning(rules.PATH_UNREACHABLE)]
    if most is not None and len(path) > most:
        return path, [refused(rules.PATH_TOO_LONG, most=most)]
    if line.path:
        return path, [warning(rules.PATH_IGNORED, text=line.path, path=path)]
    return path, [note(rules.PATH_DEFAULT, path=path) if line.path is None else warning(rules.PATH_EMPTY, path=path)]


def may_store(
    cookie: Cookie, line: Line, location: Location, request: Request, engine: Engine, store: Store
) -> Iterator[Step]:
    """Yield what speaks against storing `cookie`, in the order of 5.7, and the notes on the way."""
    secure = is_secure(location, engine)
    if cookie.secure and not secure:
        yield refused(rules.SECURE_FROM_INSECURE)
    elif cookie.secure and location.scheme == "http":
        yield note(rules.SECURE_LOOPBACK)
    if cookie.http_only and not request.http_api:
        yield refused(rules.HTTP_ONLY_FROM_SCRIPT)
    exposed = engine.guards_secure and not cookie.secure and not secure
    if exposed and any(_covers(cookie, each) for each in store.around(location.host)):
        yield refused(rules.OVERWRITE_SECURE)
    if (rule := _set_from_another_site(cookie, request, engine)) is not None:
        yield refused(rule)
    if cookie.same_site == "None" and not cookie.secure and engine.none_needs_secure:
        yield refused(rules.NONE_INSECURE)
    if (rule := _broken_prefix(cookie, line, location, request, engine)) is not None:
        yield refused(rule)
    if not cookie.name and "=" in cookie.value and not engine.ambiguous_nameless:
        yield refused(rules.NAMELESS_AMBIGUOUS, value=cookie.value)
    if line.partitioned and not cookie.secure:
        yield refused(rules.PARTITIONED_INSECURE)
    elif cookie.partitioned:
        yield note(rules.PARTITIONED, site=cookie.partition)
    elif request.third_party and engine.third_party == "blocked":
        yield refused(rules.THIRD_PARTY)
    old = store.get(cookie)
    if old and old.http_only and not request.http_api:
        yield refused(rules.OVERWRITE_HTTP_ONLY)


def _covers(new: Cookie, old: Cookie) -> bool:
    """Whether `new`, which is not Secure, would overlay `old`, which is (5.7, step 16)."""
    return (
        old.secure
        and old.name == new.name
        and (domain_match(old.domain, new.domain) or domain_match(new.domain, old.domain))
        and path_match(new.path, old.path)
    )


def _set_from_another_site(cookie: Cookie, request: Request, engine: Engine) -> Rule | None:
    """Step 18: a page that is opened may set any cookie, a part of another site's page only SameSite=None."""
    if not request.third_party or same_site_of(cookie, engine) == "None":
        return None
    return {
        "Strict": rules.STRICT_SET_CROSS_SITE,
        "Lax": rules.LAX_SET_CROSS_SITE,
        "Default": rules.DEFAULT_SET_CROSS_SITE,
    }[cookie.same_site]


def _broken_prefix(cookie: Cookie, line: Line, location: Location, request: Request, engine: Engine) -> Rule | None:
    """Steps 20 to 22 and the two prefixes of layered-cookies; upper and lower case are one."""
    name = cookie.name.lower()
    if engine.prefixes_as_written and not cookie.name.startswith(("__Secure-", "__Host-", "__Http-")):
        return None
    if not name:
        value = cookie.value.lower()
        if value.startswith("__http-"):
            return rules.NAMELESS_HTTP_PREFIX
        return rules.NAMELESS_PREFIX if value.startswith(("__secure-", "__host-")) else None
    path_is_root = cookie.path == "/" and (
        line.path == "/"
        if engine.host_prefix_compares_path
        else line.path is not None or not engine.host_prefix_reads_path
    )
    own_address = is_address(location.host) and line.domain == location.host
    no_domain = cookie.host_only and (not line.domain or not engine.host_prefix_reads_domain or own_address)
    fits_host = cookie.secure and path_is_root and no_domain
    fits_http = cookie.secure and cookie.http_only and request.http_api
    if name.startswith("__host-http-") and engine.http_prefixes:
        return None if fits_host and fits_http else rules.HOST_HTTP_PREFIX
    if name.startswith("__host-"):
        return None if fits_host else rules.HOST_PREFIX
    if name.startswith("__http-") and engine.http_prefixes:
        return None if fits_http else rules.HTTP_PREFIX
    if name.startswith("__secure-"):
        return None if cookie.secure else rules.SECURE_PREFIX
    return None


def belongs_to(cookie: Cookie, location: Location) -> bool:
    """Whether the host is among those that get the cookie."""
    return location.host == cookie.domain if cookie.host_only else domain_match(location.host, cookie.domain)


def near_misses(stored: Cookie, cookie: Cookie) -> list[Step]:
    """Return what sets a stored cookie apart from another one of its name (5.7, step 23)."""
    steps = []
    if stored.path != cookie.path:
        steps.append(warning(rules.NEAR_PATH, path=stored.path))
    if stored.host_only and not cookie.host_only:
        steps.append(warning(rules.NEAR_HOST_ONLY))
    elif (stored.domain, stored.host_only) != (cookie.domain, cookie.host_only):
        steps.append(warning(rules.NEAR_DOMAIN, domain=stored.domain))
    if (stored.partition, stored.between) != (cookie.partition, cookie.between):
        steps.append(warning(rules.NEAR_PARTITION))
    return steps


def may_send(cookie: Cookie, location: Location, request: Request, engine: Engine) -> Iterator[Step]:
    """Yield what speaks against sending `cookie`, in the order of 5.8.3, and the notes on the way."""
    if not belongs_to(cookie, location):
        yield refused(rules.OTHER_HOST, domain=cookie.domain)
    if not path_match(location.path, cookie.path):
        if location.path.startswith(cookie.path):
            yield refused(rules.PATH_BORDER, path=cookie.path, asked=location.path)
        else:
            yield refused(rules.NOT_ON_PATH, path=cookie.path)
    if cookie.secure and not is_secure(location, engine):
        yield refused(rules.SECURE_TO_INSECURE)
    elif cookie.secure and location.scheme == "http":
        yield note(rules.SECURE_LOOPBACK)
    if cookie.http_only and not request.http_api:
        yield refused(rules.HIDDEN_FROM_SCRIPT)
    if request.cross_site:
        yield from _cross_site(cookie, request, engine)
    if cookie.partitioned:
        site, between = request.partition(location)
        if cookie.partition != site:
            yield refused(rules.OTHER_PARTITION, site=cookie.partition)
        elif cookie.between != between:
            yield refused(rules.OTHER_ANCESTOR)
    elif request.third_party and engine.third_party != "allowed":
        yield refused(rules.THIRD_PARTY)


def _cross_site(cookie: Cookie, request: Request, engine: Engine) -> Iterator[Step]:
    same_site = same_site_of(cookie, engine)
    if same_site == "Strict":
        yield refused(rules.STRICT_CROSS_SITE)
    elif same_site == "Lax" and (request.third_party or request.method.upper() not in _SAFE_METHODS):
        young = request.now - cookie.creation <= engine.lax_allow_unsafe
        if cookie.same_site == "Lax":
            yield refused(rules.LAX_CROSS_SITE)
        elif young and not request.third_party:
            yield warning(rules.LAX_ALLOW_UNSAFE)
        else:
            yield refused(rules.DEFAULT_CROSS_SITE)
