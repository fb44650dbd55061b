"""`/healthz`, for balancers: answered before Flask, so under any host, without cookies, session or database."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.wrappers import Response


def init_app(app: Flask) -> None:
    """Answer `/healthz` with `ok` as long as this process answers at all."""
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app
    healthy = Response("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/healthz" and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return healthy(environ, start_response)
        return inner(environ, start_response)

    app.wsgi_app = answer
