"""What accounts posted lately."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("once", sa.String(22), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.UniqueConstraint("user_id", "once"),
    )
    op.create_index("postings_at", "postings", ["user_id", "at"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("postings")
