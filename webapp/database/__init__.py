"""What many visitors share lives here: SQLite by default, PostgreSQL by `CRUMB_DATABASE_URL`.

`reading()` is the request's connection for questions: each statement on its own, so a page never holds a lock.
`with writing() as db:` is one transaction, committed at its end; on SQLite it takes the write lock first. Whoever finds
the database locked waits five seconds; `note(...)`, for what a page can do without, a tenth of one.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import URL, Connection, DateTime, Executable, MetaData, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.types import TypeDecorator

from webapp import trial
from webapp.cookies.direct import this_g
from webapp.house import house

from . import postgresql, sqlite
from .bounds import Bound
from .commands import database_commands
from .engines import PATIENCE, Engines, engines
from .migrate import first_line

__all__ = [
    *("METADATA", "Moment", "dispose", "engines", "init_app", "note", "reading", "release", "share", "writing"),
    "Bound",
]


class Moment(TypeDecorator):
    """An aware datetime, kept in UTC; SQLite has no time zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a naive datetime: it would name another moment on another machine."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return the moment in UTC."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


# Every table. Each stands in the feature that owns it, and says what keeps it small: the Bound in its `info`.
METADATA = MetaData()


def init_app(app: Flask) -> None:
    """Open the database that `DATABASE_URL` names; nothing is read or written before the first question.

    SystemExit with a sentence when no database can be meant.
    """
    url = _parse(app.config["DATABASE_URL"])
    kind = sqlite if url.get_backend_name() == "sqlite" else postgresql
    # An error in the log names the statement, never a visitor's data.
    options: dict[str, Any] = {"hide_parameters": True, **kind.OPTIONS}
    try:
        to_write = create_engine(url, pool_timeout=PATIENCE.to_write, **options)
    except ImportError as error:
        if error.name == "psycopg":
            raise SystemExit(
                "CRUMB_DATABASE_URL names PostgreSQL, and the package for it is not installed: "
                f"{sys.executable} -m pip install --require-hashes -r requirements-postgresql.txt"
            ) from None
        raise SystemExit(f"CRUMB_DATABASE_URL can't be used: its driver is missing ({first_line(error)})") from None
    # Each statement stands on its own: nothing is open after an answer, so there is nothing to roll back.
    options |= {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    to_read = create_engine(url, pool_timeout=PATIENCE.to_read, **options)
    # Connections of its own: those to write with may all be waiting.
    to_note = create_engine(url, pool_timeout=PATIENCE.to_note, **options)
    house(app).keep(Engines(to_write, to_read, to_note))
    kind.set_up(engines(app))
    if app.config["MIGRATE_ON_START"] is None:
        app.config["MIGRATE_ON_START"] = kind is sqlite
    app.teardown_appcontext(_close)
    app.cli.add_command(database_commands)


def _parse(address: str) -> URL:
    try:
        # Hosts give out `postgres://`.
        url = make_url(re.sub("^postgres(ql)?://", "postgresql+psycopg://", address))
        dialect = url.get_dialect()
        usable = not dialect.is_async and (dialect.name == "postgresql" or (dialect.name == "sqlite" and _is_file(url)))
    except (ArgumentError, ValueError):
        usable = False
    if not usable:
        raise SystemExit(
            "CRUMB_DATABASE_URL can't be used: write it like postgresql://user:password@db.example.org/crumb or "
            "sqlite:////path/to/crumb.sqlite3"
        )
    return url


def _is_file(url: URL) -> bool:
    # In memory, what one connection writes is not there for another.
    return ":memory:" not in (url.database or ":memory:") and url.query.get("mode") != "memory"


def share(app: Flask, other: Flask) -> None:
    """Let `other` ask the database of `app`."""
    house(other).keep(engines(app))
    other.teardown_appcontext(_close)


def dispose(app: Flask) -> None:
    """Close every connection to the database."""
    for engine in engines(app):
        engine.dispose()


def reading() -> Connection:
    """Return the connection for questions, one a request."""
    known = this_g()
    if "reading" not in known:
        known.reading = engines().to_read.connect()
    return known.reading


@contextmanager
def writing() -> Iterator[Connection]:
    """Give a connection for one transaction, which begins with the first statement: until then nothing is locked.

    It is committed at the end, rolled back when an error leaves the block, and in a trial in any case.
    """
    with engines().to_write.connect() as connection:
        try:
            yield connection
            if not trial.under_way():
                connection.commit()
        finally:
            connection.rollback()  # behind a commit nothing is left; one that failed would go on holding its lock


def note(statement: Executable) -> None:
    """Write by one statement what is worth no waiting: where the database is locked, it fails at once.

    In a trial nothing is written.
    """
    if not trial.under_way():
        with engines().to_note.connect() as connection:
            connection.execute(statement)


def release() -> None:
    """Give the connection for questions back before a long wait for something else."""
    if connection := this_g().pop("reading", None):
        connection.close()


def _close(error: BaseException | None) -> None:
    release()
