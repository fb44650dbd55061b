"""The tables of accounts, of the devices that are logged in to them, and of what is counted against guessing."""

from datetime import timedelta

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from webapp.database import METADATA, Bound, Moment

from .lifetimes import KEPT, REMEMBERED

# An account; `name` is shown as it was typed, `key` is what makes it the only one of its name.
USERS = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(30), nullable=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    # What the `known` cookie calls the account; it is never looked up, only compared.
    Column("known_as", String(16), nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    # Of an account with a drawn name, the hash of what the form held that asked for it; None for all others.
    Column("drawn", String(64), index=True),
    # Why all devices were ended, told at the next log-in: a key of `devices.REASONS`.
    Column("notice", String(20)),
    info={"bound": Bound(why="an account is its owner's, who may close it; those that are made are counted")},
)

# One log-in in one browser; of its tokens the database has only SHA-256 hashes, enough for random 256 bits.
# `rotated_at` is when the tokens were last renewed; `seen` says that a request has arrived with the renewed ones.
DEVICES = Table(
    "devices",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("session_hash", String(64), nullable=False, unique=True),
    Column("selector", String(16), unique=True),
    Column("validator_hash", String(64)),
    Column("previous_hash", String(64)),
    Column("seen", Boolean, nullable=False),
    Column("rotated_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("browser", String(40), nullable=False),
    Column("ended_at", Moment),
    Column("ended_why", String(20)),
    info={"bound": Bound(by="last_seen_at", lasts=KEPT, of="user_id", rows=500)},
)

# A remember validator that was replaced twice; whoever still uses it has a copy that was made long ago.
RETIRED_VALIDATORS = Table(
    "retired_validators",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("device_id", Integer, ForeignKey("devices.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    info={"bound": Bound(by="at", lasts=REMEMBERED, of="device_id", rows=200)},
)

# A password that has not turned out right, a log-in to a demo account, or an account that was made. Account and address
# are keyed hashes.
COUNTED = Table(
    "failed_logins",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account_hash", String(64), nullable=False),
    Column("bucket", String(11), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("failed_logins_account", "account_hash", "bucket", "at"),
    Index("failed_logins_address", "address_hash", "at"),
    info={"bound": Bound(by="at", lasts=timedelta(days=1), rows=100_000)},
)
