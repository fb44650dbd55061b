"""The pages of the wire: the last exchanges, and one of them whole."""

from http.client import responses

from flask import Blueprint, abort, current_app, render_template, request

from webapp import clock
from webapp.cookies import current_jar, registry
from webapp.house import house
from webapp.wire.cookies import WIRE
from webapp.wire.record import store
from webapp.wire.record.exchange import Exchange, observe
from webapp.wire.record.held import held
from webapp.wire.record.masking import MASK
from webapp.wire.record.recorder import Recorder, leave_out
from webapp.wire.record.response import Response

from . import copies, explain
from .chosen import PREFIX, Chosen, is_own
from .diagram import BROWSER, SERVER, WIDTH, draw
from .difference import compare
from .roundtrip import judge, said
from .source import excerpt

bp = Blueprint("wire", __name__, url_prefix=PREFIX)


@bp.get("")
def wire() -> str:
    """Show the exchanges of this visitor's last hour that the address asks for; where there are none, say why."""
    chosen, kept = Chosen.read(request.args), _kept()
    shown = {number: exchange for number, exchange in kept.items() if chosen.fits(exchange)}
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
        diagram=draw(shown),
        width=WIDTH,
        browser=BROWSER,
        server=SERVER,
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
    exchange, own = kept[id], is_own(kept[id])
    neighbours = [number for number, each in kept.items() if number == id or own or not is_own(each)]
    place = neighbours.index(id)
    before = neighbours[place - 1] if place else None
    after = neighbours[place + 1] if place + 1 < len(neighbours) else None
    numbers = [number for number in kept if number > id]
    # The request for this very page has come back too, and is not recorded yet.
    now = observe(request, Response(), current_jar(), registry(), clock.now())
    later = [*(kept[number] for number in numbers), now]
    return render_template(
        "wire/exchange.html",
        exchange=exchange,
        phrase=responses.get(exchange.status, ""),
        previous=before,
        earlier=before and kept[before],
        following=after,
        leads_on=after is not None and exchange.leads_to(kept[after]),
        difference=before and compare(kept[before], exchange),
        trips=[judge(line, exchange, later, _origin()) for line in exchange.written],
        later=later,
        numbers=[*numbers, None],
        copies=_copies(exchange),
        masked=any(MASK in value for _, value in exchange.sent) or any(MASK in line.value for line in exchange.written),
        mask=MASK,
        said=said,
        find=registry().find,
        explain=explain,
        excerpt=excerpt,
    )


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
