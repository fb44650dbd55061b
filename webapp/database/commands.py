"""`flask database`: its schema, and copies of all that is in it."""

import os
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from . import sqlite
from .engines import engines
from .migrate import bring_up, first_line, newest_revision, revision_of, upgrade, usable


class Commands(AppGroup):
    """Commands that ask the database: where it refuses, they end with a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command that is asked for; SystemExit with a sentence for what the database says."""
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            raise click.ClickException(
                f"The database can't be used: {first_line(error)}. Is it there, and has `flask database upgrade` run?"
            ) from None


database_commands = Commands("database", help="Look after the database.")
_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@database_commands.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema, and fill in what a new one begins with."""
    bring_up(current_app._get_current_object())
    click.echo(f"The database is at revision {newest_revision()}.")


@database_commands.command("backup")
@_file
def backup(file: Path) -> None:
    """Write all that is in the database into FILE, as it is at this moment; the site may run."""
    engine = _sqlite("pg_dump --format=custom --file=FILE")
    path = sqlite.path_of(engine.url)
    if file.resolve() in sqlite.files(path.resolve()):
        raise click.ClickException(f"{file} is the database itself: name another file.")
    with usable(engine, file), sqlite.aside(file) as aside:
        with usable(engine):
            sqlite.copy(path, aside)
        os.replace(aside, file)
    click.echo(f"Wrote {file.stat().st_size // 1024} KB to {file}.")


@database_commands.command("restore")
@_file
def restore(file: Path) -> None:
    """Make the database what it was when FILE was written; the site may run. What was written since then is lost."""
    from . import METADATA

    engine = _sqlite("pg_restore --clean --if-exists --single-transaction --dbname=ADDRESS FILE")
    path = sqlite.path_of(engine.url)
    with usable(engine), sqlite.aside(path) as aside:
        old = create_engine(f"sqlite:///{aside}")
        with usable(old, file):
            sqlite.copy(file, aside)
            if revision_of(old) is None:
                raise click.ClickException(f"{file} holds no database of Crumb: nothing was changed.")
            upgrade(old)
            if missing := set(METADATA.tables) - set(inspect(old).get_table_names()):
                raise click.ClickException(f"{file} lacks {', '.join(sorted(missing))}: nothing was changed.")
        old.dispose()
        sqlite.put_back(aside, path)
    click.echo(f"The database is what {file} holds, at revision {newest_revision()}.")


def _sqlite(command: str) -> Engine:
    """Return the engine of a SQLite file; of PostgreSQL, say which command of its own does it."""
    engine = engines().to_write
    if engine.dialect.name == "postgresql":
        raise click.ClickException(f"The database is PostgreSQL's, which has a command of its own: {command}")
    return engine
