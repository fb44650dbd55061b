"""The wire: the exchange that produced each page, shown inside the page itself.

The recorder works on the complete response. The dock stands in the page as a placeholder until then, since a page's
own headers are only final after it was rendered.
"""

import logging
import secrets
from collections.abc import Callable

from flask import Flask, current_app, g, render_template, request, session
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock, trial
from webapp.cookies import current_jar, declare, registry
from webapp.signals import traces_clearing

from . import explain, store
from .cookies import WIRE
from .exchange import Exchange, observe
from .response import Response
from .source import excerpt
from .views import bp

__all__ = ["WIRE", "Response", "complete", "init_app"]

_PLACEHOLDER = b"<!--dock-->"
_log = logging.getLogger(__name__)


def init_app(app: Flask, wanted: Callable[[], bool]) -> None:
    """Record exchanges and show the dock to visitors who want it (`wanted`)."""
    declare(app, __name__, WIRE)
    app.register_blueprint(bp)
    app.extensions["crumb.dock_wanted"] = wanted
    app.jinja_env.globals["dock_here"] = _dock_here
    app.after_request(_begin_record)


def _dock_here() -> Markup | str:
    if not _wanted():
        return ""
    g.dock_placed = True
    return Markup(_PLACEHOLDER.decode())


def _begin_record(response: Response) -> Response:
    """Give the visitor the `wire` cookie with the first response that sets any other."""
    jar = current_jar()
    # Lines that stand by themselves may be a program's, at the calls for programs: it opens no page that shows them.
    lines = jar.lines and "text/html" in request.headers.get("Accept", "")
    if _wanted() and (jar.writes or lines or session.modified) and WIRE.get() is None:
        WIRE.set(secrets.token_urlsafe(16))
    return response


def _wanted() -> bool:
    wanted = g.get("dock_wanted")
    if wanted is None:
        # Browsers ask for the icon by themselves, at odd moments: it would come between a redirect and its page.
        wanted = g.dock_wanted = request.path != "/favicon.ico" and current_app.extensions["crumb.dock_wanted"]()
    return wanted


def complete(response: Response) -> Response:
    """Record the exchange of a finished response and fill in the dock of its page."""
    if not _wanted():
        return response
    exchange = observe(request, response, current_jar(), registry(), clock.now())
    token = WIRE.get()
    visitor = token and store.visitor_of(token)
    if "dock_placed" in g:
        earlier = _soft(store.latest, visitor, 3) or [] if visitor else []
        _fill(response, [*_redirects_before(exchange, earlier), exchange])
    if visitor and not trial.under_way():
        _soft(store.record, visitor, exchange)
    return response


def _fill(response: Response, exchanges: list[Exchange]) -> None:
    dock = render_template(
        "wire/dock.html",
        exchanges=exchanges,
        find=registry().find,
        explain=explain,
        excerpt=excerpt,
        plain_http=not current_app.config["SECURE"],
    )
    response.set_data(response.get_data().replace(_PLACEHOLDER, dock.encode(), 1))


def _redirects_before(exchange: Exchange, earlier: list[Exchange]) -> list[Exchange]:
    """Return the redirects that led to this exchange, oldest first; `earlier` is the newest first."""
    chain: list[Exchange] = []
    for before in earlier:
        if not before.leads_to(chain[0] if chain else exchange):
            break
        chain.insert(0, before)
    return chain


def _soft(ask: Callable, *args):
    """Ask the database; a page is worth more than its record, so a failure is only written down."""
    try:
        return ask(*args)
    except SQLAlchemyError as error:
        _log.error("the record of exchanges can't be reached: %s", error.args[0])
        return None


@traces_clearing.connect
def _forget_record(sender: Flask) -> None:
    if token := WIRE.get():
        _soft(store.forget, store.visitor_of(token))
