"""A way past the other parties' hosts, on which each takes away its own cookies: no request to the site brings them."""

from collections.abc import Collection
from urllib.parse import urlencode

from flask import Blueprint, Flask, redirect, request
from werkzeug.wrappers import Response

from webapp.address import ROLES, site_url
from webapp.cookies import TOKEN, pair
from webapp.security import safe_path
from webapp.useragent import engine_of
from webapp.useragent.urls import locate

from .hosts import address, lost, party, play

# At the attacker's host Crumb sets nothing: on localhost that is 127.0.0.1, where other programs have cookies.
_ROLES = [role for role in ROLES if role != "attacker"]
bp = Blueprint("clearing", __name__, url_prefix="/clear")
_AT_ONCE = 80  # clients stop reading at 100 header lines


def init_app(app: Flask) -> None:
    """Let each party be asked for it."""
    other = party(app, bp)
    for role in _ROLES:
        play(app, role, other, part=bp.url_prefix.removeprefix("/"))


def way(roles: Collection[str], back: str) -> str:
    """Return the address of the way past the hosts of these roles to the path `back` of the site.

    A host that this browser may not find is left out: the way would end there.
    """
    missing = lost(engine_of(request.headers.get("User-Agent", "")))
    origins = {
        role: origin
        for role in roles
        if role in _ROLES and (origin := address(role)) and locate(origin).host not in missing
    }
    if not origins:
        return f"{site_url()}{back}"
    (_, first), *then = origins.items()
    return f"{first}{bp.url_prefix}?{urlencode({'then': '.'.join(role for role, _ in then), 'back': back})}"


@bp.get("")
def clear() -> Response:
    """Take away the cookies of this host, and lead on.

    The header clears whatever path they have; it counts at https and localhost alone, where the lines are left over.
    """
    response = redirect(way(request.args.get("then", "").split("."), safe_path(request.args.get("back"))), 303)
    response.headers["Clear-Site-Data"] = '"cookies"'
    names = [name for name in request.cookies if TOKEN.fullmatch(name)]
    for name in names[:_AT_ONCE]:
        response.headers.add("Set-Cookie", f"{pair(name, '')}; Max-Age=0; Path=/")
    return response
