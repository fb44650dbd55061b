"""Recently viewed: one small cookie a good, so that tabs opened at the same time don't overwrite each other."""

from datetime import datetime, timedelta

from flask import current_app, url_for

from webapp import clock
from webapp.cookies import current_jar
from webapp.i18n import current_language, speaker
from webapp.sites import Recent

from .cookies import RECENT
from .goods import GOODS

_SECOND = timedelta(seconds=1)
_CLOCKS_APART = timedelta(minutes=5)  # servers behind one balancer never agree to the second


def note_view(slug: str) -> None:
    """Remember that the visitor looks at a good now.

    Cookies name whole seconds: a view within the second of the one before counts as a second later, and stays first.
    """
    before = (at for other, at in _seen() if other != slug)
    RECENT.add(slug, max([clock.now(), *(at + _SECOND for at in before)]))


def recently_viewed() -> list[Recent]:
    """Return what this browser looked at, the newest first."""
    shop, asset = url_for("shop.index"), current_app.jinja_env.globals["asset"]
    cookie, speak = current_jar().wire_name(RECENT), speaker(current_language())
    return [
        Recent(
            id=slug,
            title=speak.gettext(GOODS[slug].name),
            url=shop + slug,
            picture=asset(f"img/shop/{slug}.svg"),
            cookie=cookie + slug,
            value=RECENT.codec.encode(at),
            at=at,
        )
        for slug, at in _seen()
    ]


def _seen() -> list[tuple[str, datetime]]:
    """Return (slug, time), the newest first; a cookie that we never wrote, or for a good long gone, is deleted."""
    seen = []
    for slug, at in RECENT.items():
        if slug in GOODS and at <= clock.now() + _CLOCKS_APART:
            seen.append((slug, at))
        else:
            RECENT[slug].delete()
    return seen
