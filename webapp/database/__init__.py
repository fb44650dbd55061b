"""What many visitors share lives here: SQLite by default, PostgreSQL by `CRUMB_DATABASE_URL`.

`reading()` is the request's connection for questions: each statement on its own, so a page never holds a lock.
`with writing() as db:` is one transaction, committed at its end; on SQLite it takes the write lock first.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, g
from sqlalchemy import URL, Connection, DateTime, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from webapp import trial
from webapp.house import house

from .engines import Engines, engines
from .migrate import database_commands, first_line

__all__ = ["Base", "Moment", "dispose", "engine", "engines", "init_app", "reading", "release", "share", "writing"]


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


class Base(DeclarativeBase):
    """The base of every table; the tables stand in the feature that owns them."""

    type_annotation_map = {datetime: Moment}  # noqa: RUF012 - SQLAlchemy reads a plain dict


def init_app(app: Flask) -> None:
    """Open the database that `DATABASE_URL` names; nothing is read or written before the first question.

    SystemExit with a sentence when no database can be meant.
    """
    url = _parse(app.config["DATABASE_URL"])
    sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {
        "pool_pre_ping": not sqlite,
        "hide_parameters": True,  # an error in the log names the statement, never a visitor's data
    }
    if sqlite:
        options["connect_args"] = {"timeout": 5}
    try:
        to_write = create_engine(url, **options)
    except ImportError as error:
        if error.name == "psycopg":
            raise SystemExit(
                "CRUMB_DATABASE_URL names PostgreSQL, and the package for it is not installed: "
                f"{sys.executable} -m pip install --require-hashes -r requirements-postgresql.txt"
            ) from None
        raise SystemExit(f"CRUMB_DATABASE_URL can't be used: its driver is missing ({first_line(error)})") from None
    # Nothing is open after an answer, so there is nothing to roll back.
    to_read = create_engine(url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None, **options)
    house(app).keep(Engines(to_write, to_read))
    if app.config["MIGRATE_ON_START"] is None:
        app.config["MIGRATE_ON_START"] = sqlite
    if sqlite:
        event.listen(to_write, "connect", _prepare_sqlite)
        event.listen(to_read, "connect", _prepare_sqlite)
        event.listen(to_write, "begin", _begin_sqlite)
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


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN takes the lock at the first write and fails there when another was faster; this one waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def share(app: Flask, other: Flask) -> None:
    """Let `other` ask the database of `app`."""
    house(other).keep(engines(app))
    other.teardown_appcontext(_close)


def dispose(app: Flask) -> None:
    """Close every connection to the database."""
    for engine in engines(app):
        engine.dispose()


def engine() -> Engine:
    """Return the engine of the current app."""
    return engines().to_write


def reading() -> Connection:
    """Return the connection for questions, one a request; plain rows, since nothing read here is changed."""
    if "reading" not in g:
        g.reading = engines().to_read.connect()
    return g.reading


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session for one transaction; it is committed at the end, rolled back when an error leaves the block.

    In a trial it is rolled back in any case.
    """
    with Session(engine(), expire_on_commit=False) as session, session.begin() as transaction:
        yield session
        if trial.under_way():
            session.flush()
            transaction.rollback()


def release() -> None:
    """Give the connection for questions back before a long wait for something else."""
    if connection := g.pop("reading", None):
        connection.close()


def _close(error: BaseException | None) -> None:
    release()
