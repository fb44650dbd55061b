"""Second browsers that hold a copy of somebody's log-in end sooner."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Go one revision up."""
    op.add_column("students", sa.Column("copied", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Go one revision down; copies are thrown away, since nothing would end them in time."""
    op.execute("DELETE FROM students WHERE copied")
    op.drop_column("students", "copied")
