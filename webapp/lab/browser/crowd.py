"""The other host's side of a run: a page of another site, and 400 cookies where no log-in can be lost.

Nothing here reads a cookie of the site. What is known so far comes in the address, and goes back in it.
"""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from webapp import clock
from webapp.address import site_url
from webapp.cookies import pair
from webapp.i18n import current_language

from .code import Outcome, decode, encode
from .probes import CROWD_SIZE, PROBES, of

bp = Blueprint("crowd", __name__)
_AT_ONCE = 80  # clients stop reading at 100 header lines
_CLEAR = "; Max-Age=0; Path=/"


@bp.get("/start")
def start() -> Answer:
    """Set the lines that only the root of a host can set."""
    outcome = _outcome()
    if outcome is None:
        return _home()
    return _go("", outcome, [line for probe in of("root") for line in probe.lines])


@bp.get("/")
def page() -> Answer:
    """Show a page with a picture from the site, and a form that leads back there."""
    outcome = _outcome()
    if outcome is None:
        return _home()
    outcome = outcome.plus({probe.key: probe.answer(_came()) for probe in of("root")})
    return _page(outcome, waits=0, late=None)


@bp.get("/seen")
def seen() -> Response:
    """Keep what the site's picture has found out: the page around it can't read an answer of another site."""
    outcome = _outcome()
    response = Response('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', mimetype="image/svg+xml")
    if outcome is not None:
        response.headers.add("Set-Cookie", f"seen={encode(outcome)}; Path=/; Max-Age=600; HttpOnly")
    return _unkept(response)


@bp.get("/fill")
def fill() -> Answer:
    """Set the crowd's cookies, so many an answer, and look at the end how many came."""
    outcome, lines, done = _outcome(), [], request.args.get("n", 0, type=int)
    if outcome is None:
        return _home()
    (crowd,) = of("crowd")
    if done == 0:
        outcome = outcome.plus(_seen().answers)
        lines = [f"seen={_CLEAR}", f"__Host-root={_CLEAR}; Secure"]
    if 0 <= done < CROWD_SIZE:
        return _go("fill", outcome, lines + list(crowd.lines[done : done + _AT_ONCE]), n=done + _AT_ONCE)
    came = [pair for pair in _came() if pair in crowd.back]
    outcome = replace(outcome.plus({crowd.key: crowd.answer(came)}), stayed=min(len(came), CROWD_SIZE))
    return _go("empty", outcome, [line for probe in of("cleared") for line in probe.lines])


@bp.get("/empty")
def empty() -> Answer:
    """Delete what is left by one header, then what that has left, so much an answer, and go back to the site."""
    outcome = _outcome()
    if outcome is None:
        return _home()
    if "n" not in request.args:
        answer = _go("empty", outcome, n=1)
        answer.headers["Clear-Site-Data"] = '"cookies"'
        return answer
    (crowd,), (cleared,) = of("crowd"), of("cleared")
    if request.args["n"] == "1":
        outcome = outcome.plus({cleared.key: cleared.answer(_came())})
    names = [each.partition("=")[0] for each in _came() if each in (*cleared.back, *crowd.back)]
    lines = [pair(name, "") + _CLEAR for name in names[:_AT_ONCE]]
    if len(names) > _AT_ONCE:
        return _go("empty", outcome, lines, n=2)
    address = f"{site_url()}/lab/browser/back?{_known(outcome)}"
    return _with_lines(redirect(address), lines)


@bp.get("/wait")
def wait() -> Answer:
    """Show how long it takes until the two minutes are over, and then the form."""
    outcome = _outcome()
    if outcome is None:
        return _home()
    until = request.args.get("until", 0, type=int)
    left = min(max(until - int(clock.now().timestamp()), 0), 130)
    return _page(outcome, waits=left, late=1)


def _page(outcome: Outcome, waits: int, late: int | None) -> Response:
    site, known = site_url(), _known(outcome)
    text = render_template(
        "lab/browser/crowd.html",
        waits=waits,
        late=late,
        picture=f"{site}/lab/browser/pixel?{known}",
        target=f"{site}/lab/browser/arrive?{known}{'&late=1' if late else ''}",
        language=current_language(),
    )
    response = make_response(text)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; img-src data: 'self' {site}; style-src 'self'; form-action 'self' {site}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    if waits:
        response.headers["Refresh"] = str(waits)
    return _unkept(response)


def _outcome() -> Outcome | None:
    try:
        return decode(request.args.get("r", "")) if request.args.get("t") else None
    except ValueError:
        return None


def _seen() -> Outcome:
    """Return what the picture left; only its own answers count."""
    try:
        outcome = decode(request.cookies.get("seen", ""))
    except ValueError:
        return Outcome()
    own = {probe.key for place in ("picture", "embedded") for probe in of(place)}
    return Outcome(answers={key: outcome[key] for key in PROBES if key in own})


def _came() -> list[str]:
    return [pair for pair in request.headers.get("Cookie", "").split("; ") if pair]


def _known(outcome: Outcome) -> str:
    return urlencode({"t": request.args["t"], "r": encode(outcome)})


def _go(page: str, outcome: Outcome, lines: list[str] | None = None, **more: int) -> Answer:
    query = urlencode({"lang": current_language(), **more})
    return _with_lines(redirect(f"/{page}?{_known(outcome)}&{query}"), lines or [])


def _home() -> Answer:
    return redirect(f"{site_url()}/lab/browser")


def _with_lines(response: Answer, lines: list[str]) -> Answer:
    for line in lines:
        response.headers.add("Set-Cookie", line)
    return _unkept(response)


def _unkept(response: Answer) -> Answer:
    response.headers["Cache-Control"] = "no-store"
    return response
