"""Bringing the schema to its newest revision, with Alembic, and what a new database begins with."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from webapp.house import house
from webapp.logs import progress

from . import sqlite
from .engines import engines

MIGRATIONS = Path(__file__).parent / "migrations"
TURN = 0xC0011D  # PostgreSQL's lock for whoever migrates
_log = logging.getLogger(__name__)


def newest_revision() -> str:
    """Return the revision that the code expects: the files are numbered, `0001_accounts.py` is revision 0001."""
    return max(_revisions())


def _revisions() -> set[str]:
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the newest schema; Alembic, slow to import, is not needed for that.

    SystemExit as of `revision_of`.
    """
    return revision_of(engine) == newest_revision()


def revision_of(engine: Engine) -> str | None:
    """Return the revision that the database is at, None where nothing is in it.

    SystemExit with a sentence when it has one that this version of the code does not know.
    """
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision and revision not in _revisions():
        raise SystemExit(
            f"The database is at revision {revision}, and this version of Crumb knows {newest_revision()} as the "
            "newest: start the version that it belongs to, or put back the copy of before the update"
        )
    return revision


def upgrade(engine: Engine) -> None:
    """Migrate to the newest revision; of several processes that start at once, one does it and the others wait."""
    from alembic import command

    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # SQLite's transaction has the database to itself; here two would both make the first table.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(select(func.pg_advisory_xact_lock(TURN)))
        command.upgrade(alembic_config(connection), "head")


@contextmanager
def usable(engine: Engine, what: object = "The database") -> Iterator[None]:
    """Ask the database something; SystemExit with a sentence where it, or the file that is named, refuses."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        engine.dispose()
        raise SystemExit(f"{what} can't be used: {first_line(error)}") from None


def first_line(error: BaseException) -> str:
    """Return what an error of the database says, for sentence and log: the driver's words, without the advice below."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def alembic_config(connection: Connection):
    """Return Alembic's configuration for a connection; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    tell = progress(_log, "the database is at revision %s of %s")
    config.attributes["tell"] = lambda step, **rest: tell(step.up_revision_id, newest_revision())
    return config


@dataclass(frozen=True)
class Beginning:
    """What fills a database that has the newest schema: each adds what is missing, and may be asked again."""

    fill: tuple[Callable[[Flask], None], ...]


def prepare(app: Flask, *fill: Callable[[Flask], None]) -> None:
    """Bring the database up at start where the setting says so, else say in the log what it lacks.

    SystemExit with a sentence where it can't be brought up, and for a schema that we don't know.
    """
    house(app).keep(Beginning(fill))
    if app.config["MIGRATE_ON_START"]:
        bring_up(app)
    # Else the site starts, and says so on its pages, while the database is down.
    elif (lack := lacking(app)) and _serves():
        _log.warning(lack)


def _serves() -> bool:
    """Tell whether this process is to serve the site: a command other than `flask run` may be the one that mends it."""
    command = click.get_current_context(silent=True)
    return command is None or command.info_name == "run"


def bring_up(app: Flask) -> None:
    """Give the database the newest schema and its first content; SystemExit with a sentence where it refuses."""
    engine = engines(app).to_write
    with usable(engine):
        if engine.dialect.name == "sqlite":
            sqlite.make(sqlite.path_of(engine.url))
        if not is_current(engine):
            upgrade(engine)
    for fill in house(app).kept(Beginning).fill:
        fill(app)


def lacking(app: Flask) -> str:
    """Return what keeps pages from their database, and what to do about it; "" where it has the newest schema.

    SystemExit as of `is_current`.
    """
    try:
        if is_current(engines(app).to_read):
            return ""
    except (SQLAlchemyError, sqlite3.Error) as error:
        return f"The database does not answer ({first_line(error)}): see that it runs"
    return "The database has not the schema of this version of Crumb: run `flask database upgrade`"


def is_ready(app: Flask) -> bool:
    """Tell whether the database answers, with the newest schema."""
    try:
        return not lacking(app)
    except SystemExit:  # it has a schema that this version must not write to
        return False
