"""Two schemes of one host: cookies see neither the port nor the scheme, SameSite in some browsers does.

Besides the site by http, a second server on the same machine answers by https, under the same host and another port;
the page says how to start it. Which of the two a request came to is the request's scheme.
"""

import dataclasses
import re
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import location, site_url
from webapp.cookies import pair
from webapp.lab.cookies import LAB
from webapp.lab.forms import said, shown
from webapp.lab.predict import Fate, engines, known
from webapp.lab.told import made_up, tell, told
from webapp.lab.ways import VICTIMS
from webapp.lab.ways import WAYS as ALL
from webapp.security import accepts_cross_site, allow_forms_to, open_form
from webapp.useragent import Answer, UserAgent, engine_of, readings
from webapp.useragent.urls import locate

bp = Blueprint("schemes", __name__, url_prefix="/lab/schemes")

WAYS = {key: ALL[key] for key in ("link", "post")}
SECURE = "lab-none"
SAID = ("cross-site", "same-site", "same-origin", "none")  # Sec-Fetch-Site (W3C Fetch Metadata, section 2.4)
_VALUE = re.compile(r"(https?)-([0-9]{1,10})", re.ASCII)


def origins(url: str) -> dict[str, str]:
    """Return the two origins of a host by scheme, from the address that visitors type."""
    here = locate(url)
    if here.scheme == "https":
        return {"http": dataclasses.replace(here, scheme="http").origin, "https": here.origin}
    # Of 8000 the other one is 8443, of 80 443.
    port = here.port and here.port + (443 if here.port <= 65_000 else -443)
    return {"http": here.origin, "https": dataclasses.replace(here, scheme="https", port=port).origin}


def lines(scheme: str, now: datetime) -> list[str]:
    """Return the lines that set the cookies; their values tell by which scheme, and when."""
    value = f"{scheme}-{int(now.timestamp())}"
    return [f"{pair(name, value)}; Path=/lab/schemes{rest}" for name, rest in VICTIMS.items()]


def predict(
    engine: str, urls: dict[str, str], home: str, began: datetime, to: str, way: str, at: datetime
) -> dict[str, Answer | None]:
    """Return for each cookie whether it goes along from the other scheme to the scheme `to`; None for one not stored.

    The cookies were set by the scheme `home` when it all began.
    """
    agent = UserAgent(engine)
    for line in lines(home, began):
        agent.receive(f"{urls[home]}/lab/schemes/begin", line, now=began, method="POST")
    answers = agent.explain(
        f"{urls[to]}/lab/schemes/arrive/{way}",
        now=at,
        cross_site=not agent.is_same_site(*urls.values()),
        method=WAYS[way].method,
    )
    found = {answer.cookie.name: answer for answer in answers}
    return {name: found.get(name) for name in VICTIMS}


def replacement(now: datetime) -> str:
    """Return the line by which http tries to cover the one that https has set with Secure."""
    return f"{SECURE}=http-{int(now.timestamp())}; Path=/lab/schemes"


def predict_replacement(engine: str, urls: dict[str, str], now: datetime) -> Fate:
    """Return whether http gets its line through after https has set the four."""
    return known(_predict_replacement(UserAgent(each), urls, now) for each in readings(engine))


def _predict_replacement(agent: UserAgent, urls: dict[str, str], now: datetime) -> Fate:
    for line in lines("https", now):
        agent.receive(f"{urls['https']}/lab/schemes/begin", line, now=now)
    line = replacement(now)
    verdict = agent.receive(f"{urls['http']}/lab/schemes/replace", line, now=now)
    return Fate(line, "works" if verdict.stored else "fails", line.partition(";")[0], verdict.steps)


@bp.get("")
def show() -> str | Response:
    """Show what came along with the request that led here, or how to begin."""
    return redirect(url_for(".show"), 303) if made_up() else _page()


@bp.post("/begin")
@open_form
def begin() -> tuple[str, int] | Response:
    """Set the cookies."""
    if problem := LAB.send_all(lines(request.scheme, clock.now())):
        return _page(problem), 422
    return redirect(url_for(".show"), 303)


@bp.post("/replace")
@open_form
def replace() -> tuple[str, int] | Response:
    """Try from http to cover the Secure cookie of https."""
    if problem := LAB.send_all([replacement(clock.now())]):
        return _page(problem), 422
    return redirect(f"{url_for('.show')}?{tell(way='replace')}#replaced", 303)


@bp.route("/arrive/<way>", methods=["GET", "POST"])
@accepts_cross_site
def arrive(way: str) -> Response:
    """Go on to the page that shows which of the cookies came; whoever sent this, it changes nothing."""
    if way not in WAYS or (request.method == "POST") != (WAYS[way].method == "POST"):
        abort(404)
    came = ".".join(name for name, _ in LAB.pairs() if name in VICTIMS)
    said = request.headers.get("Sec-Fetch-Site", "")
    seen = tell(way=way, came=came, said=said if said in SAID else "")
    return redirect(f"{url_for('.show')}?{seen}#arrived", 303)


def _page(problem: str | None = None) -> str:
    # The two schemes differ by their port, so only a port that was set tells both; nor is there https for a relay.
    typed = current_app.config["URL"]
    urls, here, now = origins(typed if locate(typed).port else site_url()), request.scheme, clock.now()
    there = "http" if here == "https" else "https"
    both = not current_app.config["SECURE"] and location().origin == urls[here]
    if both:
        allow_forms_to(urls[there])
    held = [match for name, value in LAB.pairs() if name in VICTIMS and (match := _VALUE.fullmatch(value))]
    seen = told() if both else {}
    way = way if held and (way := seen.get("way")) in WAYS else None
    home, began = (held[0][1], datetime.fromtimestamp(int(held[0][2]), UTC)) if held else (here, now)
    first = engine_of(request.headers.get("User-Agent", ""))
    predicted = {
        key: {engine: predict(engine, urls, home, began, here if way else there, key, now) for engine in engines(first)}
        for key in ([way] if way else WAYS)
    }
    came = set(seen.get("came", "").split("."))
    secure = dict(LAB.pairs()).get(SECURE, "")
    return render_template(
        "lab/schemes/schemes.html",
        problem=problem,
        urls=urls,
        scheme=here,
        other=there,
        both=both,
        held=bool(held),
        lines=lines(here, now),
        way=way,
        ways=WAYS,
        came=came,
        differs=way and came != {name for name, answer in predicted[way][first].items() if answer and answer.sent},
        told=seen.get("said"),
        victims=VICTIMS,
        predicted=predicted,
        engine=first,
        replaceable=both and here == "http" and secure.startswith("https-"),
        replaced=here == "http" and seen.get("way") == "replace" and secure.partition("-")[0],
        replacing={engine: [predict_replacement(engine, urls, now)] for engine in engines(first)},
        shown=shown,
        said=said,
    )
