"""A page of the other host's with cookies of its own: what never goes there, and `Clear-Site-Data` without a loss.

The way back to the site tells in its address how many cookies came: only what reaches the site is recorded there.
"""

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from webapp.i18n import current_language
from webapp.lab.hosts import guarded
from webapp.lab.told import tell

bp = Blueprint("away", __name__, url_prefix="/lab/away")
_LINES = tuple(
    f"{name}=1; Max-Age=600; Path={path}" for name, path in {"one": "/", "two": "/lab", "three": bp.url_prefix}.items()
)


@bp.get("", defaults={"after": ""})
@bp.get("/<any(set, clear, nothing):after>")
def page(after: str) -> Response:
    """Show the cookies that came with this request, and the two buttons."""
    came = [pair for pair in request.headers.get("Cookie", "").split("; ") if pair]
    told = tell(came=str(len(came)), after=after)
    text = render_template("lab/browser/away.html", came=came, after=after, told=told, language=current_language())
    return guarded(text, "form-action 'self'; frame-ancestors 'none'")


@bp.post("/set")
def set_cookies() -> Answer:
    """Set three cookies, each under another path."""
    response = _go_on("set")
    for line in _LINES:
        response.headers.add("Set-Cookie", line)
    return response


@bp.post("/clear")
def clear() -> Answer:
    """Let the browser throw away every cookie of this host, whatever its path; the way on tells if it had none."""
    response = _go_on("clear" if request.cookies else "nothing")
    response.headers["Clear-Site-Data"] = '"cookies"'
    return response


def _go_on(after: str) -> Answer:
    return redirect(f"{bp.url_prefix}/{after}?lang={current_language()}", 303)
