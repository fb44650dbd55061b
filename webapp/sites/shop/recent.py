"""What the visitor looked at in the shop."""

from functools import lru_cache

from flask import current_app, url_for

from webapp.cookies import current_jar
from webapp.cookies.direct import this_request
from webapp.house import Recent
from webapp.i18n import current_language, speaker
from webapp.sites import recents

from .cookies import RECENT
from .goods import GOODS


def recently_viewed() -> list[Recent]:
    """Return what this browser looked at, the newest first; a cookie for a good long gone is deleted."""
    cookie, language, root = current_jar().wire_name(RECENT), current_language(), this_request().script_root
    seen = recents.views(RECENT)
    recents.drop(RECENT, [slug for slug, _ in seen if slug not in GOODS])
    return [
        Recent(slug, *_shown(slug, language, root), cookie + slug, RECENT.codec.encode(at), at)
        for slug, at in seen
        if slug in GOODS
    ]


@lru_cache(maxsize=4096)
def _shown(slug: str, language: str, root: str) -> tuple[str, str, str]:
    """Return name, address and picture of a good, in a language and below the path that the site stands under."""
    picture = current_app.jinja_env.globals["asset"](f"img/shop/{slug}.svg")
    return speaker(language).gettext(GOODS[slug].name), url_for("shop.good", slug=slug), picture
