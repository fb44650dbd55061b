"""The tables of the shop."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("once", sa.String(22), nullable=False, unique=True),
        sa.Column("code", sa.String(22), nullable=False, unique=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
    )
    op.create_index("orders_user", "orders", ["user_id", "id"])
    op.create_table(
        "stock",
        sa.Column("slug", sa.String(24), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("sold", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Go one revision down."""
    op.drop_table("stock")
    op.drop_table("orders")
