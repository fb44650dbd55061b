"""The wire: the exchange that produced each page, recorded when its response is complete, and shown in the page."""

from collections.abc import Callable

from flask import Flask

from webapp.cookies import pair
from webapp.house import Feature, Place, house
from webapp.i18n import N_
from webapp.useragent import ENGINES

from .cookies import WIRE
from .record.exchange import fetched_ahead
from .record.recorder import (
    Recorder,
    begin_record,
    complete,
    fill_around,
    fill_in,
    is_wanted,
    leave_out,
    placeholder,
    recorded,
)
from .record.response import Response
from .show.dock import dock, first
from .show.named import named, on_wire, with_names
from .show.views import bp

__all__ = ["WIRE", "Response", "complete", "fill_around", "fill_in", "init_app", "leave_out", "placeholder", "recorded"]


def init_app(app: Flask, wanted: Callable[[], bool], hides: Callable[[], bool]) -> Feature:
    """Record exchanges and show the dock to visitors who want it (`wanted`), with a button where it `hides` by one."""
    house(app).keep(Recorder(wanted))
    fill_in(app, "dock", lambda exchange: dock(exchange, hides()))
    fill_in(app, "first", first)
    app.jinja_env.globals["pair"] = pair
    app.jinja_env.globals["on_wire"] = on_wire
    app.jinja_env.filters.update(named=named, with_names=with_names)
    app.jinja_env.globals["placeholder"] = placeholder
    app.jinja_env.globals["dock_here"] = lambda: placeholder("dock") if is_wanted() else ""
    app.jinja_env.globals.update(dock_hidden="wire/hidden.html", back_here="wire/back.html")
    app.jinja_env.globals["ENGINES"] = ENGINES
    app.jinja_env.globals["fetched_ahead"] = fetched_ahead
    app.after_request(begin_record)
    page = Place(endpoint="wire.wire", title=N_("All your exchanges"), footer=True)
    return Feature(title=N_("The cookie dock"), blueprints=(bp,), cookies=(WIRE,), places=(page,), style="course.css")
