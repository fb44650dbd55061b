"""Bringing the schema to its newest revision, with Alembic."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
database_commands = AppGroup("database", help="Look after the database's schema.")


def newest_revision() -> str:
    """Return the revision that the code expects: the files are numbered, `0001_accounts.py` is revision 0001."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the newest schema; Alembic, slow to import, is not needed for that."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalar(text("SELECT version_num FROM alembic_version")) == newest_revision()


def upgrade(engine: Engine) -> None:
    """Migrate to the newest revision; of several processes that start at once, one does it and the others wait."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection):
    """Return Alembic's configuration for a connection; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def prepare(app: Flask) -> None:
    """Migrate at start where the setting says so: by default on SQLite only."""
    engine: Engine = app.extensions["crumb.database"]
    wanted = app.config["MIGRATE_ON_START"]
    if (engine.dialect.name == "sqlite" if wanted == "" else wanted) and not is_current(engine):
        upgrade(engine)


@database_commands.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema."""
    upgrade(current_app.extensions["crumb.database"])
    click.echo(f"The database is at revision {newest_revision()}.")
