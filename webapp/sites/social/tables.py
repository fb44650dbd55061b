"""The tables of the social site."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, text

from webapp.database import METADATA, Bound
from webapp.sites.written import texts_table

# Closing an account asks whom it took down; hardly any text was, so hardly any row is in the index. On PostgreSQL as
# well, by the migration that made it: to say so here would import that dialect at each start.
_TAKEN_DOWN = text("removed_by IS NOT NULL")
_ONE_EACH = Bound(why="one row for an account and what it is about")

# A post; it keeps its own counters. `comments` counts what stands below it, traces included.
POSTS = texts_table(
    "posts",
    Column("likes", Integer, nullable=False, default=0),
    Column("comments", Integer, nullable=False, default=0),
    Index("posts_author", "author_id", "id"),
    Index("posts_removed_by", "removed_by", sqlite_where=_TAKEN_DOWN),
)

# What somebody wrote below a post.
COMMENTS = texts_table(
    "comments",
    Column("post_id", Integer, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Index("comments_post", "post_id", "id"),
    Index("comments_author", "author_id"),
    Index("comments_removed_by", "removed_by", sqlite_where=_TAKEN_DOWN),
)

# Somebody likes a post.
LIKES = Table(
    "likes",
    METADATA,
    Column("post_id", Integer, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
    info={"bound": _ONE_EACH},
)

# Somebody wants to see what somebody else posts.
FOLLOWS = Table(
    "follows",
    METADATA,
    Column("follower_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("followed_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
    info={"bound": _ONE_EACH},
)
