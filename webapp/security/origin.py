"""Requests that another site made a browser send."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Refuse writing requests that come from another site; the forms ask for their token as well."""
    app.before_request(_refuse_cross_site)


def _refuse_cross_site() -> None:
    if request.method in _SAFE:
        return
    # Fetch Metadata where the browser sends it; scripts and pages can't forge it. Else the Origin (RFC 6454).
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            abort(403)
    elif (origin := request.headers.get("Origin")) and urlsplit(origin).netloc != request.host:
        abort(403)
