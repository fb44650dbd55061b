"""The pages of the lab: the first one, the question, the sending with its prediction, and what came of it."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import site_url
from webapp.cookies import counts, pair
from webapp.house import house
from webapp.kept import no_proof
from webapp.security import open_form
from webapp.security.tokens import keys
from webapp.useragent import engine_of
from webapp.useragent.urls import locate

from .cookies import LAB
from .examples import EXAMPLES
from .forms import GUESSES, AttributesForm, LinesForm, QuestionForm, fits, parted, said, shown
from .mend import mend
from .pieces import attribute, change, lost, marks, written
from .predict import Fate, came_back, everywhere, too_much
from .presets import PRESETS, TOPICS, Preset
from .question import BROWSERS, ROWS, Diagnosis, Question, diagnose
from .told import made_up

bp = Blueprint("lab", __name__, url_prefix="/lab")
_HOUR = timedelta(hours=1)


@bp.get("")
def lab() -> str | Response:
    """Show the question and the way to every bench; lines in the address lead on to where they are sent."""
    if "came" in request.args and made_up():
        return redirect(url_for(".lab"), 303)
    if request.args.keys() & {"preset", "lines", "name", "ask"}:
        return redirect(f"{url_for('.sending')}?{request.query_string.decode('latin-1')}")
    return render_template("lab/lab.html", form=QuestionForm, examples=EXAMPLES, benches=_benches())


@bp.get("/why")
def why() -> str | tuple[str, int]:
    """Answer why a cookie is not sent, or show the form of the question."""
    asked = any(field.name in request.args for field in QuestionForm(formdata=None))
    form = QuestionForm(request.args if asked else None)
    if not asked or not form.validate():
        page = render_template("lab/why.html", form=form, examples=EXAMPLES, benches=_benches(), found=None)
        return page, 422 if asked else 200
    question, now = form.question(), clock.now()
    found = diagnose(question, now)
    return render_template(
        "lab/why.html",
        form=form,
        examples=EXAMPLES,
        benches=_benches(),
        question=question,
        found=found,
        mended=mend(question, found, now),
        rows=ROWS,
        lost=lost,
        marks=marks,
        trial=_trial(question, found, now),
        link=url_for(".why", **{field.name: field.data for field in form if field.data}),
        said=said,
        shown=shown,
    )


def _benches() -> tuple[Any, ...]:
    return house().features[bp.name].parts


def _trial(question: Question, found: Diagnosis, now: datetime) -> str | None:
    """Return the address at which the lines are tried in this browser, as the lab's own cookies; None where not.

    It is the same question only if the model, asked about the trial, has the same answers for the same reasons.
    """
    ask = locate(question.to).path.strip("/")
    lines = [_at_home(line, url) for url, line in question.lines]
    nameless = any(line.strip(" \t").startswith("=") for _, line in question.lines)
    if nameless or not fits(ask) or any(map(LAB.problem, lines)):
        return None
    base = site_url()
    here = tuple((base + url_for(".send"), line) for line in lines)
    tried = diagnose(Question(here, base + url_for(".result", ask=ask or None)), now)
    name = engine_of(request.headers.get("User-Agent", ""))
    names = [name] if name in BROWSERS else BROWSERS
    if any(found.columns[name].answers != tried.columns[name].answers for name in names):
        return None
    return url_for(".sending", lines="\n".join(map(shown, lines)), ask=ask or None)


def _at_home(line: str, url: str) -> str:
    """Return a line with a name and a path of the lab's, for a host that is here."""
    first, *parts = line.split(";")
    name = re.sub("(?i)^[ \t]*(__(?:Host-Http|Secure|Host|Http)-)?", lambda found: f"{found[1] or ''}lab-", first)
    paths = [part.partition("=")[2].strip(" \t") for part in parts if attribute(part) == "path"]
    path = paths[-1] if paths else locate(url).default_path
    here = url_for(".result") + path if path.startswith("/") and path != "/" else LAB.path
    keeps = name.lower().startswith("__host-") or not (paths or path != "/")
    return written(change(line, {"": name, "domain": None, **({} if keeps else {"path": f"Path={here}"})}))


@bp.get("/send")
def sending() -> str | tuple[str, int]:
    """Show the form, filled by a preset or by the address, and the prediction for it, or why there is none."""
    preset, filling = filled(request.args)
    form = LinesForm(formdata=None, **filling)
    problem = too_much(parted(form.lines.data))
    return (_page(form, preset), 422) if form.fails(problem) else _page(form, preset)


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
        sent, signed_at = _serializer().loads(request.args.get("sent", ""), return_timestamp=True)
    except BadData:
        abort(404)
    lines, guess, asked, held, failing = sent
    if asked != ask or not counts(signed_at, _HOUR):
        abort(404)
    came = [pair(*each) for each in LAB.pairs()]
    names = [name for name, _ in LAB.pairs()]
    fates = _fates(lines, ask)
    return render_template(
        "lab/result.html",
        lines=lines,
        guess=guess,
        expected=GUESSES[guess],
        came=came,
        held=held,
        twice={name: request.cookies[name] for name in names if name and names.count(name) > 1},
        fates=fates,
        own=came_back(next(iter(fates.values())), came, held),
        marks=marks,
        again=url_for(
            ".sending", lines="\n".join(map(shown, lines)), ask=ask or None, failing="yes" if failing else None
        ),
        said=said,
        shown=shown,
    )


@bp.post("/clear")
@open_form
def clear() -> Response:
    """Delete the cookies of the lab."""
    LAB.clear()
    return redirect(url_for(".sending"), 303)


def _page(form: LinesForm, preset: Preset | None) -> str:
    lines = parted(form.lines.data)
    return render_template(
        "lab/send.html",
        benches=_benches(),
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
