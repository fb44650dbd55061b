"""The social site: what people post, and whether it still knows who comes back."""

from flask import Flask, url_for

from webapp.i18n import N_
from webapp.sites import Site

from .beginning import fill
from .cookies import BEGUN, LIKES, OLD_UNPOSTED, RECENT, UNPOSTED
from .recent import recently_viewed
from .views import bp

__all__ = ["RECENT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the social site."""
    return Site(
        title=N_("Social"),
        card=N_("What the people of Port Barley post. Leave without logging out, come back, and it knows you."),
        order=1,
        blueprints=(bp,),
        cookies=(RECENT, LIKES, BEGUN, UNPOSTED, OLD_UNPOSTED),
        viewed=RECENT,
        recent=recently_viewed,
        people=lambda: url_for("social.index") + "@",
        fill=fill,
    )
