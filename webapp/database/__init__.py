"""What many visitors share lives here: SQLite by default, PostgreSQL by `CRUMB_DATABASE_URL`.

`reading()` is the request's session for questions: each statement on its own, so a page never holds a lock.
`with writing() as session:` is one transaction, committed at its end; on SQLite it takes the write lock first.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import DateTime, Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from .migrate import database_commands

__all__ = ["Base", "Moment", "engine", "init_app", "reading", "writing"]


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
    app.extensions["crumb.database"] = opened = create_engine(url, **options)
    if opened.dialect.name == "sqlite":
        event.listen(opened, "connect", _prepare_sqlite)
        event.listen(opened, "begin", _begin_sqlite)
    app.teardown_appcontext(_close)
    app.cli.add_command(database_commands)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A plain BEGIN takes the lock at the first write and fails there when another was faster; this one waits.
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def engine() -> Engine:
    """Return the engine of the current app."""
    return current_app.extensions["crumb.database"]


def reading() -> Session:
    """Return the session for questions, one a request; what it returns is not to be changed."""
    if "reading" not in g:
        g.reading = Session(engine().execution_options(isolation_level="AUTOCOMMIT"), autoflush=False)
    return g.reading


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session for one transaction; it is committed at the end, rolled back when an error leaves the block."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session
    if "reading" in g:
        g.reading.expire_all()


def _close(error: BaseException | None) -> None:
    if session := g.pop("reading", None):
        session.close()
