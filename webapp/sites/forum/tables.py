"""The tables of the forum; the index that is searched stands in `index`."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from webapp.database import METADATA, Moment
from webapp.sites.written import STAYS, texts_table

# A thread: `title` is empty once its first post was taken down; the rest counts and finds its posts. These are never
# deleted, only emptied, so `replies` needs no counting anew.
THREADS = Table(
    "threads",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("board", String(12), nullable=False),
    Column("title", String(80), nullable=False),
    Column("ours", Boolean, nullable=False, default=False),
    Column("author_id", Integer, ForeignKey("users.id", ondelete="SET NULL"), index=True),
    Column("created_at", Moment, nullable=False),
    Column("replies", Integer, nullable=False, default=0),
    Column("first_post_id", Integer, nullable=False, default=0),
    Column("last_post_id", Integer, nullable=False, default=0),
    Column("last_post_at", Moment, nullable=False),
    Index("threads_active", "board", "last_post_at", "id"),
    Index("threads_new", "board", "id"),
    info={"bound": STAYS},
)

# A post; the first of a thread opened it.
FORUM_POSTS = texts_table(
    "forum_posts",
    Column("thread_id", Integer, ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
    Index("forum_posts_thread", "thread_id", "id"),
    Index("forum_posts_author", "author_id"),
)
