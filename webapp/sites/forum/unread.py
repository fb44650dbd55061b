"""What is new to this visitor: written since the visit before and not shown yet, on a board not marked as read."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Row

from webapp.cookies import current_jar, pair
from webapp.security import this_user
from webapp.sites import recents
from webapp.visits import SEEN, VISIT, current_visit

from .cookies import READ, RECENT

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_ALL = RECENT.codec.codec.most


class Read(NamedTuple):
    """How far a thread is read: what is new was written at `since` or later, and comes after the post `upto`."""

    since: datetime
    upto: int

    def is_new(self, post: int | None, at: datetime | None, author: int | None) -> bool:
        """Tell whether a post is new to the visitor; what they wrote themselves never is."""
        return post is not None and post > self.upto and at >= self.since and (not author or author != this_user().id)


class Memory:
    """What the cookies of this request say was read; at a first visit nothing is new."""

    def __init__(self) -> None:
        self._last = current_visit().last
        self._opened = {int(key): (at, upto) for key, at, upto in recents.views(RECENT)} if self._last else {}
        self._boards = dict(recents.views(READ)) if self._last else {}

    def read(self, board: str, thread: int, last_post: int) -> Read:
        """Return how far a thread is read: as it was shown; one that was not, until the visit before."""
        if not self._last:
            return Read(_EVER, _ALL)
        opened, upto = self._opened.get(thread, (_EVER, -1))
        if not 0 <= upto <= last_post:  # all was read by then, or the number is of a database that is gone
            opened, upto = max(opened, self._last), 0
        else:
            opened = _EVER
        return Read(recents.end_of(max(opened, self._boards.get(board, _EVER))), upto)

    def has_news(self, board: str, thread: Row) -> bool:
        """Tell whether something in a thread, as lists have it, is new."""
        read = self.read(board, thread.id, thread.last_post_id)
        return read.is_new(thread.others_id, thread.others_at, None)


def note_shown(thread: Row, posts: Sequence[Row]) -> None:
    """Remember how far a thread is read now that some of its posts are shown; what was skipped stays new."""
    first, upto = posts[0].first_new, thread.last_post_id
    if current_visit().last is None:  # nothing is new, but what was not shown is not read
        upto = max(
            [posts[-1].id, *(seen for key, _, seen in recents.views(RECENT) if key == str(thread.id) and seen <= upto)]
        )
    elif first:
        upto = posts[-1].id if posts[0].id <= first <= posts[-1].id else first - 1
    recents.note_view(RECENT, str(thread.id), upto)


def told_by(boards: Iterable[str], threads: Iterable[int]) -> list[str]:
    """Return the cookies that tell what is new on some boards and in some threads, as they came: `name=value`."""
    jar = current_jar()
    board, thread = jar.wire_name(READ), jar.wire_name(RECENT)
    names = {jar.wire_name(SEEN), jar.wire_name(VISIT)}
    names |= {board + slug for slug in boards} | {f"{thread}{id}" for id in threads}
    return [pair(name, value) for name, value in jar.received if name in names]
