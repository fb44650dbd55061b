"""The shop: baked goods to look at, to search for and to order, and what the visitor's browser remembers of it."""

from flask import Flask

from webapp.i18n import N_
from webapp.sites import Site

from .basket import waiting
from .cookies import BASKET, PAUSE, RECENT, SEARCHES, SORT
from .drawing import draw
from .goods import GOODS
from .recent import recently_viewed
from .searches import have_searched
from .till import bp

__all__ = ["RECENT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the shop."""
    return Site(
        title=N_("Shop"),
        card=N_("Look at three cakes, come back: it picks for you."),
        makes=(RECENT.name,),
        picture="img/shop/kahk.svg",
        order=2,
        blueprints=(bp,),
        cookies=(SORT, RECENT, SEARCHES, PAUSE, BASKET),
        viewed=RECENT,
        recent=recently_viewed,
        waiting=waiting,
        benches={"search": have_searched},
        draw=lambda: {f"img/shop/{good.slug}.svg": draw(good).encode() for good in GOODS.values()},
    )
