"""What keeps each table small; what is to be gone after a time is deleted by each process, every minute."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import ColumnElement, Table, and_, delete, exists, select, true
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.signals import sweeping

from .migrate import first_line

_EVERY = 60  # seconds
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Bound:
    """How much a table may hold: a row goes when its time is up (`lasts`), and where there are more than `rows`.

    `by` is the column that tells a row's age: the oldest go first. Where rows have an owner, the column `of`, the most
    is that of each. What is bounded by other means says `why`.
    """

    by: str = ""
    lasts: timedelta | None = None
    rows: int | None = None
    of: str = ""
    why: str = ""


def over(table: Table, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Yield which rows of a table are to go by its bound: those that are too old, those that are too many."""
    bound = table.info["bound"]
    if bound.lasts:
        yield table.c[bound.by] < now - bound.lasts
    if bound.rows and not bound.of:
        yield too_many(table)


def too_many(table: Table, owner: object = None) -> ColumnElement[bool]:
    """Return which rows are more than a table may hold, or more than this owner may have in it."""
    bound = table.info["bound"]
    age = table.c[bound.by]
    its = table.c[bound.of] == owner if bound.of else true()
    newest = select(age).where(its).order_by(age.desc()).offset(bound.rows).limit(1).scalar_subquery()
    return and_(its, age <= newest)


def sweep(app: Flask) -> None:
    """Delete what is over any bound; where there is nothing to delete, nothing is locked.

    What can't go by itself goes by those who hear of it (`sweeping`).
    """
    from . import METADATA, note, reading

    with app.app_context():
        sweeping.send(app)
        for table in METADATA.tables.values():
            for which in over(table, clock.now()):
                if reading().scalar(select(exists().where(which))):
                    note(delete(table).where(which))


def keep_swept(app: Flask) -> None:
    """Sweep every minute, as long as this process lives."""

    def go_on() -> None:
        while True:
            time.sleep(_EVERY)
            try:
                sweep(app)
            except SQLAlchemyError as error:  # the next minute tries again
                _log.warning("what is out of date could not be deleted: %s", first_line(error))

    threading.Thread(target=go_on, name="sweep", daemon=True).start()
