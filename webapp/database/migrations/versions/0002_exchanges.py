"""The exchanges of the last hour."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("visitor", sa.String(64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_index("exchanges_visitor", "exchanges", ["visitor", "id"])
    op.create_index("ix_exchanges_at", "exchanges", ["at"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("exchanges")
