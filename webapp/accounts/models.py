"""The tables of accounts, of the devices that are logged in to them, and of what is counted against guessing."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, Bound

from .lifetimes import KEPT, REMEMBERED


class User(Base):
    """An account; `name` is shown as it was typed, `key` is what makes it the only one of its name."""

    __tablename__ = "users"
    bound = Bound(why="an account is its owner's, who may close it; those that are made are counted")

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    # What the `known` cookie calls the account; it is never looked up, only compared.
    known_as: Mapped[str] = mapped_column(String(16))
    demo: Mapped[bool]
    admin: Mapped[bool]
    created_at: Mapped[datetime]
    # Of an account with a drawn name, the hash of what the form held that asked for it; None for all others.
    drawn: Mapped[str | None] = mapped_column(String(64), index=True)
    # Why all devices were ended, told at the next log-in: a key of `devices.REASONS`.
    notice: Mapped[str | None] = mapped_column(String(20))


class Device(Base):
    """One log-in in one browser; of its tokens the database has only SHA-256 hashes, enough for random 256 bits.

    `rotated_at` is when the tokens were last renewed; `seen` says that a request has arrived with the renewed ones.
    """

    __tablename__ = "devices"
    bound = Bound(by="last_seen_at", lasts=KEPT, of="user_id", rows=500)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    session_hash: Mapped[str] = mapped_column(String(64), unique=True)
    selector: Mapped[str | None] = mapped_column(String(16), unique=True)
    validator_hash: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    seen: Mapped[bool]
    rotated_at: Mapped[datetime]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(20))


class RetiredValidator(Base):
    """A remember validator that was replaced twice; whoever still uses it has a copy that was made long ago."""

    __tablename__ = "retired_validators"
    bound = Bound(by="at", lasts=REMEMBERED, of="device_id", rows=200)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]


class Counted(Base):
    """A password that has not turned out right, a log-in to a demo account, or an account that was made.

    Account and address are keyed hashes.
    """

    __tablename__ = "failed_logins"
    bound = Bound(by="at", lasts=timedelta(days=1), rows=100_000)
    __table_args__ = (
        Index("failed_logins_account", "account_hash", "bucket", "at"),
        Index("failed_logins_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(String(64))
    bucket: Mapped[str] = mapped_column(String(11))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
