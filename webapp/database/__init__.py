"""What many visitors share lives here: SQLite by default, PostgreSQL by `CRUMB_DATABASE_URL`.

`reading()` is the request's connection for questions: each statement on its own, so a page never holds a lock.
`with writing() as session:` is one transaction, committed at its end; on SQLite it takes the write lock first.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Connection, DateTime, Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from webapp import trial

from .migrate import database_commands

__all__ = ["Base", "Moment", "dispose", "engine", "init_app", "reading", "release", "share", "writing"]


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
    """Open the database that `DATABASE_URL` names; nothing is read or written before the first question."""
    url = app.config["DATABASE_URL"]
    options: dict[str, Any] = {
        "pool_pre_ping": not url.startswith("sqlite"),
        "hide_parameters": True,  # an error in the log names the statement, never a visitor's data
    }
    if url.startswith("sqlite"):
        options["connect_args"] = {"timeout": 5}
    app.extensions["crumb.database"] = to_write = create_engine(url, **options)
    app.extensions["crumb.database.reading"] = to_read = create_engine(url, isolation_level="AUTOCOMMIT", **options)
    if to_write.dialect.name == "sqlite":
        event.listen(to_write, "connect", _prepare_sqlite)
        event.listen(to_read, "connect", _prepare_sqlite)
        event.listen(to_write, "begin", _begin_sqlite)
    app.teardown_appcontext(_close)
    app.cli.add_command(database_commands)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN takes the lock at the first write and fails there when another was faster; this one waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def share(app: Flask, other: Flask) -> None:
    """Let `other` ask the database of `app`."""
    for name in ("crumb.database", "crumb.database.reading"):
        other.extensions[name] = app.extensions[name]
    other.teardown_appcontext(_close)


def dispose(app: Flask) -> None:
    """Close every connection to the database."""
    app.extensions["crumb.database"].dispose()
    app.extensions["crumb.database.reading"].dispose()


def engine() -> Engine:
    """Return the engine of the current app."""
    return current_app.extensions["crumb.database"]


def reading() -> Connection:
    """Return the connection for questions, one a request; plain rows, since nothing read here is changed."""
    if "reading" not in g:
        g.reading = current_app.extensions["crumb.database.reading"].connect()
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
