"""What the visitor looked at in the shop."""

from flask import current_app, url_for

from webapp.cookies import current_jar
from webapp.house import Recent
from webapp.i18n import current_language, speaker
from webapp.sites import recents

from .cookies import RECENT
from .goods import GOODS


def recently_viewed() -> list[Recent]:
    """Return what this browser looked at, the newest first; a cookie for a good long gone is deleted."""
    shop, pictures = url_for("shop.index"), current_app.jinja_env.globals["asset"]("img/shop/")
    cookie, speak = current_jar().wire_name(RECENT), speaker(current_language())
    seen = recents.views(RECENT)
    recents.drop(RECENT, [slug for slug, _ in seen if slug not in GOODS])
    return [
        Recent(
            id=slug,
            title=speak.gettext(GOODS[slug].name),
            url=shop + slug,
            picture=f"{pictures}{slug}.svg",
            cookie=cookie + slug,
            value=RECENT.codec.encode(at),
            at=at,
        )
        for slug, at in seen
        if slug in GOODS
    ]
