"""The exchanges of the last hour, a bounded number a visitor."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Index, String, delete, insert, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, engine, reading

from .exchange import Exchange

KEPT = 50
KEPT_FOR = timedelta(hours=1)


class RecordedExchange(Base):
    """One exchange of one visitor; `visitor` is the hash of the token in the `wire` cookie."""

    __tablename__ = "exchanges"
    __table_args__ = (Index("exchanges_visitor", "visitor", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


def visitor_of(token: str) -> str:
    """Return what the database knows a visitor by."""
    return sha256(token.encode()).hexdigest()


def record(visitor: str, exchange: Exchange) -> None:
    """Keep an exchange, and let go of what is too old or too many."""
    table = RecordedExchange
    oldest = (
        select(table.id)
        .where(table.visitor == visitor)
        .order_by(table.id.desc())
        .offset(KEPT)
        .limit(1)
        .scalar_subquery()
    )
    with engine().begin() as connection:
        connection.execute(insert(table).values(visitor=visitor, at=exchange.at, data=exchange.to_json()))
        connection.execute(
            delete(table).where(
                or_((table.visitor == visitor) & (table.id <= oldest), table.at < exchange.at - KEPT_FOR),
            )
        )


def latest(visitor: str, number: int) -> list[Exchange]:
    """Return a visitor's last exchanges, the newest first."""
    table = RecordedExchange
    rows = reading().execute(
        select(table.at, table.data).where(table.visitor == visitor).order_by(table.id.desc()).limit(number)
    )
    return [Exchange.from_json(at, data) for at, data in rows]
