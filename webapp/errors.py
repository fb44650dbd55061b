"""Error pages, in the visitor's language and theme."""

import logging
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from markupsafe import Markup
from sqlalchemy.exc import OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
    ServiceUnavailable,
)

from webapp.address import site_url
from webapp.database.migrate import first_line, is_ready
from webapp.i18n import N_, in_every_language
from webapp.logs import NUMBER, numbered, request_number
from webapp.security import RESTS, send_again
from webapp.settings import wrong_address

_TEXTS = {
    400: (N_("That request made no sense to us"), N_("Something in it was cut off or mixed up. Please try again.")),
    401: (N_("Please log in first"), N_("This page is for people with an account.")),
    403: (
        N_("This request came from another site"),
        N_("To protect you, what changes something here only counts when it comes from Crumb's own pages."),
    ),
    404: (N_("There is no such page"), N_("The address may be mistyped, or what was here has been taken down.")),
    405: (N_("This address can't be used that way"), N_("It exists, but not for this kind of request.")),
    413: (N_("That was too much at once"), N_("What you sent is larger than we accept. Please shorten it.")),
    415: (N_("We can't read that format"), N_("Please send the form as the page offers it.")),
    429: (N_("Please wait a moment"), N_("That was tried too often in a short time.")),
    431: (
        N_("That was more than we read"),
        N_("Address and cookies had more than 1 MB. Please shorten the address, or delete the cookies of this site."),
    ),
    500: (N_("That was our mistake"), N_("It has been written down. Please try again in a moment.")),
    503: (N_("We can't save anything right now"), N_("Our database is resting. Please try again in a minute.")),
}
# For whom no page of the site is: nobody knows the language, and no cookie is read.
_BARE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body>
<h1>{title}</h1>
{text}</body></html>
""")
_ELSEWHERE = N_("Cookies belong to a host name, and this one is not Crumb's: %(url)s")
_CURE = N_(
    "Do you run this Crumb, and are people to find it here? Then start it with %(setting)s, or with http: where the "
    "address begins so. A forwarded port of an online editor needs that too."
)
_LONGEST_HOST = 253  # RFC 1035 section 2.3.4, without the root
_PLAIN = "/!$&'()*+,:;=@"  # stand in a path as they are (RFC 3986 section 3.3)
_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer every error with a page; an address with a slash too many leads to the one without."""
    app.jinja_env.globals["numbered"] = numbered
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(SQLAlchemyError, _database_down)
    app.wsgi_app = _refused(app.wsgi_app)


def _database_down(error: SQLAlchemyError) -> Response:
    # Where the database is down or not ready, that is told in one line a request; else the mistake is ours.
    told = isinstance(error, OperationalError | TimeoutError) or not is_ready(current_app)
    _log.error("the database does not answer: %s", first_line(error), exc_info=None if told else error)
    return _page(ServiceUnavailable(retry_after=60))


def _missing(error: NotFound) -> Response:
    # Werkzeug adds a slash that is missing, but takes away none. By 308 a form keeps its fields. Two slashes would name
    # another host to a browser, and dots lead it elsewhere.
    path = request.path.rstrip("/")
    spelled = (
        error is request.routing_exception and request.path == f"{path}/" and not re.search(r"//|/\.\.?(/|$)", path)
    )
    if spelled and current_app.create_url_adapter(request).allowed_methods(path):
        query = request.query_string.decode("latin-1")
        return redirect(request.script_root + quote(path, safe=_PLAIN) + (query and f"?{query}"), 308)
    return _page(error)


def _page(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # an unknown Host: no page of the site answers under it
        return _wrong_host()
    if isinstance(error, InternalServerError):
        error.code = 500
    code = error.code or 500
    title, text = _TEXTS.get(code, _TEXTS[400 if code < 500 else 500])
    if code == 503 and _wrote():
        page = send_again(RESTS, numbered())
    else:
        page = render_template("error.html", code=code, title=title, text=text)
    response = make_response(page, code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _wrote() -> bool:
    """Tell whether the request has a form, whose fields must not be lost."""
    try:
        return request.method == "POST" and bool(request.form)
    except RequestEntityTooLarge:
        return False


def _wrong_host() -> Response:
    # A page of the site would read cookies and build links for a host that is not ours.
    page = in_every_language(_ELSEWHERE, url=Markup('<a href="{0}">{0}</a>').format(site_url()))
    asked = request.headers.get("Host", "")
    if len(asked) <= _LONGEST_HOST and asked.isascii() and not wrong_address(f"https://{asked}"):
        page += in_every_language(_CURE, setting=Markup("<code dir='ltr'>CRUMB_URL=https://{}</code>").format(asked))
    page += in_every_language(NUMBER, number=request_number())
    return Response(_BARE.format(title="Crumb lives elsewhere", text=page), 400)


def _refused(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Answer what the server itself refuses (see `Refusal` in serve.py): what is no request, or far too large."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        code = environ.get("crumb.refused")
        if code is None:
            return app(environ, start_response)
        title, text = _TEXTS.get(code, _TEXTS[400])
        page = in_every_language(text) + in_every_language(NUMBER, number=request_number(environ))
        return Response(_BARE.format(title=title, text=page), code)(environ, start_response)

    return answer
