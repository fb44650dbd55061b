"""The notes of the lab's other parties."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "lab_notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("bench", sa.String(22), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_index("lab_notes_bench", "lab_notes", ["bench", "id"])
    op.create_index("ix_lab_notes_at", "lab_notes", ["at"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("lab_notes")
