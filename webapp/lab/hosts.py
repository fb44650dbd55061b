"""The other parties of the lab's lessons: the same process answers for them, each under a host of its own.

Cookies ignore ports, so only another host is another party (RFC 6265bis section 8.5). Hosts are told apart before the
site sees a request: no page of the site is reachable under theirs, and none of theirs under the site's.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from webapp import database, i18n
from webapp.address import THERE, here, site_url
from webapp.house import house
from webapp.logs import numbered
from webapp.useragent import ENGINES, UserAgent
from webapp.useragent.urls import Location, locate

from . import notes

ROLES = ("attacker", "tracker", "social", "shop", "forum", "crowd", "guest")
_SISTERS = ("guest", "shop")

Party = Callable[..., Iterable[bytes]]


@dataclass(frozen=True)
class _Parties:
    """The origin of each role as settled, and who answers at each host below a first part of the path, "" for all."""

    origins: dict[str, str]
    answers: dict[tuple[str, str], Party] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Settle the host of each role: browsers take 127.0.0.1 and each name under localhost for sites of their own.

    Not each browser finds a name under localhost: see `lost`.
    """
    site, named = locate(app.config["URL"]), app.config["LAB_HOSTS"]
    if site.host == "localhost":
        below = {role: f"{role}.localhost" for role in ROLES if role != "guest"}
        named = {**below, "attacker": "127.0.0.1", **named}
        named.setdefault("guest", f"guest.{named['shop']}")
    port = "" if site.port is None else f":{site.port}"
    places = {role: locate(f"{site.scheme}://{host}{port}") for role, host in named.items()}
    # Of one site, the crowd would push out the site's own cookies, and no request would be a cross-site one.
    apart = all(place and not UserAgent().is_same_site(site.origin, place.origin) for place in places.values())
    # The guest is the shop's sister: what it sets with that Domain reaches the shop, and no host of another party.
    if not set(named) <= set(ROLES) or not apart or ("guest" in places and not _is_below(*map(places.get, _SISTERS))):
        raise SystemExit(
            f"CRUMB_LAB_HOSTS is a JSON object of {', '.join(ROLES)}, each with a host name of another site than "
            f"{site.host}, and the guest's below the shop's"
        )
    parties = _Parties({role: place.origin for role, place in places.items()})
    house(app).keep(parties)
    rest = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = locate("http://" + re.sub(r":[^:\]]*$", "", environ.get("HTTP_HOST", "")))  # whatever the port
        host, part = asked.host if asked else "", environ["PATH_INFO"].split("/")[1:2]
        answers = (parties.answers.get((host, each)) for each in (*part, ""))
        return next(filter(None, answers), rest)(environ, start_response)

    app.wsgi_app = answer


def _is_below(guest: Location, shop: Location | None) -> bool:
    return shop is not None and guest.host.endswith(f".{shop.host}")


def party(app: Flask, bp: Blueprint) -> Flask:
    """Return an app of its own for a party: it has the site's texts and database, and none of its cookies.

    Addresses name the language (`lang`), since the cookie that holds it stays with the site.
    """
    other = Flask(bp.import_name, root_path=app.root_path, static_folder=None)
    shared = ("MAX_CONTENT_LENGTH", "URL", "SECRET_KEY", "SECRET_KEY_FALLBACKS")
    other.config.update({name: app.config[name] for name in shared})
    house(other).keep(house(app).kept(_Parties))
    i18n.init_app(other, choose=lambda: lang if (lang := request.args.get("lang")) in i18n.LANGUAGES else None)
    database.share(app, other)
    other.jinja_env.globals["numbered"] = numbered
    other.jinja_env.globals["asset"] = lambda path: app.jinja_env.globals["asset"](path)
    other.context_processor(lambda: {"site": site_url()})
    other.add_url_rule(THERE, view_func=_there)
    other.register_error_handler(HTTPException, _lost)
    other.after_request(_tell_origin)
    other.register_blueprint(bp)
    return other


def lead_home() -> Answer | None:
    """Lead whoever comes to a party's front page from no bench to Crumb: 127.0.0.1 is what `flask run` prints."""
    stranger = request.path == "/" and not notes.read(request.args.get("bench", ""))
    return redirect(f"{site_url()}/", 303) if stranger else None


def guarded(text: str, policy: str) -> Response:
    """Return a party's page, which nobody keeps and which runs nothing; `policy` says what else it may do."""
    response = make_response(text)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; {policy}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _tell_origin(response: Response) -> Response:
    # What the lessons show is what a browser tells by default; the site's own pages say nothing to others.
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


def _there() -> Response:
    response = Response(render_template("lab/there.svg"), mimetype="image/svg+xml")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _lost(error: HTTPException) -> tuple[str, int]:
    return render_template("lab/cross/lost.html"), error.code or 500


def play(app: Flask, role: str, party: Party, part: str = "") -> None:
    """Let `party`, a WSGI application, answer under the host of a role, where that has one.

    `part` is the first part of the paths that it answers; "" stands for all that nobody else does.
    """
    parties = house(app).kept(_Parties)
    if origin := parties.origins.get(role):
        parties.answers[locate(origin).host, part] = party


def address(role: str) -> str | None:
    """Return the origin of a role, such as `http://127.0.0.1:8000`; None where this installation has none."""
    return addresses().get(role)


def lost(engine: str) -> list[str]:
    """Return the hosts under localhost that visitors with this browser may not find: it asks their system for them."""
    if ENGINES[engine].finds_localhost:
        return []
    hosts = [locate(origin).host for origin in addresses().values()]
    return [host for host in hosts if host.endswith(".localhost")]


def addresses() -> dict[str, str]:
    """Return the origin of each role that this installation has a host for, as this request can reach it."""
    return {role: here(origin) for role, origin in house().kept(_Parties).origins.items()}
