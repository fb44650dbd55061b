"""A trial: a request of the visitor, answered as if their browser had sent other cookies; nothing of it is kept."""

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, has_request_context, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from webapp.cookies.direct import this_request

_KEY = "crumb.trial"
_NOT_PASSED_ON = {"cookie", "accept-encoding", "content-length", "content-type", "host", "if-none-match", "range"}
_MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Trial:
    """What a trial changes: the cookie's name, and what its page says of itself, a text to be translated."""

    name: str
    says: str


def under_way() -> Trial | None:
    """Return the trial that this request is, None for a real one: what it writes is never committed or recorded."""
    return this_request().environ.get(_KEY) if has_request_context() else None


def answer_within(environ: dict[str, Any]) -> Response:
    """Return the site's answer to a request that is made inside this one."""
    with current_app.app_context():  # else the request within would find the `g` of this one
        return Response(*run_wsgi_app(current_app.wsgi_app, environ, buffered=True))


def run(trial: Trial, page: str, cookies: str) -> Response:
    """Return the answer to a GET of `page`, a path, with that Cookie header: redirects followed, no cookie set."""
    headers = [(name, value) for name, value in request.headers if name.lower() not in _NOT_PASSED_ON]
    for _ in range(_MOST_REDIRECTS):
        builder = EnvironBuilder(page, request.host_url, headers=[*headers, ("Cookie", cookies)])
        environ = {**builder.get_environ(), _KEY: trial}
        answer = answer_within(environ)
        if not 300 <= answer.status_code < 400:
            break
        page = answer.headers["Location"]
    for name in ("Set-Cookie", "Clear-Site-Data"):
        answer.headers.remove(name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
