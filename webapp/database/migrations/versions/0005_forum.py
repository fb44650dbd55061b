"""The tables of the forum, and the index that it searches."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("board", sa.String(12), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("first_post_id", sa.Integer(), nullable=False),
        sa.Column("last_post_id", sa.Integer(), nullable=False),
        sa.Column("last_post_at", Moment(), nullable=False),
    )
    op.create_index("threads_active", "threads", ["board", "last_post_at", "id"])
    op.create_index("threads_new", "threads", ["board", "id"])
    op.create_index("ix_threads_author_id", "threads", ["author_id"])
    op.create_table(
        "forum_posts",
        sa.Column("thread_id", sa.Integer(), sa.ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment()),
        sa.Column("removed_at", Moment()),
        sa.Column("removed_why", sa.String(10)),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("removed_by", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
    )
    op.create_index("forum_posts_thread", "forum_posts", ["thread_id", "id"])
    op.create_index("forum_posts_author", "forum_posts", ["author_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE forum_words (id INTEGER PRIMARY KEY REFERENCES forum_posts (id) ON DELETE CASCADE, "
            "words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX forum_words_words ON forum_words USING gin (words) WITH (fastupdate = off)")
    else:
        # The words are folded before they come here, so there is nothing left to tokenize but spaces; where a word
        # stands in its text is never asked for. The beginnings of a common word are too many to look up one by one.
        op.execute(
            "CREATE VIRTUAL TABLE forum_words USING fts5 "
            "(words, tokenize='ascii', detail=none, prefix='1 2 3 4 5 6 7 8 9 10')"
        )


def downgrade() -> None:
    """Go one revision down."""
    for table in ("forum_words", "forum_posts", "threads"):
        op.drop_table(table)
