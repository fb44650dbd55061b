"""Requests that another site made a browser send, and those that come from our own pages.

A view that answers writing requests is strict unless it says otherwise: its form asks for a token. One that says
`open_form` needs none where the browser itself says that the form stood on a page of ours.
"""

from collections.abc import Callable

from flask import Flask, abort, current_app, render_template, request
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from webapp.cookies import ours_came
from webapp.cookies.direct import this_request
from webapp.i18n import N_, gettext

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SECRET = frozenset({"password", "confirm", "current"})  # stand in no page
RESTS = N_("We can't save anything right now. Please send it again in a minute.")


def init_app(app: Flask) -> None:
    """Refuse writing requests that come from another site, and ask for those once more that nobody vouches for."""
    app.before_request(_guard)


def accepts_cross_site(view: Callable) -> Callable:
    """Mark a view that answers writing requests from anywhere, since it changes nothing that is a visitor's."""
    view.accepts_cross_site = True
    return view


def open_form(view: Callable) -> Callable:
    """Mark a view whose forms need no token, and so no `session`, where the browser names a page of ours as the sender.

    Of a browser that names none the form is asked for once more, by a page that has a token; the view never sees the
    first.
    """
    view.open_form = True
    return view


def _guard() -> tuple[str, int] | None:
    if this_request().method in _SAFE:
        return None
    view = current_app.view_functions.get(request.endpoint)
    if hasattr(view, "accepts_cross_site"):
        return None
    refuse_other_sites()
    return _once_more() if hasattr(view, "open_form") and not same_origin() else None


def refuse_other_sites() -> None:
    """End a request that another site made the browser send with 403."""
    # Fetch Metadata where the browser sends it; scripts and pages can't forge it. Else the Origin (RFC 6454).
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            abort(403)
    elif (origin := request.headers.get("Origin")) and origin.partition("://")[2] != request.host:
        abort(403)


def same_origin() -> bool:
    """Tell whether the browser itself says that a page of ours sent this request.

    `Sec-Fetch-Site: same-origin` (W3C Fetch Metadata), or where there is none an `Origin` (RFC 6454 section 7) or a
    `Referer` (RFC 9110 section 10.1.3) that is ours. A page can forge none of them; a request with none tells nothing.
    What the address of a page says of the visitor, such as that their draft had to go, counts only then: anybody can
    write a link.
    """
    headers, site = request.headers, f"{request.scheme}://{request.host}"
    if (fetch_site := headers.get("Sec-Fetch-Site")) is not None:
        return fetch_site == "same-origin"
    if (origin := headers.get("Origin")) is not None:
        return origin == site
    return headers.get("Referer", "").startswith(f"{site}/")


def token_problem() -> str:
    """Return what to say, in the visitor's language, when the token of a form does not count.

    That happens after a log-in or log-out in another tab too: so who would send it now is said.
    """
    if not ours_came():
        return gettext("Your browser sent no cookie of ours with this form. Please allow cookies for this site.")
    if current_user.is_authenticated:
        problem = N_("This page is older than your log-in. You are %(name)s now: sent again, it is from %(name)s.")
        return gettext(problem, name=current_user.name)
    return gettext("This page had been open for too long. Nobody is logged in. Nothing is lost: please send it again.")


def send_again(problem: str, number: str = "") -> str:
    """Return the page that says what went wrong and sends the fields of this request, passwords excepted, once more.

    `number` is the sentence that names the request, where the problem is ours.
    """
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in _SECRET | {"csrf_token"}]
    return render_template("once_more.html", fields=fields, problem=problem, number=number)


def _once_more() -> tuple[str, int] | None:
    """Return the page that sends the same form with a token; None where this one has a token that counts."""
    problem = N_("Your browser does not say which page sent this. Nothing is lost: please send it once more.")
    if "csrf_token" in request.form:
        try:
            validate_csrf(request.form["csrf_token"])
        except ValidationError:
            problem = token_problem()
        else:
            return None
    return send_again(problem), 422
