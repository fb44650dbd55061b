"""The social site: what people post, and whether it still knows who comes back."""

from functools import partial

from flask import Flask, url_for

from webapp.i18n import N_
from webapp.security import SESSION
from webapp.sites import Site
from webapp.sites.portraits import portrait_of

from .acts import remove
from .beginning import fill
from .cookies import BEGUN, DRAFTS, LIKED, OLD_UNPOSTED, RECENT, UNPOSTED
from .recent import recently_viewed
from .tables import COMMENTS, POSTS
from .views import bp, way_to

__all__ = ["RECENT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the social site."""
    return Site(
        title=N_("Social"),
        card=N_("Log in, close the browser, come back: it knows you."),
        makes=(SESSION.name, "remember"),
        picture=portrait_of(3),
        order=1,
        blueprints=(bp,),
        cookies=(RECENT, LIKED, BEGUN, UNPOSTED, OLD_UNPOSTED),
        viewed=RECENT,
        recent=recently_viewed,
        people=lambda: url_for("social.index") + "@",
        waiting=lambda: DRAFTS.waiting(way_to),
        fill=fill,
        texts={POSTS: partial(remove, POSTS), COMMENTS: partial(remove, COMMENTS)},
    )
