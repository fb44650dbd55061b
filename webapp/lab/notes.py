"""What the parties of a bench wrote down: what arrived at the site, and what the tracker saw.

Arrivals can't be kept in a cookie, since which cookies arrive is the very question.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, String, Table, delete, insert, select

from webapp import clock
from webapp.database import METADATA, Bound, Moment, reading, writing
from webapp.database.bounds import too_many

KEY = "[A-Za-z0-9_-]{16}"
KEPT = 80
KEPT_FOR = timedelta(hours=2)


# One note; `bench` is the key that stands in the addresses of one visitor's bench.
LAB_NOTES = Table(
    "lab_notes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("bench", String(22), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("data", JSON, nullable=False),
    Index("lab_notes_bench", "bench", "id"),
    info={"bound": Bound(by="at", lasts=KEPT_FOR, rows=20_000)},
)


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
        db.execute(delete(LAB_NOTES).where(LAB_NOTES.c.bench == bench))
        db.execute(insert(LAB_NOTES), {"bench": bench, "at": now, "kind": "begun", "data": {}})
        db.execute(delete(LAB_NOTES).where(too_many(LAB_NOTES)))


def write(bench: str, kind: str, **data: Any) -> None:
    """Write a note down; a bench that is full takes no more."""
    if 0 < len(read(bench)) < KEPT:
        with writing() as db:
            db.execute(insert(LAB_NOTES), {"bench": bench, "at": clock.now(), "kind": kind, "data": data})


def read(bench: str) -> list[Note]:
    """Return the notes of a bench, the oldest first, which tells when it began; none for one that nobody opened."""
    if not re.fullmatch(KEY, bench, re.ASCII):  # PostgreSQL takes no zero byte, not even to look for it
        return []
    rows = reading().execute(
        select(LAB_NOTES.c.at, LAB_NOTES.c.kind, LAB_NOTES.c.data)
        .where(LAB_NOTES.c.bench == bench, LAB_NOTES.c.at >= clock.now() - KEPT_FOR)
        .order_by(LAB_NOTES.c.id)
    )
    return [Note(*row) for row in rows]
