"""The shop's till, where everybody logs in as one person, and the guest's stall at a host below the shop's."""

from dataclasses import asdict
from secrets import token_hex
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from webapp.cookies import pair
from webapp.i18n import current_language
from webapp.lab import notes
from webapp.lab.hosts import address, guarded
from webapp.lab.told import tell
from webapp.useragent.urls import locate

from .keys import MODES, NAMES, STANDINGS, TILL, Exchange, exchanges, guests_key, serve, standing, tossed_line

till = Blueprint("till", __name__, url_prefix=TILL)
stall = Blueprint("stall", __name__)


@till.get("")
def enter() -> Answer:
    """Say who the visitor is to the shop, by the key that their browser sent."""
    return _give(_answer("you", request.headers.get("Cookie", "")), _page("till", "form-action 'self'; "))


@till.post("/login")
def log_in() -> Answer:
    """Log the visitor in, under the key that they have or another one."""
    exchange = _answer("you", request.headers.get("Cookie", ""))
    return _give(exchange, redirect(url_for(".enter", **_bench(), _anchor="who"), 303))


@stall.get("/")
def toss() -> Answer:
    """Give the visitor the key that the guest has taken from the shop, in a cookie for the shop's host."""
    line = tossed_line(_mode(), _guests_key(), _host())
    response = _page("stall", line=line)
    response.headers.add("Set-Cookie", line)
    return response


@stall.get("/look")
def look() -> Answer:
    """Let the guest ask the shop with its key, and show whom the shop takes it for."""
    return _page("look", exchange=_answer("guest", pair(NAMES[_mode()], _guests_key())))


def _bench() -> dict[str, str]:
    mode, bench = request.args.get("mode", ""), request.args.get("bench", "")
    if mode not in MODES or not notes.read(bench):
        abort(404)
    return {"bench": bench, "mode": mode, "lang": current_language()}


def _mode() -> str:
    return _bench()["mode"]


def _host() -> str:
    return locate(address("shop") or request.host_url).host


def _answer(by: str, header: str) -> Exchange:
    bench, mode = _bench()["bench"], _mode()
    came = exchanges(notes.read(bench))
    exchange = serve(mode, came, by, request.method, header, token_hex(4), _host())
    notes.write(bench, "exchange", **asdict(exchange))
    return exchange


def _guests_key() -> str:
    came = exchanges(notes.read(_bench()["bench"]))
    return guests_key(_mode(), came) or _answer("guest", "").key


def _give(exchange: Exchange, response: Answer) -> Answer:
    for line in exchange.sets:
        response.headers.add("Set-Cookie", line)
    return response


def _page(name: str, policy: str = "", **shown: Any) -> Response:
    bench, mode = _bench(), _mode()
    kept = notes.read(bench["bench"])
    came = [each for each in exchanges(kept) if each.mode == mode]
    stands = standing(mode, came)
    text = render_template(
        f"lab/fixation/{name}.html",
        **shown,
        query=bench,
        title=MODES[mode],
        came=came,
        stands=stands,
        standings=STANDINGS,
        full=len(kept) >= notes.KEPT,
        shop=address("shop"),
        guest=address("guest"),
        told=tell(**{mode: stands}),
    )
    return guarded(text, f"{policy}frame-ancestors 'none'")
