"""The recorder: it takes each exchange from its complete response, and keeps those of visitors who want the dock.

What shows a page's own exchange, such as the dock, stands in the page as a placeholder until then, since its headers
are only final after it was rendered.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, session
from flask_login import user_logged_in, user_logged_out
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock, trial
from webapp.cookies import current_jar, registry
from webapp.cookies.direct import this_g, this_request
from webapp.database.migrate import first_line
from webapp.house import house
from webapp.signals import browser_resetting, traces_clearing
from webapp.wire.cookies import WIRE

from . import store
from .exchange import Exchange, observe
from .held import held
from .response import Response

_LONG, RESTS = 0.05, 1  # seconds
_log = logging.getLogger(__name__)


@dataclass
class Recorder:
    """Whether a visitor wants the dock, and what writes the parts of a page that wait for its own exchange.

    `rests_until` is when the database is asked again after it failed, by the clock that never jumps.
    """

    wanted: Callable[[], bool]
    parts: dict[str, Callable[[Exchange], str]] = field(default_factory=dict)
    rests_until: float = 0


def fill_in(app: Flask, part: str, render: Callable[[Exchange], str]) -> None:
    """Let `render` write a part of each page that has a placeholder for it, once the page's own exchange is complete.

    Only for visitors whose exchanges are recorded.
    """
    house(app).kept(Recorder).parts[part] = render


def placeholder(part: str) -> Markup:
    """Return what stands in the page until `fill_in` has its turn."""
    this_g().setdefault("placed", set()).add(part)
    return Markup(f"<!--{part}-->")


def fill_around(response: Response) -> Response:
    """Return the page of a trial with its other placeholders as those of this request, which is around it."""
    this_g().placed = set(house().kept(Recorder).parts)
    return response


def recorded() -> dict[int, Exchange] | None:
    """Return this visitor's exchanges of the last hour by their number, the oldest first; not this one itself.

    None while the record can't be reached.
    """
    known, token = this_g(), WIRE.get()
    if "recorded" not in known:  # which is what a page asks for again and again
        known.recorded = _soft(store.kept, store.visitor_of(token), clock.now()) if token else {}
    return known.recorded


def latest(number: int) -> list[Exchange]:
    """Return this visitor's last exchanges, the newest first, at most `number`; not this one itself."""
    token = WIRE.get()
    return (token and _soft(store.latest, store.visitor_of(token), number)) or []


def leave_out() -> None:
    """Keep this exchange out of the record: its page comes by itself, or there is to be no record any more."""
    this_g().dock_wanted = False


def begin_record(response: Response) -> Response:
    """Give the visitor the `wire` cookie with the first response that sets any other, or that tells of earlier ones."""
    jar = current_jar()
    # Lines that stand by themselves may be a program's, at the calls for programs: it opens no page that shows them.
    lines = jar.lines and "text/html" in this_request().headers.get("Accept", "")
    looks_back = this_g().get("placed", set()) - {"dock", "first", "held"}
    if is_wanted() and (jar.writes or lines or session.modified or looks_back) and WIRE.get() is None:
        WIRE.set(secrets.token_urlsafe(16))
    return response


def is_wanted() -> bool:
    """Tell whether this exchange is recorded and shown."""
    known = this_g()
    if "dock_wanted" not in known:
        # Browsers ask for the icon by themselves, at odd moments: it would come between a redirect and its page.
        known.dock_wanted = this_request().path != "/favicon.ico" and house().kept(Recorder).wanted()
    return known.dock_wanted


def complete(response: Response) -> Response:
    """Record the exchange of a finished response and fill in the parts of its page that show it."""
    placed = this_g().get("placed", ())
    if "held" in placed:
        _put(response, "held", held(response.headers.getlist("Set-Cookie")))
    if not is_wanted():
        return response
    exchange = observe(this_request(), response, current_jar(), registry(), clock.now())
    token = WIRE.get()
    visitor = token and store.visitor_of(token)
    for part, render in house().kept(Recorder).parts.items():
        if trial.under_way() and part not in ("dock", "first"):
            continue  # it tells of the visitor's own way, which the request around this one is a part of
        if part in placed and _place(part) in response.get_data():
            _put(response, part, render(exchange))
    if visitor and not trial.under_way():
        _soft(store.record, visitor, exchange.shortened())
    return response


def _put(response: Response, part: str, text: str) -> None:
    response.set_data(response.get_data().replace(_place(part), text.encode(), 1))


def _place(part: str) -> bytes:
    return f"<!--{part}-->".encode()


def _soft(ask: Callable, *args):
    """Ask the database; a page is worth more than its record, so a failure is only written down.

    After one that kept a page waiting nobody is asked for a while, so that not every page waits.
    """
    recorder = house().kept(Recorder)
    if (began := time.monotonic()) < recorder.rests_until:
        return None
    try:
        return ask(*args)
    except SQLAlchemyError as error:
        if time.monotonic() - began > _LONG:
            recorder.rests_until = time.monotonic() + RESTS
        _log.error("the record of exchanges can't be reached: %s", first_line(error))
        return None


@user_logged_in.connect
@user_logged_out.connect
def _renew_token(sender: Flask, user: object) -> None:
    """Go on under a new token: who planted or copied the one before reads nothing of what the visitor does from here.

    The record goes along.
    """
    if (token := WIRE.get()) and not trial.under_way():
        WIRE.set(secrets.token_urlsafe(16))
        _soft(store.hand_over, store.visitor_of(token), store.visitor_of(WIRE.get()))


@browser_resetting.connect
@traces_clearing.connect
def _forget_record(sender: Flask) -> None:
    this_g().pop("recorded", None)
    if token := WIRE.get():
        _soft(store.forget, store.visitor_of(token))
