"""What is new to this visitor: since the visit before, and since a thread was opened or its board marked as read."""

from collections.abc import Iterable
from datetime import datetime

from flask_login import current_user

from webapp.cookies import current_jar, pair
from webapp.sites import recents
from webapp.visits import SEEN, VISIT, current_visit

from .cookies import READ, RECENT


class Memory:
    """What the cookies of this request say was read; at a first visit nothing is new."""

    def __init__(self) -> None:
        self._last = current_visit().last
        self._opened = dict(recents.views(RECENT)) if self._last else {}
        self._boards = dict(recents.views(READ)) if self._last else {}

    def since(self, board: str, thread: int) -> datetime | None:
        """Return until when a thread was read, None at a first visit."""
        if not self._last:
            return None
        moments = (self._last, self._opened.get(str(thread)), self._boards.get(board))
        return max(moment for moment in moments if moment)

    def is_new(self, board: str, thread: int, at: datetime, author: int | None) -> bool:
        """Tell whether what somebody wrote in a thread is new to the visitor; what they wrote themselves never is."""
        since = self.since(board, thread)
        return since is not None and recents.is_later(at, since) and (author is None or author != current_user.id)


def told_by(boards: Iterable[str], threads: Iterable[int]) -> list[str]:
    """Return the cookies that tell what is new on some boards and in some threads, as they came: `name=value`."""
    jar = current_jar()
    board, thread = jar.wire_name(READ), jar.wire_name(RECENT)
    names = {jar.wire_name(SEEN), jar.wire_name(VISIT)}
    names |= {board + slug for slug in boards} | {f"{thread}{id}" for id in threads}
    return [pair(name, value) for name, value in jar.received if name in names]
