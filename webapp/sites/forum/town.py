"""The boards of the forum, in the order in which it shows them, and what the town has written there before you came."""

from webapp.i18n import N_

from .town_cookies import COOKIES
from .town_kinds import Board, SeedReply, SeedThread
from .town_kitchen import OVENS, SOURDOUGH
from .town_quay import MARKET, SWAP

__all__ = ["BOARDS", "THREADS", "Board", "SeedReply", "SeedThread"]

BOARDS: dict[str, Board] = {
    board.slug: board
    for board in (
        Board(
            slug="ovens",
            title=N_("Ovens and crumbs"),
            description=N_("Baking questions, and what to do with the tray that was not meant to look like that."),
            picture="img/forum/ovens.svg",
        ),
        Board(
            slug="sourdough",
            title=N_("Sourdough"),
            description=N_("Flour, water and patience: for people who own a jar that has to be fed."),
            picture="img/forum/sourdough.svg",
        ),
        Board(
            slug="market",
            title=N_("Market and ferry"),
            description=N_("What is on in town, what has moved, and whether the ferry runs."),
            picture="img/forum/market.svg",
        ),
        Board(
            slug="cookies",
            title=N_("Cookies, the other kind"),
            description=N_("The ones in your browser: what they do, how long they keep, who may read them."),
            picture="img/forum/cookies.svg",
        ),
        Board(
            slug="swap",
            title=N_("Give and take"),
            description=N_("Things to give away, to lend and to look for. No money, but a biscuit is welcome."),
            picture="img/forum/swap.svg",
        ),
    )
}

THREADS: tuple[SeedThread, ...] = (*OVENS, *SOURDOUGH, *MARKET, *COOKIES, *SWAP)
