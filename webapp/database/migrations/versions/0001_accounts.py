"""Accounts, devices, failed log-ins."""

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go one revision up."""
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("known_as", sa.String(16), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("notice", sa.String(20)),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("session_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("selector", sa.String(16), unique=True),
        sa.Column("validator_hash", sa.String(64)),
        sa.Column("previous_hash", sa.String(64)),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("rotated_at", Moment(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_seen_at", Moment(), nullable=False),
        sa.Column("browser", sa.String(40), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("ended_why", sa.String(20)),
    )
    op.create_index("ix_devices_user_id", "devices", ["user_id"])
    op.create_table(
        "retired_validators",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("device_id", sa.Integer(), sa.ForeignKey("devices.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("ix_retired_validators_device_id", "retired_validators", ["device_id"])
    op.create_table(
        "failed_logins",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_hash", sa.String(64), nullable=False),
        sa.Column("bucket", sa.String(11), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("at", Moment(), nullable=False),
    )
    op.create_index("failed_logins_account", "failed_logins", ["account_hash", "bucket", "at"])
    op.create_index("failed_logins_address", "failed_logins", ["address_hash", "at"])
    op.create_index("ix_failed_logins_at", "failed_logins", ["at"])


def downgrade() -> None:
    """Go one revision down."""
    for table in ("failed_logins", "retired_validators", "devices", "users"):
        op.drop_table(table)
