"""The rooms of instructors, and the second browsers beside theirs."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "rooms",
        sa.Column("code", sa.String(6), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False, unique=True),
        sa.Column("begun", Moment(), nullable=False),
        sa.Column("lesson", sa.String(12)),
        sa.Column("step", sa.Integer()),
    )
    op.create_index("ix_rooms_begun", "rooms", ["begun"])
    op.create_table(
        "students",
        sa.Column("holder", sa.String(64), primary_key=True),
        sa.Column("engine", sa.String(8), nullable=False),
        sa.Column("used", Moment(), nullable=False),
        sa.Column("received", sa.JSON(), nullable=False),
    )
    op.create_index("ix_students_used", "students", ["used"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("students")
    op.drop_table("rooms")
