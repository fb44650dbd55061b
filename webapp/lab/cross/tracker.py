"""The tracker, and three little sites that each show its advertisement."""

import re
import secrets

from flask import Blueprint, Response, abort, render_template, request

from webapp import clock
from webapp.address import asked, is_trustworthy, parties
from webapp.i18n import N_, current_language
from webapp.lab import notes
from webapp.lab.hosts import address, guarded
from webapp.lab.told import tell
from webapp.useragent.urls import locate

from .tracking import MODES, OUTCOMES, POLICIES, diary, outcome, predict, track_line

TOWN = {"social": N_("People"), "shop": N_("Things"), "forum": N_("Talk")}

bp = Blueprint("tracker", __name__)
town = Blueprint("town", __name__)


@town.get("/")
def page() -> Response:
    """Show one of the three sites, with the tracker's advertisement in a frame."""
    own = _at(asked(request.host))
    text = render_template(
        "lab/cross/town.html",
        **_bench(),
        place=own,
        title=TOWN[own],
        town={role: (title, address(role)) for role, title in TOWN.items()},
        tracker=address("tracker"),
    )
    return guarded(text, f"frame-src {address('tracker')}; frame-ancestors 'none'")


@bp.get("/advertisement")
def advertisement() -> Response:
    """Look for the visitor's cookie, give one to somebody without, and write down where they were seen."""
    bench = _bench()
    visitor = request.cookies.get(f"track-{bench['mode']}", "")
    known = re.fullmatch("[0-9a-f]{6}", visitor) is not None
    if not known:
        visitor = secrets.token_hex(3)
    # The browser itself tells a tracker where it was loaded: the origin of the page around (Referrer-Policy's default).
    place = locate(request.headers.get("Referer", ""))
    role = _at(place.host) if place else None
    if role:
        notes.write(bench["bench"], "visit", mode=bench["mode"], visitor=visitor, place=role)
    seen = diary(notes.read(bench["bench"]), bench["mode"]).get(visitor, [])
    text = render_template("lab/cross/advertisement.html", visitor=visitor, known=known, seen=seen, town=TOWN)
    response = guarded(text, f"frame-ancestors {' '.join(filter(None, map(address, TOWN)))}")
    if not known:
        response.headers.add("Set-Cookie", track_line(bench["mode"], visitor))
    return response


@bp.get("/")
def knows() -> Response:
    """Show what the tracker knows, under each kind of cookie, and what it would know with other browsers."""
    bench, now = _bench(), clock.now()
    kept = notes.read(bench["bench"])
    diaries = {mode: diary(kept, mode) for mode in MODES}
    sites = (address("social") or "", address("shop") or "")
    keeps = is_trustworthy(request.environ)
    found = {mode: outcome(visits) if keeps or not visits else "refused" for mode, visits in diaries.items()}
    seen = {mode: found[mode] or "once" for mode, visits in diaries.items() if visits}
    text = render_template(
        "lab/cross/tracker.html",
        **bench,
        modes=MODES,
        policies=POLICIES,
        outcomes=OUTCOMES,
        diaries=diaries,
        found=found,
        predicted={
            mode: {policy: predict(mode, policy, address("tracker") or "", sites, now) for policy in POLICIES}
            for mode in MODES
        },
        town={role: (title, address(role)) for role, title in TOWN.items()},
        line=track_line,
        told=seen and tell(**seen),
    )
    return guarded(text, "frame-ancestors 'none'")


def _at(host: str) -> str | None:
    """Return which of the three sites is at a host, None for none."""
    hosts = {locate(origin).host: role for role, origin in parties().items() if role in TOWN}
    return hosts.get(host)


def _bench() -> dict[str, str]:
    mode = request.args.get("mode", "plain")
    if mode not in MODES:
        abort(404)
    return {"bench": request.args.get("bench", ""), "mode": mode, "language": current_language()}
