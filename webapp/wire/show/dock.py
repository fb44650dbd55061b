"""The dock: the exchange of a page, and the redirects that led to it, shown within the page."""

from flask import current_app, render_template

from webapp.cookies import registry
from webapp.wire.record.exchange import Exchange
from webapp.wire.record.recorder import latest

from . import explain
from .source import excerpt


def dock(exchange: Exchange, hides: bool) -> str:
    """Return the dock of a page, with a button that `hides` it or without."""
    return render_template(
        "wire/dock.html",
        exchanges=[*_redirects_before(exchange, latest(3)), exchange],
        find=registry().find,
        explain=explain,
        hides=hides,
        excerpt=excerpt,
        plain_http=not current_app.config["SECURE"],
    )


def _redirects_before(exchange: Exchange, earlier: list[Exchange]) -> list[Exchange]:
    """Return the redirects that led to this exchange, oldest first; `earlier` is the newest first."""
    chain: list[Exchange] = []
    for before in earlier:
        if not before.leads_to(chain[0] if chain else exchange):
            break
        chain.insert(0, before)
    return chain
