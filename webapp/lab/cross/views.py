"""The site's side of the bench: the table, and the address at which everything arrives."""

import secrets

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from webapp import clock
from webapp.address import parties, site_url
from webapp.i18n import current_language
from webapp.lab import hosts, notes
from webapp.lab.cookies import LAB
from webapp.lab.forms import said
from webapp.lab.told import made_up, tell, told
from webapp.lab.ways import VICTIMS, WAYS, third_parties
from webapp.security import accepts_cross_site, open_form, same_origin
from webapp.useragent import engine_of

from .bench import arrivals, differs, predict, refused, sent, victim_lines
from .cookies import BENCH
from .tracking import MODES, OUTCOMES

bp = Blueprint("cross", __name__, url_prefix="/lab/cross")


@bp.get("")
def cross() -> str | Response:
    """Show what arrived, beside what the model says."""
    return redirect(url_for(".cross"), 303) if made_up() else _page()


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Set the cookies, and open the visitor's bench."""
    if problem := set_up():
        return _page(problem), 422
    return redirect(url_for(".cross"), 303)


def set_up() -> str | None:
    """Set the cookies and open a bench on which nothing has arrived; return why it can't be done, None where it is."""
    if problem := LAB.send_all(victim_lines(clock.now())):
        return problem
    BENCH.set(BENCH.get() or secrets.token_urlsafe(12))
    notes.begin(BENCH.get())
    return None


@bp.route("/arrive/<way>", methods=["GET", "POST"])
@accepts_cross_site
def arrive(way: str) -> Response:
    """Write down which of the cookies came, and nothing else: whoever sent this, it changes nothing."""
    bench = request.args.get("bench") or request.form.get("bench", "")
    if way not in WAYS or not notes.read(bench):
        abort(404)
    came = [name for name, _ in LAB.pairs() if name in VICTIMS]
    notes.write(bench, "arrival", way=way, came=came)
    if WAYS[way].top_level:
        # What arrived may be in no record of the visitor's, since the cookie that leads there may have stayed away.
        guard = {"guard": "passed" if same_origin() else "refused"} if request.method == "POST" else {}
        seen = tell(way=way, came=".".join(came), **guard)
        return redirect(f"{url_for('.cross')}?{seen}#way-{way}", 303)
    response = Response(status=204)
    if way == "image":
        response = Response(
            render_template("lab/cross/picture.svg", victims=VICTIMS, came=came), mimetype="image/svg+xml"
        )
    elif way == "frame":
        never = refused(engine_of(request.headers.get("User-Agent", "")), site_url(), clock.now())
        response = Response(render_template("lab/cross/frame.html", victims=VICTIMS, came=came, refused=never))
        party = hosts.address("attacker")
        response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src 'self'; frame-ancestors {party}"
    # What the lesson is about has to be seen there; elsewhere this header keeps other sites from loading our answers.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(problem: str | None = None) -> str:
    bench = BENCH.get()
    kept = notes.read(bench) if bench else []
    engine = engine_of(request.headers.get("User-Agent", ""))
    now, site, attacker = clock.now(), site_url(), hosts.address("attacker")
    began = kept[0].at if kept else now
    arrived = arrivals(kept) if kept else {}
    choices = {
        choice: {
            key: predict(engine, site, attacker or site, began, way, arrived[key].at if key in arrived else now, choice)
            for key, way in WAYS.items()
        }
        for choice in third_parties(engine)
    }
    wrong = {
        choice: [WAYS[key] for key, arrival in arrived.items() if differs(arrival, predicted[key])]
        for choice, predicted in choices.items()
    }
    # What the visitor has chosen, only their browser knows: it is what fits best to what came.
    chosen, *others = sorted(choices, key=lambda choice: len(wrong[choice]))
    predicted, differing = choices[chosen], wrong[chosen]
    otherwise = {
        (key, name)
        for other in others
        for key, answers in choices[other].items()
        for name, answer in answers.items()
        if sent(answer) != sent(predicted[key][name])
    }
    return render_template(
        "lab/cross/cross.html",
        problem=problem,
        bench=bench if kept else None,
        language=current_language(),
        attacker=attacker,
        hosts=parties(),
        ways=WAYS,
        victims=VICTIMS,
        lines=victim_lines(began),
        age=int((now - began).total_seconds()),
        arrived=arrived,
        predicted=predicted,
        refused=refused(engine, site, began),
        chosen=chosen,
        otherwise=otherwise,
        differs=bool(differing),
        # Mozilla's "State Partitioning", section on storage access heuristics; seen in Firefox 153.
        engine=engine,
        lost=hosts.lost(engine),
        heuristic=engine == "firefox" and not any(way.top_level for way in differing),
        said=said,
        modes=MODES,
        outcomes=OUTCOMES,
        told={mode: found for mode, found in told().items() if mode in MODES},
        guard=told().get("guard"),
    )
