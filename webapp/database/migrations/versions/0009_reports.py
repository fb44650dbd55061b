"""What people report of what others wrote."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("once", sa.String(22), nullable=False, unique=True),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("reports_text", "reports", ["kind", "text_id"])
    op.create_index("reports_sender", "reports", ["sender", "at"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("reports")
