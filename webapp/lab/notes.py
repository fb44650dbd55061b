"""What the parties of a bench wrote down: what arrived at the site, and what the tracker saw.

Arrivals can't be kept in a cookie, since which cookies arrive is the very question.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, Bound, reading, writing
from webapp.database.bounds import too_many

KEY = "[A-Za-z0-9_-]{16}"
KEPT = 80
KEPT_FOR = timedelta(hours=2)


class LabNote(Base):
    """One note; `bench` is the key that stands in the addresses of one visitor's bench."""

    __tablename__ = "lab_notes"
    bound = Bound(by="at", lasts=KEPT_FOR, rows=20_000)
    __table_args__ = (Index("lab_notes_bench", "bench", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bench: Mapped[str] = mapped_column(String(22))
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(8))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True)
class Note:
    """What was written down, and when."""

    at: datetime
    kind: str
    data: dict[str, Any]


def begin(bench: str) -> None:
    """Open a bench, or begin again with it: what was written down before is thrown away."""
    now = clock.now()
    with writing() as db:
        db.execute(delete(LabNote).where(LabNote.bench == bench))
        db.execute(insert(LabNote), {"bench": bench, "at": now, "kind": "begun", "data": {}})
        db.execute(delete(LabNote).where(too_many(LabNote)))


def write(bench: str, kind: str, **data: Any) -> None:
    """Write a note down; a bench that is full takes no more."""
    if 0 < len(read(bench)) < KEPT:
        with writing() as db:
            db.execute(insert(LabNote), {"bench": bench, "at": clock.now(), "kind": kind, "data": data})


def read(bench: str) -> list[Note]:
    """Return the notes of a bench, the oldest first, which tells when it began; none for one that nobody opened."""
    if not re.fullmatch(KEY, bench, re.ASCII):  # PostgreSQL takes no zero byte, not even to look for it
        return []
    rows = reading().execute(
        select(LabNote.at, LabNote.kind, LabNote.data)
        .where(LabNote.bench == bench, LabNote.at >= clock.now() - KEPT_FOR)
        .order_by(LabNote.id)
    )
    return [Note(*row) for row in rows]
