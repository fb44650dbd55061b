"""The attacker: a page on another host that makes the visitor's browser send requests to the site."""

import secrets

from flask import Blueprint, Response, make_response, render_template, request

from webapp.address import site_url
from webapp.lab.ways import WAYS

bp = Blueprint("attacker", __name__)


@bp.get("/")
def attack() -> Response:
    """Show the bait: whatever stands here only aims at the site, and reads nothing of it."""
    nonce, site = secrets.token_urlsafe(16), site_url()
    page = render_template(
        "lab/cross/attacker.html",
        bench=request.args.get("bench", ""),
        ways=WAYS,
        target=f"{site}/lab/cross/arrive/",
        nonce=nonce,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; script-src 'nonce-{nonce}'; img-src data: {site}; frame-src {site}; "
        f"connect-src {site}; form-action {site}; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
