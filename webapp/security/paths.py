"""Where a `next` parameter may lead."""

import re
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.cookies.direct import this_g, this_request

_NEVER = re.compile(r"[\x00-\x20\x7f\\]|%[01]", re.ASCII)


def safe_path(target: str | None, default: str | None = None) -> str:
    """Return `target` when it is a path on this very site, else `default`, else the first page.

    Browsers drop tabs and line breaks and read a backslash as a slash, so a target with any of them, plain or
    escaped, is refused before it is parsed.
    """
    if default is None:
        default = f"{this_request().script_root}/"
    if not target or len(target) > 2000 or _NEVER.search(target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return default
    return target


def own_path() -> str:
    """Return the path of this page as a link has it: below the one that the site stands under (WSGI's SCRIPT_NAME)."""
    request = this_request()
    return request.script_root + request.path


def here() -> str:
    """Return where to come back to after a detour from this page: its own path, or the `next` it was given."""
    known = this_g()
    if "here" not in known:  # a page has several links that ask
        known.here = _here()
    return known.here


def _here() -> str:
    request = this_request()
    try:
        given = request.values.get("next")
    except RequestEntityTooLarge:  # the page that says so has links too
        given = None
    if given is not None:
        return safe_path(given)
    # The page of a form that came back stands at the same address, where that can be opened at all.
    opens = request.method in ("GET", "HEAD") or current_app.create_url_adapter(request).test(method="GET")
    return safe_path(request.script_root + request.full_path.rstrip("?") if opens else None)
