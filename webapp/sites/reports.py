"""What people report of what others wrote, until somebody who looks after the site has decided.

Each report is a row. Those of a text go with the text, and when it was looked at and left as it is.
"""

from datetime import datetime, timedelta
from typing import Any

from flask_login import current_user
from sqlalchemy import Index, String, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp import clock
from webapp.database import Base, Bound, reading, writing
from webapp.database.bounds import too_many
from webapp.security.tokens import address_hash, keyed_hash

from .postings import TooOftenError

LONGEST = 300
AN_HOUR = 30  # of one account, or of one address: a class behind it is normal


class Report(Base):
    """One report of one text, which stands in the table `kind` and is seen at `path`; `sender` is a keyed hash."""

    __tablename__ = "reports"
    bound = Bound(by="at", rows=1000)
    __table_args__ = (Index("reports_text", "kind", "text_id"), Index("reports_sender", "sender", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    text_id: Mapped[int]
    path: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(LONGEST))
    once: Mapped[str] = mapped_column(String(22), unique=True)
    sender: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


def report(model: Any, id: int, path: str, once: str, reason: str) -> None:
    """Keep a report of a text that stands; sent twice, by the same token, it is one.

    TooOftenError when the account, or without one the address, has sent `AN_HOUR` of them.
    """
    now, sender, hour = clock.now(), _sender(), timedelta(hours=1)
    with writing() as db:
        # Locked, so that the text does not go without this report, nor the same report come twice.
        standing = select(model.id).where(model.id == id, model.removed_at.is_(None)).with_for_update()
        if db.scalar(standing) is None or db.scalar(select(Report.id).where(Report.once == once)):
            return
        counted = select(func.count(), func.min(Report.at)).where(Report.sender == sender)
        number, oldest = db.execute(counted.where(Report.at > now - hour)).one()
        if number >= AN_HOUR:
            raise TooOftenError(oldest + hour - now, hour)
        values = {"kind": model.__tablename__, "text_id": id, "path": path, "reason": reason, "once": once}
        db.execute(insert(Report).values(**values, sender=sender, at=now))
        db.execute(delete(Report).where(too_many(Report)))


def _sender() -> str:
    # A demo account is everybody's, and of accounts with a drawn name anybody may have many.
    if current_user.is_authenticated and not (current_user.demo or current_user.ends):
        return keyed_hash("account", str(current_user.id))
    return address_hash()


def forget(session: Session, kind: str, texts: Any) -> None:
    """Delete the reports of some texts of a kind: their ids, or the statement that selects them."""
    session.execute(delete(Report).where(Report.kind == kind, Report.text_id.in_(texts)))


def number() -> int:
    """Return how many texts wait for a decision; none while the database is down, since every page may ask."""
    texts = select(Report.kind, Report.text_id).distinct().subquery()
    try:
        return reading().scalar(select(func.count()).select_from(texts))
    except SQLAlchemyError:
        return 0
