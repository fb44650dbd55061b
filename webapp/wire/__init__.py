"""The wire: the exchange that produced each page, shown inside the page itself.

The recorder works on the complete response. What shows a page's own exchange, such as the dock, stands in the page as
a placeholder until then, since its headers are only final after it was rendered.
"""

import logging
import secrets
from collections.abc import Callable

from flask import Flask, current_app, g, render_template, request, session
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock, trial
from webapp.cookies import current_jar, pair, registry
from webapp.house import Feature, Place, house
from webapp.i18n import N_
from webapp.signals import browser_resetting, traces_clearing
from webapp.useragent import ENGINES

from . import explain, store
from .cookies import WIRE
from .exchange import Exchange, observe
from .named import named
from .response import Response
from .source import excerpt
from .views import bp
from .wanted import Recorder

__all__ = ["WIRE", "Response", "complete", "fill_in", "init_app", "leave_out", "placeholder", "recorded"]

_log = logging.getLogger(__name__)


def init_app(app: Flask, wanted: Callable[[], bool]) -> Feature:
    """Record exchanges and show the dock to visitors who want it (`wanted`)."""
    house(app).keep(Recorder(wanted))
    fill_in(app, "dock", _dock)
    app.jinja_env.globals["pair"] = pair
    app.jinja_env.filters["named"] = named
    app.jinja_env.globals["dock_here"] = lambda: placeholder("dock") if _wanted() else ""
    app.jinja_env.globals["ENGINES"] = ENGINES
    app.after_request(_begin_record)
    page = Place(endpoint="wire.wire", title=N_("All your exchanges"), footer=True)
    return Feature(name=bp.name, title=N_("The cookie dock"), blueprints=(bp,), cookies=(WIRE,), places=(page,))


def fill_in(app: Flask, part: str, render: Callable[[Exchange], str]) -> None:
    """Let `render` write a part of each page that has a placeholder for it, once the page's own exchange is complete.

    Only for visitors whose exchanges are recorded.
    """
    house(app).kept(Recorder).parts[part] = render


def placeholder(part: str) -> Markup:
    """Return what stands in the page until `fill_in` has its turn."""
    g.setdefault("placed", set()).add(part)
    return Markup(f"<!--{part}-->")


def recorded() -> dict[int, Exchange]:
    """Return this visitor's exchanges of the last hour by their number, the oldest first; not this one itself."""
    token = WIRE.get()
    return (token and _soft(store.kept, store.visitor_of(token), clock.now())) or {}


def leave_out() -> None:
    """Keep this exchange out of the record: its page comes by itself, or there is to be no record any more."""
    g.dock_wanted = False


def _begin_record(response: Response) -> Response:
    """Give the visitor the `wire` cookie with the first response that sets any other, or that tells of earlier ones."""
    jar = current_jar()
    # Lines that stand by themselves may be a program's, at the calls for programs: it opens no page that shows them.
    lines = jar.lines and "text/html" in request.headers.get("Accept", "")
    looks_back = "placed" in g and g.placed != {"dock"}
    if _wanted() and (jar.writes or lines or session.modified or looks_back) and WIRE.get() is None:
        WIRE.set(secrets.token_urlsafe(16))
    return response


def _wanted() -> bool:
    wanted = g.get("dock_wanted")
    if wanted is None:
        # Browsers ask for the icon by themselves, at odd moments: it would come between a redirect and its page.
        wanted = g.dock_wanted = request.path != "/favicon.ico" and house().kept(Recorder).wanted()
    return wanted


def complete(response: Response) -> Response:
    """Record the exchange of a finished response and fill in the parts of its page that show it."""
    if not _wanted():
        return response
    exchange = observe(request, response, current_jar(), registry(), clock.now())
    token = WIRE.get()
    visitor = token and store.visitor_of(token)
    for part, render in house().kept(Recorder).parts.items():
        if part in g.get("placed", ()):
            mark = f"<!--{part}-->".encode()
            response.set_data(response.get_data().replace(mark, render(exchange).encode(), 1))
    if visitor and not trial.under_way():
        _soft(store.record, visitor, exchange)
    return response


def _dock(exchange: Exchange) -> str:
    token = WIRE.get()
    earlier = (token and _soft(store.latest, store.visitor_of(token), 3)) or []
    return render_template(
        "wire/dock.html",
        exchanges=[*_redirects_before(exchange, earlier), exchange],
        find=registry().find,
        explain=explain,
        excerpt=excerpt,
        plain_http=not current_app.config["SECURE"],
    )


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


@browser_resetting.connect
@traces_clearing.connect
def _forget_record(sender: Flask) -> None:
    if token := WIRE.get():
        _soft(store.forget, store.visitor_of(token))
