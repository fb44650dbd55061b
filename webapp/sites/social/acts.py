"""What people do: post, comment, like, follow, edit. Each is one transaction; twice changes nothing more than once."""

import logging
from typing import Any

from flask import url_for
from flask_login import current_user, user_logged_in
from sqlalchemy import Connection, Row, Table, delete, exists, insert, literal, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from webapp import clock
from webapp.database import reading, writing
from webapp.database.ids import LARGEST_ID
from webapp.database.migrate import first_line
from webapp.signals import account_closing
from webapp.sites.people import USERS
from webapp.sites.recents import views
from webapp.sites.written import take_down

from .cookies import LIKED
from .reading import A_THREAD_PAGE
from .tables import COMMENTS, FOLLOWS, LIKES, POSTS

_log = logging.getLogger(__name__)


class GoneError(Exception):
    """The text that this was about has been taken down meanwhile."""


def post(db: Connection, text: str) -> str:
    """Write a post and return where it stands."""
    id = db.scalar(
        insert(POSTS).values(text=text, author_id=current_user.id, created_at=clock.now()).returning(POSTS.c.id)
    )
    return f"{url_for('social.index')}#p{id}"


def comment(db: Connection, post: int, text: str) -> str:
    """Write a comment and return where it stands; GoneError when the post does not stand any more."""
    counted = (
        update(POSTS).where(POSTS.c.id == post, POSTS.c.removed_at.is_(None)).values(comments=POSTS.c.comments + 1)
    )
    if not db.execute(counted).rowcount:
        raise GoneError
    id = db.scalar(
        insert(COMMENTS)
        .values(post_id=post, text=text, author_id=current_user.id, created_at=clock.now())
        .returning(COMMENTS.c.id)
    )
    return _place(db, post, id)


def like(post: int) -> None:
    """Like a post that stands."""
    standing = select(POSTS.c.id, literal(current_user.id)).where(
        POSTS.c.id == post,
        POSTS.c.removed_at.is_(None),
        ~exists().where(LIKES.c.post_id == post, LIKES.c.user_id == current_user.id),
    )
    try:
        with writing() as db:
            # What an insert counts is not the same everywhere; what it returns is.
            if db.scalar(insert(LIKES).from_select(["post_id", "user_id"], standing).returning(LIKES.c.post_id)):
                db.execute(update(POSTS).where(POSTS.c.id == post).values(likes=POSTS.c.likes + 1))
    except IntegrityError:
        pass  # the same button, pressed twice at once: the other request did it


def unlike(post: int) -> None:
    """Like a post no longer."""
    with writing() as db:
        if db.execute(delete(LIKES).where(LIKES.c.post_id == post, LIKES.c.user_id == current_user.id)).rowcount:
            db.execute(update(POSTS).where(POSTS.c.id == post).values(likes=POSTS.c.likes - 1))


def follow(person: int) -> None:
    """Follow somebody; nobody follows themselves."""
    if person == current_user.id:
        return
    try:
        with writing() as db:
            mine = exists().where(FOLLOWS.c.follower_id == current_user.id, FOLLOWS.c.followed_id == person)
            them = select(literal(current_user.id), USERS.c.id).where(USERS.c.id == person, ~mine)
            db.execute(insert(FOLLOWS).from_select(["follower_id", "followed_id"], them))
    except IntegrityError:
        pass  # pressed twice at once, or the account was closed at this moment


def unfollow(person: int) -> None:
    """Follow somebody no longer."""
    with writing() as db:
        db.execute(delete(FOLLOWS).where(FOLLOWS.c.follower_id == current_user.id, FOLLOWS.c.followed_id == person))


def find(table: Table, id: int) -> Row | None:
    """Return (text, ours, author_id, removed_at, post_id) of a post or comment; the `post_id` of a post is its own."""
    post_id = COMMENTS.c.post_id if table is COMMENTS else POSTS.c.id.label("post_id")
    columns = table.c.text, table.c.ours, table.c.author_id, table.c.removed_at, post_id
    return reading().execute(select(*columns).where(table.c.id == id)).one_or_none()


def edit(table: Table, id: int, text: str) -> None:
    """Give one's own text other words; GoneError when it does not stand any more."""
    with writing() as db:
        changed = db.execute(
            update(table)
            .where(table.c.id == id, table.c.author_id == current_user.id, table.c.removed_at.is_(None))
            .values(text=text, edited_at=clock.now())
        )
        if not changed.rowcount:
            raise GoneError


def remove(table: Table, id: int, author_id: int | None) -> None:
    """Take a text down."""
    with writing() as db:
        take_down(db, table, id, author_id)


def place(table: Table, id: int, post_id: int) -> str:
    """Return the address of a post or comment."""
    return _place(reading(), post_id, id) if table is COMMENTS else url_for("social.show", id=id)


def _place(db: Connection, post: int, comment: int) -> str:
    """Return the address of the page on which a comment stands, and the place there."""
    after = db.scalar(
        select(COMMENTS.c.id)
        .where(COMMENTS.c.post_id == post, COMMENTS.c.id < comment)
        .order_by(COMMENTS.c.id.desc())
        .offset(A_THREAD_PAGE - 1)
        .limit(1)
    )
    return f"{url_for('social.show', id=post, after=after)}#c{comment}"


@account_closing.connect
def _take_likes_back(sender: Any, db: Connection, user_id: int) -> None:
    # Locked, so that nothing is liked between this count and the end of the account.
    db.execute(select(USERS.c.id).where(USERS.c.id == user_id).with_for_update())
    liked = select(LIKES.c.post_id).where(LIKES.c.user_id == user_id)
    db.execute(update(POSTS).where(POSTS.c.id.in_(liked)).values(likes=POSTS.c.likes - 1))
    db.execute(delete(LIKES).where(LIKES.c.user_id == user_id))


@user_logged_in.connect
def _take_over(sender: Any, **about: Any) -> None:
    """Make what this browser likes the likes of the account; what can't be stored now waits for the next log-in."""
    try:
        for post, _ in views(LIKED):
            if int(post) <= LARGEST_ID:
                like(int(post))
            LIKED[post].delete()
    except SQLAlchemyError as error:
        _log.error("some likes stay in the browser: %s", first_line(error))
