"""The other parties of the lab's lessons: the same process answers for them, each under a host of its own.

Cookies ignore ports, so only another host is another party (RFC 6265bis section 8.5). Hosts are told apart before the
site sees a request: no page of the site is reachable under theirs, and none of theirs under the site's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Answer

from webapp import database, i18n
from webapp.address import THERE, Neighbourhoods, asked, hosts_of, parties, site_url
from webapp.house import house
from webapp.logs import numbered
from webapp.useragent import ENGINES
from webapp.useragent.urls import locate

from . import notes

Party = Callable[..., Iterable[bytes]]


class _Answers(dict[tuple[str, str], Party]):
    """Who answers at each host below a first part of the path, "" for all."""


def init_app(app: Flask) -> None:
    """Let the parties answer under their hosts."""
    answers = _Answers()
    house(app).keep(answers)
    rest = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        host, part = asked(environ.get("HTTP_HOST", "")), environ["PATH_INFO"].split("/")[1:2]
        found = (answers.get((host, each)) for each in (*part, ""))
        return next(filter(None, found), rest)(environ, start_response)

    app.wsgi_app = answer


def party(app: Flask, bp: Blueprint) -> Flask:
    """Return an app of its own for a party: it has the site's texts and database, and none of its cookies.

    Addresses name the language (`lang`), since the cookie that holds it stays with the site.
    """
    other = Flask(bp.import_name, root_path=app.root_path, static_folder=None)
    shared = ("MAX_CONTENT_LENGTH", "SECRET_KEY", "SECRET_KEY_FALLBACKS")
    other.config.update({name: app.config[name] for name in shared})
    house(other).keep(house(app).kept(Neighbourhoods))
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
    """Let `party`, a WSGI application, answer under each host of a role.

    `part` is the first part of the paths that it answers; "" stands for all that nobody else does.
    """
    house(app).kept(_Answers).update({(host, part): party for host in hosts_of(app, role)})


def address(role: str) -> str | None:
    """Return the origin of a role, such as `http://127.0.0.1:8000`; None where it has none at the visitor's address."""
    return parties().get(role)


def lost(engine: str) -> list[str]:
    """Return the hosts under localhost that visitors with this browser may not find: it asks their system for them."""
    if ENGINES[engine].finds_localhost:
        return []
    hosts = [locate(origin).host for origin in parties().values()]
    return [host for host in hosts if host.endswith(".localhost")]
