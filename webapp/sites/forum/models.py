"""The tables of the forum; the index that is searched stands in `index`."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base
from webapp.sites.written import Written


class Thread(Base):
    """A thread: `title` is empty once its first post was taken down; the rest counts and finds its posts.

    Its posts are never deleted, only emptied, so `replies` needs no counting anew.
    """

    __tablename__ = "threads"
    bound = Written.bound
    __table_args__ = (Index("threads_active", "board", "last_post_at", "id"), Index("threads_new", "board", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(80))
    ours: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    replies: Mapped[int] = mapped_column(default=0)
    first_post_id: Mapped[int] = mapped_column(default=0)
    last_post_id: Mapped[int] = mapped_column(default=0)
    last_post_at: Mapped[datetime]


class ForumPost(Written, Base):
    """A post; the first of a thread opened it."""

    __tablename__ = "forum_posts"
    __table_args__ = (
        Index("forum_posts_thread", "thread_id", "id"),
        Index("forum_posts_author", "author_id"),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
