"""Visits: when this browser was here before.

`seen` is persistent and holds the time of the latest page; `visit` is a session cookie and holds what `seen` said when
this visit began. When the browser comes without `visit`, it was closed in between: a new visit begins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, Response, g, request

from webapp import clock
from webapp.house import Feature
from webapp.i18n import N_

from .cookies import SEEN, VISIT

__all__ = ["SEEN", "VISIT", "Visit", "current_visit", "init_app"]

_IDLE = timedelta(minutes=30)  # a browser that is never closed has visits too
_EXACT = timedelta(minutes=1)
_MOST = SEEN.codec.codec.most


@dataclass(frozen=True)
class Visit:
    """The visit that this request belongs to: which one it is, and when the one before ended (None: there was none)."""

    number: int
    last: datetime | None


def init_app(app: Flask) -> Feature:
    """Note each page that is shown."""
    app.after_request(_note)
    return Feature(name="visits", title=N_("Visits"), cookies=(SEEN, VISIT))


def current_visit() -> Visit:
    """Return the visit of this request; the first one as far as the browser tells us."""
    if "visit" not in g:
        g.visit = _read()
    return g.visit


def _read() -> Visit:
    at, number = SEEN.get() or (None, 0)
    if at is None or at > clock.now() + _EXACT:
        return Visit(1, None)
    if _goes_on(at):
        return Visit(number, VISIT.get() if number > 1 else None)
    return Visit(min(number + 1, _MOST), at)


def _goes_on(at: datetime) -> bool:
    return VISIT.get() is not None and clock.now() - at <= _IDLE


def _note(response: Response) -> Response:
    if "Refresh" in response.headers:  # a page that comes again by itself tells of no visitor
        return response
    if request.method == "GET" and response.status_code == 200 and response.mimetype == "text/html":
        visit, now = current_visit(), clock.now()
        at, number = SEEN.get() or (None, 0)
        begins = visit.number != number or at is None or not _goes_on(at)
        if begins:
            VISIT.set(visit.last or now)
        if begins or not timedelta(0) <= now - at < _EXACT:
            SEEN.set((now, visit.number))
    return response
