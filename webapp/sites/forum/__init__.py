"""The forum: boards, threads and answers, what is new in them, and drafts that outlive a closed tab."""

from flask import Flask

from webapp.i18n import N_
from webapp.sites import Site

from .cookies import BEGUN, DRAFT, OLD_DRAFT, READ, RECENT, SORT
from .filling import fill
from .pictures import draw
from .recent import recently_viewed
from .town import BOARDS
from .views import bp

__all__ = ["DRAFT", "READ", "RECENT", "SORT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the forum."""
    return Site(
        title=N_("Forum"),
        card=N_("Questions and answers from the whole town. You see what is new since your last visit."),
        order=3,
        blueprints=(bp,),
        cookies=(SORT, RECENT, READ, BEGUN, DRAFT, OLD_DRAFT),
        viewed=RECENT,
        recent=recently_viewed,
        draw=lambda: {board.picture: draw(slug).encode() for slug, board in BOARDS.items()},
        fill=fill,
    )
