"""Accounts with a drawn name, which go by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Go one revision up; every account that is there stays."""
    op.add_column("users", sa.Column("drawn", sa.String(64)))
    op.create_index("ix_users_drawn", "users", ["drawn"])


def downgrade() -> None:
    """Go one revision down; nobody can log in again to an account whose name was drawn."""
    op.drop_index("ix_users_drawn", "users")
    op.drop_column("users", "drawn")
