"""Bringing the schema to its newest revision, with Alembic."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from .engines import engines

MIGRATIONS = Path(__file__).parent / "migrations"
_log = logging.getLogger(__name__)
database_commands = AppGroup("database", help="Look after the database's schema.")


def newest_revision() -> str:
    """Return the revision that the code expects: the files are numbered, `0001_accounts.py` is revision 0001."""
    return max(_revisions())


def tell(step: Any, **rest: Any) -> None:
    """Write down how far a migration is, after each step of Alembic's."""
    _log.info("the database is at revision %s of %s", step.up_revision_id, newest_revision())


def _revisions() -> set[str]:
    return {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the newest schema; Alembic, slow to import, is not needed for that.

    SystemExit with a sentence when it has one that this version of the code does not know.
    """
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision and revision not in _revisions():
        raise SystemExit(
            f"The database is at revision {revision}, and this version of Crumb knows {newest_revision()} as the "
            "newest: start the version that it belongs to, or put back the copy of before the update"
        )
    return revision == newest_revision()


def upgrade(engine: Engine) -> None:
    """Migrate to the newest revision; of several processes that start at once, one does it and the others wait."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


@contextmanager
def usable(engine: Engine) -> Iterator[None]:
    """Ask the database something; SystemExit with a sentence where it refuses."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise SystemExit(f"The database can't be used: {first_line(getattr(error, 'orig', error))}") from None


def first_line(error: BaseException) -> str:
    """Return what an error says, without the advice that drivers put below it."""
    return str(error).partition("\n")[0]


def alembic_config(connection: Connection):
    """Return Alembic's configuration for a connection; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def prepare(app: Flask) -> None:
    """Migrate at start where the setting says so; a schema that we don't know stops the start in any case."""
    engine = engines(app).to_write
    if app.config["MIGRATE_ON_START"]:
        with usable(engine):
            if not is_current(engine):
                upgrade(engine)
    else:
        # The site starts, and says so on its pages, while the database is down.
        with suppress(SQLAlchemyError, sqlite3.Error):
            is_current(engine)


@database_commands.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema."""
    engine = engines().to_write
    with usable(engine):
        upgrade(engine)
    click.echo(f"The database is at revision {newest_revision()}.")
