"""Writing in the forum; the index of words follows in the same transaction."""

from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.database import writing
from webapp.signals import account_closing
from webapp.sites import written

from . import index
from .models import ForumPost, Thread


def start(session: Session, board: str, title: str, text: str) -> int:
    """Open a thread by the visitor and return its id."""
    now = clock.now()
    thread = session.scalar(
        insert(Thread)
        .values(board=board, title=title, author_id=current_user.id, created_at=now, last_post_at=now)
        .returning(Thread.id)
    )
    post = _add(session, thread, text, now)
    _change(session, thread, first_post_id=post, last_post_id=post)
    index.add(session, [(post, f"{title} {text}")])
    return thread


def reply(session: Session, thread: int, text: str) -> tuple[str, int, int, int] | None:
    """Answer by the visitor and return (board, thread, its replies, post); None when there is no such thread."""
    # Two at once take turns, so that the later post is also the thread's last.
    row = session.execute(
        select(Thread.board, Thread.replies).where(Thread.id == thread).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    now = clock.now()
    post = _add(session, thread, text, now)
    _change(session, thread, replies=row.replies + 1, last_post_id=post, last_post_at=now)
    index.add(session, [(post, text)])
    return row.board, thread, row.replies + 1, post


def _add(session: Session, thread: int, text: str, now: datetime) -> int:
    return session.scalar(
        insert(ForumPost)
        .values(thread_id=thread, text=text, author_id=current_user.id, created_at=now)
        .returning(ForumPost.id)
    )


def _change(session: Session, thread: int, **values: Any) -> None:
    session.execute(update(Thread).where(Thread.id == thread).values(values))


def edit(session: Session, id: int, title: str | None, text: str) -> tuple[str, int, int, int] | None:
    """Change a post of the visitor's, and the title if it opened the thread; return what `reply` does.

    None when the visitor has no such post, or has it no more.
    """
    row = session.execute(
        select(Thread.board, Thread.id, Thread.replies, Thread.title, Thread.first_post_id)
        .join(ForumPost, ForumPost.thread_id == Thread.id)
        .where(ForumPost.id == id, ForumPost.author_id == current_user.id, ForumPost.removed_at.is_(None))
        .with_for_update()
    ).one_or_none()
    if row is None:
        return None
    title = (title or row.title) if row.first_post_id == id else ""
    if title:
        _change(session, row.id, title=title)
    session.execute(update(ForumPost).where(ForumPost.id == id).values(text=text, edited_at=clock.now()))
    index.remove(session, [id])
    index.add(session, [(id, f"{title} {text}")])
    return row.board, row.id, row.replies, id


def take_down(id: int, author_id: int | None) -> None:
    """Empty a post, and the thread's title when it is the first."""
    with writing() as db:
        written.take_down(db, ForumPost, id, author_id)
        index.remove(db, [id])
        thread = select(ForumPost.thread_id).where(ForumPost.id == id).scalar_subquery()
        db.execute(update(Thread).where(Thread.id == thread, Thread.first_post_id == id).values(title=""))


@account_closing.connect
def _forget_author(sender: Any, session: Session, user_id: int) -> None:
    session.execute(update(Thread).where(Thread.author_id == user_id).values(title=""))
    index.remove(session, select(ForumPost.id).where(ForumPost.author_id == user_id))
