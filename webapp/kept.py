"""A browser that keeps no cookie: the redirect after its first form tells the next page, which sees that none came.

A page that leads on passes it on, and a form that needs cookies asks for itself once more before it does anything.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, redirect, session
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as Redirect

from webapp.cookies import current_jar, ours_came
from webapp.cookies.direct import this_g, this_request
from webapp.house import Feature
from webapp.security import same_origin
from webapp.wire.record.exchange import SetCookie

_MARK = "cookies=set"


def init_app(app: Flask) -> Feature:
    """Let the page after a first form say so where the browser kept nothing of the answer."""
    app.after_request(_tell)
    return Feature(name="kept", above=_said)


def no_proof() -> None:
    """Say of this form that browsers may refuse what it sets: that none of it comes back proves nothing."""
    this_g().no_proof = True


def ask_again() -> Redirect | None:
    """Have a form that came without a session sent once more, after an answer that sets one; None for any other.

    Where none comes then either, the page says so: other cookies may be another program's, whatever their names are.
    """
    request = this_request()
    if session.came_as:
        return None
    if _MARK in request.query_string.decode("latin-1"):
        this_g().kept_none = True
        return None
    generate_csrf()  # it sets `session`
    return redirect(f"{request.script_root}{request.path}?{_MARK}", 307)


def _tell(response: Response) -> Response:
    request = this_request()
    if (request.method == "POST" or _is_proof()) and response.status_code == 303:
        to = urlsplit(response.location)
        query = [part for part in to.query.split("&") if part not in ("", _MARK)]
        if not ours_came() and "no_proof" not in this_g() and (_is_proof() or _sets()):
            query.insert(0, _MARK)
        response.location = to._replace(query="&".join(query)).geturl()
    return response


def _sets() -> bool:
    jar = current_jar()
    written = any(write.text is not None for write in jar.writes.values())
    return written or not all(SetCookie(*line).deletes for line in jar.lines)


def _is_proof() -> bool:
    request = this_request()
    # Whoever comes from a page of ours: a link elsewhere can't have it said.
    return request.args.get("cookies") == "set" and not ours_came() and same_origin()


def _said() -> str:
    return "kept.html" if "kept_none" in this_g() or _is_proof() else ""
