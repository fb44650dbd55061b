"""The forum: boards, threads and answers, what is new in them, and drafts that outlive a closed tab."""

from flask import Flask

from webapp.i18n import N_, gettext
from webapp.sites import Site

from .cookies import BEGUN, DRAFT, DRAFTS, OLD_DRAFT, READ, RECENT, SORT
from .filling import fill
from .pictures import draw
from .posting import take_down
from .recent import recently_viewed
from .tables import FORUM_POSTS
from .town import BOARDS
from .views import bp, way_to

__all__ = ["DRAFT", "READ", "RECENT", "SORT", "init_app"]


def init_app(app: Flask) -> Site:
    """Hand over the forum."""
    posting = app.config["POSTING"]
    return Site(
        title=N_("Forum"),
        card=N_("Begin to write, close the tab, come back: it is still there.")
        if posting
        else N_("Read, go away, come back: you see what is new."),
        makes=(DRAFT.name if posting else RECENT.name,),
        picture=BOARDS["cookies"].picture,
        order=3,
        blueprints=(bp,),
        cookies=(SORT, RECENT, READ, BEGUN, DRAFT, OLD_DRAFT),
        viewed=RECENT,
        recent=recently_viewed,
        waiting=lambda: DRAFTS.waiting(way_to),
        benches={"draft": _begin_draft},
        draw=lambda: {board.picture: draw(slug).encode() for slug, board in BOARDS.items()},
        fill=fill,
        texts={FORUM_POSTS: take_down},
    )


def _begin_draft() -> None:
    """Let a new thread on the board “Sourdough” be begun, as a lesson needs it."""
    text = gettext("A jar that climbs"), gettext("Mine was at the top of the cupboard this morning.")
    DRAFTS.begin("n-sourdough", "\n".join(text))
