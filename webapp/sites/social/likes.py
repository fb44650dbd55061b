"""Likes of whoever is not logged in: cookies of their own browser, each a post, until a log-in takes them over."""

from webapp import clock
from webapp.sites.recents import views

from .cookies import LIKED

# Some below the limit of the family, so that tabs that like at the same time don't push each other's out.
MOST = LIKED.limit - 10


class FullError(Exception):
    """The browser holds as many likes as cookies can be kept."""


def liked() -> set[int]:
    """Return which posts this browser says are liked."""
    return {int(key) for key, _ in views(LIKED)}


def like(post: int) -> None:
    """Let this browser remember that a post is liked; FullError when it holds `MOST` others."""
    others = liked() - {post}
    if len(others) >= MOST:
        raise FullError
    LIKED[str(post)].set(clock.now())


def unlike(post: int) -> None:
    """Let this browser forget that a post is liked."""
    LIKED[str(post)].delete()
