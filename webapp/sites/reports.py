"""What people report of what others wrote, until somebody who looks after the site has decided.

Each report is a row. Those of a text go with the text, and when it was looked at and left as it is.
"""

from datetime import timedelta
from typing import Any

from flask_login import current_user
from sqlalchemy import Column, Connection, Index, Integer, String, Table, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.database import METADATA, Bound, Moment, reading, writing
from webapp.database.bounds import too_many
from webapp.security.tokens import address_hash, keyed_hash

from .postings import TooOftenError

LONGEST = 300
AN_HOUR = 30  # of one account, or of one address: a class behind it is normal


# One report of one text, which stands in the table `kind` and is seen at `path`; `sender` is a keyed hash.
REPORTS = Table(
    "reports",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("text_id", Integer, nullable=False),
    Column("path", String(200), nullable=False),
    Column("reason", String(LONGEST), nullable=False),
    Column("once", String(22), nullable=False, unique=True),
    Column("sender", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("reports_text", "kind", "text_id"),
    Index("reports_sender", "sender", "at"),
    info={"bound": Bound(by="at", rows=1000)},
)


def report(table: Table, id: int, path: str, once: str, reason: str) -> None:
    """Keep a report of a text that stands; sent twice, by the same token, it is one.

    TooOftenError when the account, or without one the address, has sent `AN_HOUR` of them.
    """
    now, sender, hour = clock.now(), _sender(), timedelta(hours=1)
    with writing() as db:
        # Locked, so that the text does not go without this report, nor the same report come twice.
        standing = select(table.c.id).where(table.c.id == id, table.c.removed_at.is_(None)).with_for_update()
        if db.scalar(standing) is None or db.scalar(select(REPORTS.c.id).where(REPORTS.c.once == once)):
            return
        counted = select(func.count(), func.min(REPORTS.c.at)).where(REPORTS.c.sender == sender)
        number, oldest = db.execute(counted.where(REPORTS.c.at > now - hour)).one()
        if number >= AN_HOUR:
            raise TooOftenError(oldest + hour - now, hour)
        values = {"kind": table.name, "text_id": id, "path": path, "reason": reason, "once": once}
        db.execute(insert(REPORTS).values(**values, sender=sender, at=now))
        db.execute(delete(REPORTS).where(too_many(REPORTS)))


def _sender() -> str:
    # A demo account is everybody's, and of accounts with a drawn name anybody may have many.
    if current_user.is_authenticated and not (current_user.demo or current_user.ends):
        return keyed_hash("account", str(current_user.id))
    return address_hash()


def forget(db: Connection, kind: str, texts: Any) -> None:
    """Delete the reports of some texts of a kind: their ids, or the statement that selects them."""
    db.execute(delete(REPORTS).where(REPORTS.c.kind == kind, REPORTS.c.text_id.in_(texts)))


def number() -> int:
    """Return how many texts wait for a decision; none while the database is down, since every page may ask."""
    texts = select(REPORTS.c.kind, REPORTS.c.text_id).distinct().subquery()
    try:
        return reading().scalar(select(func.count()).select_from(texts))
    except SQLAlchemyError:
        return 0
