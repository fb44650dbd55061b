"""What people do: post, comment, like, follow, edit. Each is one transaction; twice changes nothing more than once."""

import logging
from typing import Any

from flask import url_for
from flask_login import current_user, user_logged_in
from sqlalchemy import Row, delete, exists, insert, literal, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.database import reading, writing
from webapp.database.ids import LARGEST_ID
from webapp.database.migrate import first_line
from webapp.signals import account_closing
from webapp.sites.people import USERS
from webapp.sites.recents import views
from webapp.sites.written import Written, take_down

from .cookies import LIKES
from .models import Comment, Follow, Like, Post
from .reading import COMMENTS

_log = logging.getLogger(__name__)


class GoneError(Exception):
    """The text that this was about has been taken down meanwhile."""


def post(session: Session, text: str) -> str:
    """Write a post and return where it stands."""
    id = session.scalar(
        insert(Post).values(text=text, author_id=current_user.id, created_at=clock.now()).returning(Post.id)
    )
    return f"{url_for('social.index')}#p{id}"


def comment(session: Session, post: int, text: str) -> str:
    """Write a comment and return where it stands; GoneError when the post does not stand any more."""
    counted = update(Post).where(Post.id == post, Post.removed_at.is_(None)).values(comments=Post.comments + 1)
    if not session.execute(counted).rowcount:
        raise GoneError
    id = session.scalar(
        insert(Comment)
        .values(post_id=post, text=text, author_id=current_user.id, created_at=clock.now())
        .returning(Comment.id)
    )
    return _place(session, post, id)


def like(post: int) -> None:
    """Like a post that stands."""
    standing = select(Post.id, literal(current_user.id)).where(
        Post.id == post,
        Post.removed_at.is_(None),
        ~exists().where(Like.post_id == post, Like.user_id == current_user.id),
    )
    try:
        with writing() as db:
            # What an insert counts is not the same everywhere; what it returns is.
            if db.scalar(insert(Like).from_select(["post_id", "user_id"], standing).returning(Like.post_id)):
                db.execute(update(Post).where(Post.id == post).values(likes=Post.likes + 1))
    except IntegrityError:
        pass  # the same button, pressed twice at once: the other request did it


def unlike(post: int) -> None:
    """Like a post no longer."""
    with writing() as db:
        if db.execute(delete(Like).where(Like.post_id == post, Like.user_id == current_user.id)).rowcount:
            db.execute(update(Post).where(Post.id == post).values(likes=Post.likes - 1))


def follow(person: int) -> None:
    """Follow somebody; nobody follows themselves."""
    if person == current_user.id:
        return
    try:
        with writing() as db:
            mine = exists().where(Follow.follower_id == current_user.id, Follow.followed_id == person)
            them = select(literal(current_user.id), USERS.c.id).where(USERS.c.id == person, ~mine)
            db.execute(insert(Follow).from_select(["follower_id", "followed_id"], them))
    except IntegrityError:
        pass  # pressed twice at once, or the account was closed at this moment


def unfollow(person: int) -> None:
    """Follow somebody no longer."""
    with writing() as db:
        db.execute(delete(Follow).where(Follow.follower_id == current_user.id, Follow.followed_id == person))


def find(model: type[Written], id: int) -> Row | None:
    """Return (text, ours, author_id, removed_at, post_id) of a post or comment; the `post_id` of a post is its own."""
    post_id = Comment.post_id if model is Comment else Post.id.label("post_id")
    columns = model.text, model.ours, model.author_id, model.removed_at, post_id
    return reading().execute(select(*columns).where(model.id == id)).one_or_none()


def edit(model: type[Written], id: int, text: str) -> None:
    """Give one's own text other words; GoneError when it does not stand any more."""
    with writing() as db:
        changed = db.execute(
            update(model)
            .where(model.id == id, model.author_id == current_user.id, model.removed_at.is_(None))
            .values(text=text, edited_at=clock.now())
        )
        if not changed.rowcount:
            raise GoneError


def remove(model: type[Written], id: int, author_id: int | None) -> None:
    """Take a text down."""
    with writing() as db:
        take_down(db, model, id, author_id)


def place(model: type[Written], id: int, post_id: int) -> str:
    """Return the address of a post or comment."""
    return _place(reading(), post_id, id) if model is Comment else url_for("social.show", id=id)


def _place(session: Any, post: int, comment: int) -> str:
    """Return the address of the page on which a comment stands, and the place there."""
    after = session.scalar(
        select(Comment.id)
        .where(Comment.post_id == post, Comment.id < comment)
        .order_by(Comment.id.desc())
        .offset(COMMENTS - 1)
        .limit(1)
    )
    return f"{url_for('social.show', id=post, after=after)}#c{comment}"


@account_closing.connect
def _take_likes_back(sender: Any, session: Session, user_id: int) -> None:
    # Locked, so that nothing is liked between this count and the end of the account.
    session.execute(select(USERS.c.id).where(USERS.c.id == user_id).with_for_update())
    liked = select(Like.post_id).where(Like.user_id == user_id)
    session.execute(
        update(Post).where(Post.id.in_(liked)).values(likes=Post.likes - 1).execution_options(synchronize_session=False)
    )
    session.execute(delete(Like).where(Like.user_id == user_id).execution_options(synchronize_session=False))


@user_logged_in.connect
def _take_over(sender: Any, **about: Any) -> None:
    """Make what this browser likes the likes of the account; what can't be stored now waits for the next log-in."""
    try:
        for post, _ in views(LIKES):
            if int(post) <= LARGEST_ID:
                like(int(post))
            LIKES[post].delete()
    except SQLAlchemyError as error:
        _log.error("some likes stay in the browser: %s", first_line(error))
