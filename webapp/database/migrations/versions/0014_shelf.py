"""When a good was sold last, since it is baked again soon after; and orders by their age, since the oldest go."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Go one revision up."""
    op.add_column("stock", sa.Column("at", Moment()))
    op.create_index("orders_at", "orders", ["at"])


def downgrade() -> None:
    """Go one revision down."""
    op.drop_index("orders_at", "orders")
    op.drop_column("stock", "at")
