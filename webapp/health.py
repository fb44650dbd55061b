"""For balancers, answered before Flask: under any host, without cookies or session.

`/healthz` tells that this process answers at all, `/readyz` that its database does too, with the newest schema.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.wrappers import Response

from webapp.database.migrate import is_ready


def init_app(app: Flask) -> None:
    """Answer `/healthz` with `ok`, and `/readyz` likewise or with 503."""
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path not in ("/healthz", "/readyz") or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return inner(environ, start_response)
        well = path == "/healthz" or is_ready(app)
        text, status = ("ok\n", 200) if well else ("the database is not ready\n", 503)
        headers = {"Cache-Control": "no-store"}
        return Response(text, status, headers, content_type="text/plain; charset=utf-8")(environ, start_response)

    app.wsgi_app = answer
