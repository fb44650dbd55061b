"""What the pages show. Each list is read from an index by id, so it costs the same however many posts there are."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Alias, FromClause, Row, Select, bindparam, func, literal_column, select, true

from webapp.database import Moment, reading
from webapp.i18n import current_language, speaker
from webapp.security import this_user
from webapp.sites.people import USERS
from webapp.sites.portraits import portrait_of
from webapp.sites.recents import end_of
from webapp.sites.written import TRACES, may_change, may_take_down, shown
from webapp.visits import current_visit

from .likes import liked
from .tables import COMMENTS, FOLLOWS, LIKES, POSTS

A_PAGE = 20  # posts
A_THREAD_PAGE = 50  # comments


class Card(NamedTuple):
    """A post or comment as a list shows it; a closed account leaves no `author`.

    `trace` says why the text is gone, to be translated. Only a post has counters, and may be `liked` by the visitor: by
    their account, or else by a cookie, which counts for them alone.
    """

    id: int
    author: str | None
    portrait: str | None
    text: str
    at: datetime
    edited: bool
    trace: str | None
    removed_at: datetime | None
    new: bool
    changeable: bool
    removable: bool
    likes: int = 0
    comments: int = 0
    liked: bool = False


class Person(NamedTuple):
    """Whose page it is; `followed` tells whether the visitor follows them."""

    id: int
    name: str
    demo: bool
    since: datetime
    followed: bool


_WRITTEN = ("id", "text", "ours", "created_at", "edited_at", "removed_at", "removed_why", "author_id")
_POST = (
    USERS.c.name,
    *POSTS.c[*_WRITTEN, "likes", "comments"],
    LIKES.c.user_id.is_not(None).label("liked"),
)
_BEFORE = POSTS.c.id < bindparam("before")
_NEWEST_FIRST = select(*_POST).order_by(POSTS.c.id.desc()).limit(A_PAGE + 1)


def _whole(posts: FromClause) -> FromClause:
    """Return posts with their authors, and with the visitor's own like where there is one."""
    mine = (LIKES.c.post_id == POSTS.c.id) & (LIKES.c.user_id == bindparam("me"))
    return posts.outerjoin(USERS, USERS.c.id == POSTS.c.author_id).outerjoin(LIKES, mine)


_EVERYBODY = _NEWEST_FIRST.select_from(_whole(POSTS)).where(_BEFORE)

# Of each person no more than a page can show, all from one index. SQLite searches from their 21st newest post on;
# PostgreSQL would not see how few that are, and takes one person after the other.
_THEIRS, _EARLIER = POSTS.alias("theirs"), POSTS.alias("earlier")


def _newest(posts: Alias) -> Select:
    its_author = (posts.c.author_id == FOLLOWS.c.followed_id) & (posts.c.id < bindparam("before"))
    return select(posts.c.id).where(its_author).order_by(posts.c.id.desc())


_OLDEST = func.coalesce(_newest(_EARLIER).offset(A_PAGE).limit(1).scalar_subquery(), 0)
_EACH = {
    "sqlite": _newest(_THEIRS).where(_THEIRS.c.id >= _OLDEST),
    "postgresql": select(newest := _newest(_THEIRS).limit(A_PAGE + 1).lateral("newest"))
    .join_from(FOLLOWS, newest, true())
    .order_by(newest.c.id.desc()),
}
_OF_FOLLOWED = {
    dialect: _NEWEST_FIRST.select_from(_whole(POSTS)).where(
        POSTS.c.id.in_(each.where(FOLLOWS.c.follower_id == bindparam("me")).limit(A_PAGE + 1))
    )
    for dialect, each in _EACH.items()
}

_BELOW = (
    select(USERS.c.name, *COMMENTS.c[_WRITTEN])
    .outerjoin_from(COMMENTS, USERS, USERS.c.id == COMMENTS.c.author_id)
    .where(COMMENTS.c.post_id == bindparam("post"), COMMENTS.c.id > bindparam("after"))
    .order_by(COMMENTS.c.id)
    .limit(A_THREAD_PAGE + 1)
    .subquery("below")
)
_THREAD = (
    select(*_POST, *_BELOW.c)
    .select_from(_whole(POSTS).outerjoin(_BELOW, true()))
    .where(POSTS.c.id == bindparam("post"))
    .order_by(_BELOW.c.id)
)

_WHO = USERS.alias("who")
_OF_ONE = (
    _NEWEST_FIRST.select_from(_whole(POSTS))
    .where(POSTS.c.author_id == select(_WHO.c.id).where(_WHO.c.key == bindparam("key")).scalar_subquery(), _BEFORE)
    .subquery("of_one")
)
_PERSON = (
    select(
        _WHO.c.id,
        _WHO.c.name,
        _WHO.c.demo,
        literal_column("who.created_at", Moment()),
        FOLLOWS.c.followed_id.is_not(None),
        *_OF_ONE.c,
    )
    .select_from(
        _WHO.outerjoin(
            FOLLOWS, (FOLLOWS.c.followed_id == _WHO.c.id) & (FOLLOWS.c.follower_id == bindparam("me"))
        ).outerjoin(_OF_ONE, true())
    )
    .where(_WHO.c.key == bindparam("key"))
    .order_by(_OF_ONE.c.id.desc())
)


def everybody(before: int) -> tuple[list[Card], int | None]:
    """Return one page of all posts older than an id, the newest first, and the `before` of the page after it."""
    return _page(reading().execute(_EVERYBODY, {"before": before, "me": this_user().id}))


def of_followed(before: int) -> tuple[list[Card], int | None]:
    """Return the same, of the people whom the visitor follows."""
    return _page(reading().execute(_OF_FOLLOWED[reading().dialect.name], {"before": before, "me": this_user().id}))


def person(key: str, before: int) -> tuple[Person, list[Card], int | None] | None:
    """Return somebody with one page of their posts; None when nobody has this name."""
    rows = reading().execute(_PERSON, {"key": key, "before": before, "me": this_user().id}).all()
    if not rows:
        return None
    who = Person(*rows[0][:5])
    return who, *_page(row[5:] for row in rows if row[6] is not None)


def thread(post: int, after: int) -> tuple[Card, list[Card], int | None] | None:
    """Return a post, its comments newer than an id from old to new, and the `after` of the page after it."""
    rows = reading().execute(_THREAD, {"post": post, "after": after, "me": this_user().id}).all()
    if not rows:
        return None
    width = len(_POST)
    below = [row[width:] for row in rows if row[width + 1] is not None]
    remarks = list(_cards(below[:A_THREAD_PAGE]))
    further = remarks[-1].id if len(below) > A_THREAD_PAGE else None
    return next(_cards([rows[0][:width]])), remarks, further


def _page(rows: Iterable[Row]) -> tuple[list[Card], int | None]:
    cards = list(_cards(rows))
    return cards[:A_PAGE], cards[A_PAGE - 1].id if len(cards) > A_PAGE else None


def _cards(rows: Iterable[Row]) -> Iterator[Card]:
    last, me = current_visit().last, this_user()
    by_cookie = set() if me.is_authenticated else liked()
    translate = speaker(current_language()).gettext
    for name, id, text, ours, at, edited_at, removed_at, why, author_id, *counted in rows:
        if counted and id in by_cookie:
            likes, comments, _ = counted
            counted = [likes + 1, comments, True]
        yield Card(
            id,
            name,
            portrait_of(author_id),
            "" if removed_at else shown(text, ours, translate),
            at,
            edited_at is not None,
            TRACES[why] if removed_at else None,
            removed_at,
            last is not None and at >= end_of(last) and author_id != me.id,
            may_change(me, author_id, removed_at),
            may_take_down(me, author_id, removed_at),
            *counted,
        )
