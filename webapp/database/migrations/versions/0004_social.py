"""Posts and comments, and who likes and follows."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0004"
down_revision = "0003"

_TAKEN_DOWN = sa.text("removed_by IS NOT NULL")


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "posts",
        *_written(),
        sa.Column("likes", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
    )
    op.create_index("posts_author", "posts", ["author_id", "id"])
    op.create_table("comments", *_written(), sa.Column("post_id", sa.Integer(), _to("posts.id"), nullable=False))
    op.create_index("comments_post", "comments", ["post_id", "id"])
    op.create_index("comments_author", "comments", ["author_id"])
    for table in ("posts", "comments"):
        op.create_index(
            f"{table}_removed_by", table, ["removed_by"], sqlite_where=_TAKEN_DOWN, postgresql_where=_TAKEN_DOWN
        )
    op.create_table(
        "likes",
        sa.Column("post_id", sa.Integer(), _to("posts.id"), primary_key=True),
        sa.Column("user_id", sa.Integer(), _to("users.id"), primary_key=True),
    )
    op.create_index("ix_likes_user_id", "likes", ["user_id"])
    op.create_table(
        "follows",
        sa.Column("follower_id", sa.Integer(), _to("users.id"), primary_key=True),
        sa.Column("followed_id", sa.Integer(), _to("users.id"), primary_key=True),
    )
    op.create_index("ix_follows_followed_id", "follows", ["followed_id"])


def downgrade() -> None:
    """Go one revision down."""
    for table in ("follows", "likes", "comments", "posts"):
        op.drop_table(table)


def _to(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")


def _written() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment()),
        sa.Column("removed_at", Moment()),
        sa.Column("removed_why", sa.String(10)),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("removed_by", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
    ]
