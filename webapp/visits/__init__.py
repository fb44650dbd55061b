"""Visits: when this browser was here before.

`seen` is persistent and holds the time of the latest page; `visit` is a session cookie and holds what `seen` said when
this visit began. When the browser comes without `visit`, it was closed in between: a new visit begins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from flask import Flask, Response

from webapp import clock
from webapp.cookies import LEEWAY, current_jar
from webapp.cookies.direct import this_g, this_request
from webapp.house import Feature
from webapp.i18n import N_

from .cookies import SEEN, VISIT

__all__ = ["SEEN", "VISIT", "Visit", "current_visit", "init_app", "leave_out", "told_last"]

_IDLE = timedelta(minutes=30)  # a browser that is never closed has visits too
_EXACT = timedelta(minutes=1)
_MOST = SEEN.codec.codec.most
Word = Literal["begins", "goes on", "noted"]


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
    return _decided()[0]


def leave_out() -> None:
    """Note nothing of this page, which is no visit."""
    this_g().no_visit = True


def told_last() -> list[tuple[str, str]]:
    """Return the cookies that told us of the visit, as (name, value)."""
    names = {current_jar().wire_name(cookie) for cookie in (SEEN, VISIT)}
    return [(name, value) for name, value in current_jar().received if name in names]


def decide(seen: tuple[datetime, int] | None, last: datetime | None, now: datetime) -> tuple[Visit, Word]:
    """Return which visit a page belongs to by what both cookies say, and whether it begins with this page or goes on.

    `noted`: it goes on, and `seen` says so to the minute already. A time that is still to come was made up.
    """
    at, number = seen or (None, 0)
    latest = now + LEEWAY
    if at is None or at > latest:
        return Visit(1, None), "begins"
    if last is None or last > latest or now - at > _IDLE:
        return Visit(min(number + 1, _MOST), at), "begins"
    return Visit(number, last if number > 1 else None), "noted" if timedelta(0) <= now - at < _EXACT else "goes on"


def _decided() -> tuple[Visit, Word]:
    known = this_g()
    if "visit" not in known:
        known.visit = decide(SEEN.get(), VISIT.get(), clock.now())
    return known.visit


def _note(response: Response) -> Response:
    if "no_visit" in this_g() or "Refresh" in response.headers:  # a page that comes again by itself tells of no visitor
        return response
    if this_request().method == "GET" and response.status_code == 200 and response.mimetype == "text/html":
        (visit, word), now = _decided(), clock.now()
        if word == "begins":
            VISIT.set(visit.last or now)
        if word != "noted":
            SEEN.set((now, visit.number))
    return response
