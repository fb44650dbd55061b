"""The pages of the lab: the form and its prediction, the sending, and what came of it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import site_url
from webapp.cookies import pair
from webapp.house import house
from webapp.kept import no_proof
from webapp.security import open_form
from webapp.security.tokens import keys
from webapp.wire.record.exchange import engine_of
from webapp.wire.show.roundtrip import said

from .cookies import LAB
from .forms import GUESSES, AttributesForm, LinesForm, parted, shown
from .predict import Fate, everywhere
from .presets import PRESETS, TOPICS, Preset
from .told import made_up

bp = Blueprint("lab", __name__, url_prefix="/lab")
_HOUR = 3600


@bp.get("")
def lab() -> str | Response:
    """Show the form, filled by a preset or by what the address says, and the prediction for it."""
    if "came" in request.args and made_up():
        return redirect(url_for(".lab"), 303)
    preset, filling = filled(request.args)
    return _page(LinesForm(formdata=None, **filling), preset)


def filled(args: MultiDict[str, str]) -> tuple[Preset | None, dict[str, str | bool]]:
    """Return what an address fills the form with: a preset, one line made of its parts, or whole lines."""
    if preset := PRESETS.get(args.get("preset", "")):
        lines = "\n".join(map(shown, preset.lines))
        return preset, {"lines": lines, "ask": preset.ask, "failing": preset.failing}
    lines = AttributesForm(args).line if "name" in args else args.get("lines", PRESETS["plain"].lines[0])
    return None, {"lines": lines, "ask": args.get("ask", ""), "failing": "failing" in args}


@bp.post("/send")
@open_form
def send() -> tuple[str, int] | Response:
    """Send the lines, and go on to the address that shows what came back; an error's page has a link to it."""
    form = LinesForm()
    lines = parted(form.lines.data)
    if not form.validate() or form.fails(LAB.send_all(lines)):
        return _page(form, None), 422
    guess = form.guess.data if form.guess.data in GUESSES else "unsure"
    held = [pair(*each) for each in LAB.pairs()]
    no_proof()
    token = _serializer().dumps([lines, guess, form.ask.data, held, form.failing.data])
    result = url_for(".result", ask=form.ask.data or None, sent=token)
    return (render_template("lab/failing.html", result=result), 404) if form.failing.data else redirect(result, 303)


@bp.get("/result", defaults={"ask": ""})
@bp.get("/result/<path:ask>")
def result(ask: str) -> str:
    """Compare what this request brought with what the model and the visitor expected."""
    try:
        lines, guess, asked, held, failing = _serializer().loads(request.args.get("sent", ""), max_age=_HOUR)
    except BadData:
        abort(404)
    if asked != ask:
        abort(404)
    came = [pair(*each) for each in LAB.pairs()]
    names = [name for name, _ in LAB.pairs()]
    return render_template(
        "lab/result.html",
        lines=lines,
        guess=guess,
        expected=GUESSES[guess],
        came=came,
        held=held,
        twice={name: request.cookies[name] for name in names if name and names.count(name) > 1},
        fates=_fates(lines, ask),
        again=url_for(".lab", lines="\n".join(map(shown, lines)), ask=ask or None, failing="yes" if failing else None),
        said=said,
        shown=shown,
    )


@bp.post("/clear")
@open_form
def clear() -> Response:
    """Delete the cookies of the lab."""
    LAB.clear()
    return redirect(url_for(".lab"), 303)


def _page(form: LinesForm, preset: Preset | None) -> str:
    lines = parted(form.lines.data)
    return render_template(
        "lab/lab.html",
        benches=house().features[bp.name].parts,
        form=form,
        attributes=AttributesForm(request.args if request.method == "GET" and "name" in request.args else None),
        preset=preset,
        topics=TOPICS,
        held=LAB.pairs(),
        most=LAB.most,
        fates=_fates(lines, form.ask.data) if lines and not form.errors else {},
        said=said,
        shown=shown,
    )


def _fates(lines: list[str], ask: str) -> dict[str, list[Fate]]:
    base = site_url()
    asked = base + url_for(".result", ask=ask or None)
    engine = engine_of(request.headers.get("User-Agent", ""))
    return everywhere(lines, engine, base + url_for(".send"), asked, clock.now())


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys(), salt="crumb.lab.answered")
