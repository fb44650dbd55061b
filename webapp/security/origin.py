"""Requests that another site made a browser send, and those that come from our own pages."""

from collections.abc import Callable

from flask import Flask, abort, current_app, request

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Refuse writing requests that come from another site; the forms ask for their token as well."""
    app.before_request(_refuse_cross_site)


def accepts_cross_site(view: Callable) -> Callable:
    """Mark a view that answers writing requests from anywhere, since it changes nothing that is a visitor's."""
    view.accepts_cross_site = True
    return view


def _refuse_cross_site() -> None:
    if request.method in _SAFE or hasattr(current_app.view_functions.get(request.endpoint), "accepts_cross_site"):
        return
    # Fetch Metadata where the browser sends it; scripts and pages can't forge it. Else the Origin (RFC 6454).
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            abort(403)
    elif (origin := request.headers.get("Origin")) and origin.partition("://")[2] != request.host:
        abort(403)


def same_origin() -> bool:
    """Tell whether the browser itself says that a page of ours sent this request.

    `Sec-Fetch-Site: same-origin` (W3C Fetch Metadata), or where there is none an `Origin` that is ours (RFC 6454
    section 7). A page can forge neither; a request with neither tells nothing.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.host}"
