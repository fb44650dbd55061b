"""The pages of the wire: the last exchanges, and one of them whole."""

from http.client import responses
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request

from webapp import clock
from webapp.cookies import current_jar, registry
from webapp.house import house
from webapp.wire.cookies import WIRE
from webapp.wire.record import store
from webapp.wire.record.exchange import LEFT_OUT, Exchange, observe
from webapp.wire.record.held import held
from webapp.wire.record.masking import MASK
from webapp.wire.record.recorder import Recorder, leave_out
from webapp.wire.record.response import Response

from . import copies, explain
from .chosen import PREFIX, Chosen, is_own
from .difference import compare
from .roundtrip import judge, said
from .source import excerpt

bp = Blueprint("wire", __name__, url_prefix=PREFIX)
_DRAWN = 5  # exchanges in the diagram


@bp.get("")
def wire() -> str:
    """Show the exchanges of this visitor's last hour that the address asks for; where there are none, say why."""
    chosen, kept = Chosen.read(request.args), _kept()
    shown = {number: exchange for number, exchange in kept.items() if chosen.fits(exchange)}
    numbers, asked = list(shown), request.args.get("open", type=int)
    last = numbers.index(asked) + 1 if asked in numbers[:-_DRAWN] else len(numbers)
    drawn = numbers[max(0, last - _DRAWN) : last]
    # The newest that set or deleted a cookie; where none did, the newest.
    opened = asked if asked in shown else max([each for each in drawn if shown[each].written] or drawn, default=None)
    place = opened and numbers.index(opened)
    recording = house().kept(Recorder).wanted()
    if kept:
        why = "narrowed" if chosen.narrows else "own"
    else:
        why = "off" if not recording else "unknown" if WIRE.get() is None else "over"
    return render_template(
        "wire/wire.html",
        chosen=chosen,
        shown=shown,
        why=why,
        recording=recording,
        own=sum(map(is_own, kept.values())),
        drawn=drawn,
        opened=opened,
        asked=opened == asked,
        previous=place and numbers[place - 1],
        following=numbers[place + 1] if opened and place + 1 < len(numbers) else None,
        alone=bool(shown),
        listed=chosen.listed(shown),
        **(_told(opened, kept) if opened else {}),
    )


@bp.get("/held")
def held_now() -> Response:
    """Say what stands for the cookies that this browser holds, for a page that it brought back from its memory."""
    leave_out()
    return Response(held(), mimetype="text/plain")


@bp.get("/<int:id>")
def exchange(id: int) -> str:
    """Show one exchange of this visitor whole: every line, what became of it, and how to do it again."""
    kept = _kept()
    if id not in kept:
        abort(404)
    told, exchange, own = _told(id, kept), kept[id], is_own(kept[id])
    neighbours = [number for number, each in kept.items() if number == id or own or not is_own(each)]
    place = neighbours.index(id)
    before = neighbours[place - 1] if place else None
    after = neighbours[place + 1] if place + 1 < len(neighbours) else None
    return render_template(
        "wire/exchange.html",
        phrase=responses.get(exchange.status, ""),
        previous=before,
        earlier=before and kept[before],
        following=after,
        leads_on=after is not None and exchange.leads_to(kept[after]),
        difference=before and compare(kept[before], exchange),
        said=said,
        **told,
    )


def _told(number: int, kept: dict[int, Exchange]) -> dict[str, Any]:
    """Return what is said of one exchange: what became of each of its lines, and how to do it again."""
    exchange, after = kept[number], [each for each in kept if each > number]
    # The request for this very page has come back too, and is not recorded yet.
    now = observe(request, Response(), current_jar(), registry(), clock.now()).shortened()
    later = [*(kept[each] for each in after), now]
    return {
        "exchange": exchange,
        "trips": [judge(line, exchange, later, _origin()) for line in exchange.written],
        "later": later,
        "numbers": [*after, None],
        "copies": _copies(exchange),
        "masked": MASK in f"{exchange.sent}{[line.value for line in exchange.written]}",
        "mask": MASK,
        "cut": LEFT_OUT in f"{exchange}" and LEFT_OUT,
        "find": registry().find,
        "explain": explain,
        "excerpt": excerpt,
    }


def _kept() -> dict[int, Exchange]:
    token = WIRE.get()
    return store.kept(store.visitor_of(token), clock.now()) if token else {}


def _origin() -> str:
    return f"{'https' if current_app.config['SECURE'] else 'http'}://{request.host}"


def _copies(exchange: Exchange) -> dict[str, str]:
    return {
        "curl": copies.curl(exchange, _origin()),
        "Python (requests)": copies.requests(exchange, _origin()),
        "Flask": copies.flask(exchange),
        "pytest": copies.pytest(exchange, _origin()),
    }
