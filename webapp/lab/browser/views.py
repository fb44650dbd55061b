"""The site's side of a run: every step is an answer to a plain navigation, and what is known so far is in the address.

A run begins at /run, sets and asks after the lines of each stage there, goes over to the other host (crowd.py), comes
back from it with a form and with a link, and ends at the table.
"""

import math
import re
from typing import Any
from urllib.parse import quote, unquote, urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import location, site_url
from webapp.cookies import pair
from webapp.i18n import current_language
from webapp.lab.cookies import LAB
from webapp.lab.forms import shown
from webapp.lab.hosts import address, lost
from webapp.lab.predict import engines
from webapp.lab.ways import third_parties
from webapp.security import accepts_cross_site
from webapp.security.tokens import keys
from webapp.useragent import ENGINES, engine_of
from webapp.wire.record.exchange import fetched_ahead

from .code import Outcome, decode, encode
from .probes import CROWD_SIZE, LATE, STAGES, Probe, expected, of
from .probes import PROBES as ALL

bp = Blueprint("browser", __name__, url_prefix="/lab/browser")
_AHEAD = "lab-ahead"
_HOUR = 3600
_VERSION = re.compile("(?:Firefox|Chrome|Version)/([0-9]{1,3})(?:[.]([0-9]{1,2}))?", re.ASCII)


@bp.get("")
def browser() -> str:
    """Show every probe with the answers of the model, and of the run that the address tells."""
    code = request.args.get("r")
    try:
        outcome = decode(code) if code is not None else Outcome()
    except ValueError:
        abort(404)
    site, crowd = site_url(), address("crowd")
    elsewhere = crowd or f"{location().scheme}://crowd.example"
    own = outcome.engine if code else engine_of(request.headers.get("User-Agent", ""))
    names = {name: ENGINES[name].title for name in engines(own) if name != "spec"}
    columns = {engine: expected(engine, site, elsewhere) for engine in names}
    blocking = {
        engine: expected(engine, site, elsewhere, "blocked")[0]
        for engine in names
        if "blocked" in third_parties(engine)
    }
    model = columns[outcome.engine][0] if outcome.engine in columns else {}
    blocked = blocking.get(outcome.engine, model)
    # What the visitor has chosen, only their browser knows: it is what fits best to its answers.
    blocks = _fitting(outcome, blocked) > _fitting(outcome, model)
    model = blocked if blocks else model
    compared = [key for key in ALL if "unknown" not in (outcome[key], model.get(key, "unknown"))]
    return render_template(
        "lab/browser/browser.html",
        probes=ALL.values(),
        lines={key: [shown(line) for line in probe.lines_for(site)] for key, probe in ALL.items()},
        columns=columns,
        blocking=blocking,
        blocks=blocks,
        names=names,
        outcome=outcome,
        code=code,
        link=f"{site}{url_for('.browser', r=code)}",
        crowd=crowd,
        waits=bool(code and crowd and lost(outcome.engine) and outcome["sent"] == "unknown"),
        crowd_size=CROWD_SIZE,
        compared=compared,
        differing=[key for key in compared if outcome[key] != model[key]],
        ticket=_ticket(),
    )


def _fitting(outcome: Outcome, model: dict[str, str]) -> int:
    return sum(outcome[key] == answer for key, answer in model.items())


@bp.get("/ahead")
def ahead() -> str:
    """Ask the browser to fetch a page ahead; or show what the request for it said."""
    asked, page = "asked" in request.args, url_for(".fetched")
    came = next((unquote(value) for name, value in LAB.pairs() if name == _AHEAD), None)
    if came and not asked:
        LAB.send(f"{pair(_AHEAD, '')}; Max-Age=0; Path={request.path}")
    return render_template("lab/browser/ahead.html", asked=asked, page=page, came=came)


@bp.get("/ahead/page")
def fetched() -> str:
    """Be fetched ahead: note what the request said of its purpose."""
    if fetched_ahead(request):
        said = quote(request.headers.get("Sec-Purpose", "prefetch")[:40], safe="")
        LAB.send_all([f"{pair(_AHEAD, said)}; Path={url_for('.ahead')}"])
    return render_template("lab/browser/ahead.html", asked=True, page=request.path, came=None)


@bp.get("/run")
def run() -> Response:
    """Set the lines of a stage, or note what came back of them, and go on.

    Without the ticket that the page gives, it sets nothing: no other site's link can begin a run.
    """
    ticket, step = request.args.get("t", ""), request.args.get("n", type=int)
    if _age(ticket) is None or (step is not None and not 0 <= step < 2 * STAGES):
        return redirect(url_for(".browser"))
    if step is None:
        LAB.clear()
        agent = request.headers.get("User-Agent", "")
        major, minor = found.groups("0") if (found := _VERSION.search(agent)) else (0, 0)
        return _go(".run", Outcome(engine_of(agent), version=(int(major), min(int(minor), 63))), n=0)
    outcome = _outcome()
    if outcome is None:
        return redirect(url_for(".browser"))
    stage, asks = divmod(step, 2)
    if not asks:
        return _go(".run", outcome, n=step + 1) if _send(of("here", stage)) else redirect(url_for("lab.sending"))
    outcome = outcome.plus(_answers(of("here", stage)))
    LAB.clear()
    if stage + 1 < STAGES:
        return _go(".run", outcome, n=step + 1)
    if not address("crowd") or lost(outcome.engine):
        return redirect(url_for(".browser", r=encode(outcome)))
    return _cross(outcome)


@bp.get("/over")
def over() -> Response:
    """Go on with a run at the other host; where that can't be found, Back leads to the answers so far."""
    outcome = _outcome()
    if outcome is None or not address("crowd"):
        return redirect(url_for(".browser"))
    return _cross(outcome)


@bp.get("/answers.json")
def answers() -> dict[str, Any]:
    """Write out the answers that an address tells, to be kept as a recording."""
    try:
        outcome = decode(request.args.get("r", ""))
    except ValueError:
        abort(404)
    major, minor = outcome.version
    return {
        "engine": outcome.engine,
        "version": f"{major}.{minor}",
        "site": site_url(),
        "crowd": address("crowd"),
        "answers": {key: outcome[key] for key in ALL if outcome[key] != "unknown"},
        "stayed": outcome.stayed,
    }


@bp.get("/pixel")
def pixel() -> Response:
    """Answer the other host's picture: set the lines, ask after them, and tell that host what came."""
    outcome = _outcome()
    if outcome is None or not address("crowd"):
        return redirect(url_for(".browser"))
    if request.args.get("n") != "1":
        outcome = outcome.plus(_answers(of("picture")))
        response = _go(".pixel", outcome, n=1) if _send(of("embedded")) else _go_over("seen", outcome)
    else:
        response = _go_over("seen", outcome.plus(_answers(of("embedded"))))
    # Elsewhere this header keeps other sites from loading what we answer; here that is the probe.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/arrive")
@accepts_cross_site
def arrive() -> Response:
    """Note which cookies came with the other host's form, and go on; whoever sent it, it changes nothing."""
    outcome = _outcome()
    if outcome is None or not address("crowd"):
        return redirect(url_for(".browser"), 303)
    if "late" not in request.args:
        return _go_over("fill", outcome.plus(_answers(of("post"))), 303)
    if (_age(request.args["t"]) or 0) >= LATE.total_seconds():
        outcome = outcome.plus(_answers(of("late")))
    return redirect(url_for(".browser", r=encode(outcome)), 303)


@bp.get("/back")
def back() -> Response:
    """Note which cookies came over from the other host by a link, clear up, and show the table."""
    outcome = _outcome()
    if outcome is None:
        return redirect(url_for(".browser"))
    outcome = outcome.plus(_answers(of("link")))
    # One of them did not come, so that LAB.clear() would not know it.
    LAB.send_all(f"{line.partition('=')[0]}=; Max-Age=0" for line in _lines(_crossing()))
    return redirect(url_for(".browser", r=encode(outcome)))


@bp.get("/wait")
def wait() -> Response:
    """Set the line that is asked after in two minutes, and go over to the other host until then."""
    outcome = _outcome()
    if outcome is None or not address("crowd") or not _send(of("late")):
        return redirect(url_for(".browser"))
    until = math.ceil(clock.now().timestamp() + LATE.total_seconds())
    return _go_over("wait", outcome, t=_ticket(), until=until)


def _cross(outcome: Outcome) -> Response:
    return _go_over("start", outcome) if _send(_crossing()) else redirect(url_for("lab.sending"))


def _crossing() -> list[Probe]:
    return [*of("picture"), *of("post"), *of("link")]


def _lines(probes: list[Probe]) -> list[str]:
    return [line for probe in probes for line in probe.lines_for(site_url())]


def _send(probes: list[Probe]) -> bool:
    """Send the lines; False where this browser already holds too much of the lab for the rest of them."""
    return LAB.send_all(_lines(probes)) is None


def _answers(probes: list[Probe]) -> dict[str, str]:
    came = [pair(*each) for each in LAB.pairs()]
    return {probe.key: probe.answer(came) for probe in probes}


def _outcome() -> Outcome | None:
    """Return what the address says of this run; None where no run of this hour has made it."""
    try:
        return decode(request.args.get("r", "")) if _age(request.args.get("t", "")) is not None else None
    except ValueError:
        return None


def _go(endpoint: str, outcome: Outcome, **more: int) -> Response:
    return redirect(url_for(endpoint, t=request.args["t"], r=encode(outcome), **more))


def _go_over(page: str, outcome: Outcome, status: int = 302, **more: str | int) -> Response:
    known = {"t": request.args["t"], "r": encode(outcome), "lang": current_language(), **more}
    return redirect(f"{address('crowd')}/{page}?{urlencode(known)}", status)


def _ticket() -> str:
    return _serializer().dumps(math.ceil(clock.now().timestamp()))


def _age(ticket: str) -> float | None:
    """Return how many seconds ago this site gave out the ticket; None for what is older than an hour, or forged."""
    try:
        age = clock.now().timestamp() - _serializer().loads(ticket)
    except BadData:
        return None
    return age if age <= _HOUR else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(keys(), salt="crumb.lab.browser")
