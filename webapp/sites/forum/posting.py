"""Writing in the forum; the index of words follows in the same transaction."""

from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import Connection, insert, select, update

from webapp import clock
from webapp.database import writing
from webapp.signals import account_closing
from webapp.sites import written

from . import index
from .tables import FORUM_POSTS, THREADS


def start(db: Connection, board: str, title: str, text: str) -> int:
    """Open a thread by the visitor and return its id."""
    now = clock.now()
    thread = db.scalar(
        insert(THREADS)
        .values(board=board, title=title, author_id=current_user.id, created_at=now, last_post_at=now)
        .returning(THREADS.c.id)
    )
    post = _add(db, thread, text, now)
    _change(db, thread, first_post_id=post, last_post_id=post)
    index.add(db, [(post, f"{title} {text}")])
    return thread


def reply(db: Connection, thread: int, text: str) -> tuple[str, int, int, int] | None:
    """Answer by the visitor and return (board, thread, its replies, post); None when there is no such thread."""
    # Two at once take turns, so that the later post is also the thread's last.
    row = db.execute(
        select(THREADS.c.board, THREADS.c.replies).where(THREADS.c.id == thread).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    now = clock.now()
    post = _add(db, thread, text, now)
    _change(db, thread, replies=row.replies + 1, last_post_id=post, last_post_at=now)
    index.add(db, [(post, text)])
    return row.board, thread, row.replies + 1, post


def _add(db: Connection, thread: int, text: str, now: datetime) -> int:
    return db.scalar(
        insert(FORUM_POSTS)
        .values(thread_id=thread, text=text, author_id=current_user.id, created_at=now)
        .returning(FORUM_POSTS.c.id)
    )


def _change(db: Connection, thread: int, **values: Any) -> None:
    db.execute(update(THREADS).where(THREADS.c.id == thread).values(values))


def edit(db: Connection, id: int, title: str | None, text: str) -> tuple[str, int, int, int] | None:
    """Change a post of the visitor's, and the title if it opened the thread; return what `reply` does.

    None when the visitor has no such post, or has it no more.
    """
    row = db.execute(
        select(THREADS.c.board, THREADS.c.id, THREADS.c.replies, THREADS.c.title, THREADS.c.first_post_id)
        .join(FORUM_POSTS, FORUM_POSTS.c.thread_id == THREADS.c.id)
        .where(FORUM_POSTS.c.id == id, FORUM_POSTS.c.author_id == current_user.id, FORUM_POSTS.c.removed_at.is_(None))
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    title = (title or row.title) if row.first_post_id == id else ""
    if title:
        _change(db, row.id, title=title)
    db.execute(update(FORUM_POSTS).where(FORUM_POSTS.c.id == id).values(text=text, edited_at=clock.now()))
    index.remove(db, [id])
    index.add(db, [(id, f"{title} {text}")])
    return row.board, row.id, row.replies, id


def take_down(id: int, author_id: int | None) -> None:
    """Empty a post, and the thread's title when it is the first."""
    with writing() as db:
        written.take_down(db, FORUM_POSTS, id, author_id)
        index.remove(db, [id])
        thread = select(FORUM_POSTS.c.thread_id).where(FORUM_POSTS.c.id == id).scalar_subquery()
        db.execute(update(THREADS).where(THREADS.c.id == thread, THREADS.c.first_post_id == id).values(title=""))


@account_closing.connect
def _forget_author(sender: Any, db: Connection, user_id: int) -> None:
    db.execute(update(THREADS).where(THREADS.c.author_id == user_id).values(title=""))
    index.remove(db, select(FORUM_POSTS.c.id).where(FORUM_POSTS.c.author_id == user_id))
