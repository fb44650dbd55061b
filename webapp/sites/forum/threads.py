"""Reading the forum: boards, threads, posts, search. Pages follow keys, so page 1000 costs what the first costs."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, repeat

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, func, or_, select, tuple_, union_all

from webapp.database import Moment, reading
from webapp.database.ids import LARGEST_ID
from webapp.database.question import Question
from webapp.i18n import gettext
from webapp.security import this_user
from webapp.sites.people import USERS
from webapp.sites.written import shown

from . import index
from .cookies import RECENT
from .tables import FORUM_POSTS, THREADS
from .town import BOARDS
from .unread import Read

A_BOARD_PAGE = 25
A_THREAD_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KEY = re.compile(r"(?:([0-9]{1,17})\.)?([1-9][0-9]{0,9})", re.ASCII)

_LAST, _OTHERS = FORUM_POSTS.alias("last_posts"), FORUM_POSTS.alias("others_posts")
_LAST_AUTHORS = USERS.alias("last_authors")


def _by_others(posts: FromClause) -> ColumnElement[bool]:
    """Return the condition that the visitor did not write a post; one of a closed account is nobody's."""
    return or_(posts.c.author_id.is_(None), posts.c.author_id != bindparam("me"))


# The last post that is not the visitor's own: it tells whether something in the thread is new.
_LAST_OF_OTHERS = _OTHERS.c.id == (
    select(FORUM_POSTS.c.id)
    .where(FORUM_POSTS.c.thread_id == THREADS.c.id, _by_others(FORUM_POSTS))
    .order_by(FORUM_POSTS.c.id.desc())
    .limit(1)
    .correlate(THREADS)
    .scalar_subquery()
)
_NEWS = (THREADS.c.last_post_id, _OTHERS.c.id.label("others_id"), _OTHERS.c.created_at.label("others_at"))


def title_of(title: str, ours: bool) -> str:
    """Return the title of a thread as it is read."""
    return shown(title, ours) if title else gettext("A thread that was taken down")


def _newest(slug: str) -> Select:
    some = (
        select(THREADS.c.board, THREADS.c.id, THREADS.c.title, THREADS.c.ours, THREADS.c.last_post_at, *_NEWS)
        .outerjoin_from(THREADS, _OTHERS, _LAST_OF_OTHERS)
        .where(THREADS.c.board == slug)
        .order_by(THREADS.c.last_post_at.desc(), THREADS.c.id.desc())
        .limit(bindparam("number"))
    )
    return select(some.subquery(f"newest_{slug}"))


_NEWEST = union_all(*map(_newest, BOARDS))


def newest(number: int) -> dict[str, list[Row]]:
    """Return by board its threads with the latest activity, at most `number` each, the latest first."""
    found: dict[str, list[Row]] = {slug: [] for slug in BOARDS}
    for row in reading().execute(_NEWEST, {"number": number, "me": _me()}):
        found[row.board].append(row)
    return found


_LISTED = (
    select(
        *THREADS.c["id", "title", "ours", "created_at", "replies", "last_post_at", "author_id"],
        USERS.c.name.label("author"),
        _LAST_AUTHORS.c.name.label("last_author"),
        *_NEWS,
    )
    .join_from(THREADS, _LAST, _LAST.c.id == THREADS.c.last_post_id)
    .outerjoin(_OTHERS, _LAST_OF_OTHERS)
    .outerjoin(USERS, USERS.c.id == THREADS.c.author_id)
    .outerjoin(_LAST_AUTHORS, _LAST_AUTHORS.c.id == _LAST.c.author_id)
    .where(THREADS.c.board == bindparam("board"))
    .limit(A_BOARD_PAGE + 1)
)
_BY_ACTIVITY = _LISTED.order_by(THREADS.c.last_post_at.desc(), THREADS.c.id.desc())
_BY_AGE = _LISTED.order_by(THREADS.c.id.desc())
_ON_BOARD = {
    ("active", False): _BY_ACTIVITY,
    ("active", True): _BY_ACTIVITY.where(
        tuple_(THREADS.c.last_post_at, THREADS.c.id) < tuple_(bindparam("at", type_=Moment), bindparam("id"))
    ),
    ("new", False): _BY_AGE,
    ("new", True): _BY_AGE.where(THREADS.c.id < bindparam("id")),
}


def on_board(board: str, order: str, before: str | None) -> tuple[Sequence[Row], str | None]:
    """Return a page of a board's threads in the order "active" or "new", and the key of the next one, None at the end.

    `before` is a key that was returned for the same order; ValueError for any other.
    """
    key = {}
    if before is not None:
        shape = _KEY.fullmatch(before)
        if not shape or int(shape[2]) > LARGEST_ID or (shape[1] is not None) != (order == "active"):
            raise ValueError(f"{before[:40]!r} is no place on a board")
        key = {"id": int(shape[2])} | ({"at": _EPOCH + int(shape[1]) * _MICROSECOND} if shape[1] else {})
    statement = _ON_BOARD[order, bool(key)]
    rows = reading().execute(statement, {"board": board, "me": _me(), **key}).all()
    if len(rows) <= A_BOARD_PAGE:
        return rows, None
    last = rows[A_BOARD_PAGE - 1]
    moment = f"{(last.last_post_at - _EPOCH) // _MICROSECOND}." if order == "active" else ""
    return rows[:A_BOARD_PAGE], f"{moment}{last.id}"


# Those that a visitor opened, and the one that is shown: never more, so that the statement is always the same.
_IDS = [f"id{number}" for number in range(RECENT.limit + 1)]
_some = Question(
    select(*THREADS.c["id", "board", "title", "ours", "replies", "first_post_id", "last_post_id"]).where(
        THREADS.c.id.in_([bindparam(name) for name in _IDS])
    )
)


def find(ids: Iterable[int]) -> dict[int, Row]:
    """Return threads by their ids, the first so many as a visitor opened and one more; what is none is missing."""
    return {row.id: row for row in _some(**dict(zip(_IDS, chain(ids, repeat(0)), strict=False)))}


_POST = (
    *FORUM_POSTS.c["id", "text", "ours", "created_at", "edited_at", "removed_at", "removed_why", "author_id"],
    USERS.c.name.label("author"),
)
_FIRST_NEW = select(func.min(FORUM_POSTS.c.id)).where(
    FORUM_POSTS.c.thread_id == bindparam("thread"),
    FORUM_POSTS.c.id > bindparam("upto"),
    FORUM_POSTS.c.created_at >= bindparam("since", type_=Moment),
    _by_others(FORUM_POSTS),
)
_PAGE = (
    select(*_POST, _FIRST_NEW.correlate(None).scalar_subquery().label("first_new"))
    .outerjoin(USERS, USERS.c.id == FORUM_POSTS.c.author_id)
    .where(FORUM_POSTS.c.thread_id == bindparam("thread"))
    .limit(A_THREAD_PAGE)
)
_after = Question(_PAGE.where(FORUM_POSTS.c.id > bindparam("id")).order_by(FORUM_POSTS.c.id))
_before = Question(_PAGE.where(FORUM_POSTS.c.id < bindparam("id")).order_by(FORUM_POSTS.c.id.desc()))
_ONE = (
    select(
        *_POST, FORUM_POSTS.c.thread_id, THREADS.c.board, THREADS.c.title, THREADS.c.replies, THREADS.c.first_post_id
    )
    .join(THREADS, THREADS.c.id == FORUM_POSTS.c.thread_id)
    .outerjoin(USERS, USERS.c.id == FORUM_POSTS.c.author_id)
    .where(FORUM_POSTS.c.id == bindparam("id"))
)


def posts_after(thread: int, id: int, read: Read) -> Sequence[Row]:
    """Return a page of the posts that follow a post, from old to new; those after 0 begin the thread.

    Each says which post is the first of the thread that is new to the visitor (`first_new`), by how far it is read.
    """
    return _after(thread=thread, id=id, me=_me(), **read._asdict())


def posts_before(thread: int, id: int, read: Read) -> Sequence[Row]:
    """Return a page of the posts that come right before a post, else as `posts_after` does."""
    return _before(thread=thread, id=id, me=_me(), **read._asdict())[::-1]


def first_new(thread: int, read: Read) -> int | None:
    """Return the first post of a thread that is new to the visitor, by how far it is read; None where none is."""
    return reading().scalar(_FIRST_NEW, {"thread": thread, "me": _me(), **read._asdict()})


def _me() -> int:
    return this_user().id or 0


def find_post(id: int) -> Row | None:
    """Return a post with its thread, None when there is none."""
    return reading().execute(_ONE, {"id": id}).one_or_none()


@cache
def _searching(dialect: str) -> Select:
    words, id, matches = index.matching(dialect)
    return (
        select(
            *(*_POST, FORUM_POSTS.c.thread_id),
            *(THREADS.c.board, THREADS.c.title, THREADS.c.ours.label("title_ours"), THREADS.c.replies),
        )
        .select_from(words)
        .join(FORUM_POSTS, FORUM_POSTS.c.id == id)
        .join(THREADS, THREADS.c.id == FORUM_POSTS.c.thread_id)
        .outerjoin(USERS, USERS.c.id == FORUM_POSTS.c.author_id)
        .where(matches, id < bindparam("before"))
        .order_by(id.desc())
        .limit(A_THREAD_PAGE + 1)
    )


def search(wanted: list[index.Wanted], before: int) -> tuple[Sequence[Row], int | None]:
    """Return a page of posts that have every word, the newest first, and where the next page begins.

    Without words nothing is found.
    """
    if not wanted:
        return [], None
    dialect = reading().dialect.name
    rows = reading().execute(_searching(dialect), {"query": index.query(dialect, wanted), "before": before}).all()
    return rows[:A_THREAD_PAGE], rows[A_THREAD_PAGE - 1].id if len(rows) > A_THREAD_PAGE else None
