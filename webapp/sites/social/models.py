"""The tables of the social site."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, Bound
from webapp.sites.written import Written

# Closing an account asks whom it took down; hardly any text was, so hardly any row is in the index. On PostgreSQL as
# well, by the migration that made it: to say so here would import that dialect at each start.
_TAKEN_DOWN = text("removed_by IS NOT NULL")


class Post(Written, Base):
    """A post; it keeps its own counters. `comments` counts what stands below it, traces included."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("posts_author", "author_id", "id"),
        Index("posts_removed_by", "removed_by", sqlite_where=_TAKEN_DOWN),
    )

    likes: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)


class Comment(Written, Base):
    """What somebody wrote below a post."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("comments_post", "post_id", "id"),
        Index("comments_author", "author_id"),
        Index("comments_removed_by", "removed_by", sqlite_where=_TAKEN_DOWN),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))


class Like(Base):
    """Somebody likes a post."""

    __tablename__ = "likes"
    bound = Bound(why="one row for an account and what it is about")

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)


class Follow(Base):
    """Somebody wants to see what somebody else posts."""

    __tablename__ = "follows"
    bound = Bound(why="one row for an account and what it is about")

    follower_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    followed_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
