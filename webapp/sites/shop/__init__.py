"""The shop: baked goods to look at, to search for and to order, and what the visitor's browser remembers of it."""

from flask import Flask

from webapp.i18n import N_
from webapp.sites import Site

from .cookies import BASKET, PAUSE, RECENT, SEARCHES, SORT
from .drawing import draw
from .goods import GOODS
from .recent import recently_viewed
from .till import bp

__all__ = ["RECENT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the shop."""
    return Site(
        title=N_("Shop"),
        card=N_("Bread, cakes and biscuits from Port Barley. Your browser remembers what you look at."),
        order=2,
        blueprints=(bp,),
        cookies=(SORT, RECENT, SEARCHES, PAUSE, BASKET),
        viewed=RECENT,
        recent=recently_viewed,
        draw=lambda: {f"img/shop/{good.slug}.svg": draw(good).encode() for good in GOODS.values()},
    )
