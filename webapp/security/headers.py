"""The headers on every answer (OWASP ASVS 5.0 chapter 3, Mozilla's HTTP Observatory)."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import SecurityError

from webapp.address import is_trustworthy, location
from webapp.cookies.direct import this_app, this_g, this_request

from .who import this_user

_POLICY = (
    "default-src 'none'; {script}{frames}style-src 'self'; img-src 'self'{pictures}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'{forms}; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY.format(script="", frames="", pictures="", forms=""),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Elsewhere browsers ignore it, and say so in the console (HTML, section "Cross-origin opener policies").
_WHERE_TRUSTED = _ALWAYS | {"Cross-Origin-Opener-Policy": "same-origin"}


def init_app(app: Flask) -> None:
    """Fit the headers of every response of ours to it, and add `csp_nonce()` to the templates."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_add_headers)


def protect(app: Flask) -> None:
    """Put what an answer lacks of the headers on it, whoever gives it: files, `/healthz`, refusals, other parties."""
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            ours = _WHERE_TRUSTED if is_trustworthy(environ) else _ALWAYS
            lacking = [(name, value) for name, value in ours.items() if name.lower() not in given]
            return start_response(status, headers + lacking, *exc_info)

        return inner(environ, start)

    app.wsgi_app = answer


def csp_nonce() -> str:
    """Return the nonce of this response, made when a page first asks for it."""
    known = this_g()
    if "csp_nonce" not in known:
        known.csp_nonce = secrets.token_urlsafe(16)
    return known.csp_nonce


def allow_own_frames() -> None:
    """Let this page hold frames with pages of the site that allow it."""
    this_g().own_frames = True


def allow_forms_to(origin: str) -> None:
    """Let this page hold forms that are sent to another origin."""
    this_g().forms_to = origin


def allow_pictures_from(origins: Iterable[str]) -> None:
    """Let this page show pictures of other origins."""
    this_g().pictures_from = "".join(f" {origin}" for origin in origins)


def _add_headers(response: Response) -> Response:
    config, headers, noted, request = this_app().config, response.headers, this_g(), this_request()
    given = {name.lower() for name, _ in headers}
    script = f"script-src 'nonce-{noted.csp_nonce}'; " if "csp_nonce" in noted else ""
    frames = "frame-src 'self'; " if "own_frames" in noted else ""
    forms = f" {noted.forms_to}" if "forms_to" in noted else ""
    pictures = noted.get("pictures_from", "")
    if "content-security-policy" not in given and (script or frames or forms or pictures):
        policy = _POLICY.format(script=script, frames=frames, pictures=pictures, forms=forms)
        headers["Content-Security-Policy"] = policy
    # Not for this machine: on other ports of it other projects speak http. Nor for a host that is not ours.
    known = not isinstance(request.routing_exception, SecurityError)
    if config["SECURE"] and known and not location().is_loopback:
        below = "; includeSubDomains" * config["HSTS_SUBDOMAINS"]
        headers["Strict-Transport-Security"] = f"max-age=63072000{below}"
    if "cache-control" not in given:
        # A page depends on its cookies. no-store keeps Back after log-out from showing what was private.
        private = request.method not in ("GET", "HEAD") or response.status_code >= 400 or this_user().is_authenticated
        headers["Cache-Control"] = "no-store" if private else "private, no-cache"
    return response
