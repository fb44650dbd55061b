"""`flask lessons`: looking after an instructor's own lessons."""

from importlib import import_module

import click
from flask.cli import AppGroup

lessons_commands = AppGroup("lessons", help="Look after lessons of your own.")


@lessons_commands.command("check", with_appcontext=False)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
def check(folder: str) -> None:
    """Read the lessons in FOLDER, and do each step by a browser that follows RFC 6265bis."""
    try:
        replay = import_module("tests.lessons.check").replay
    except ImportError as error:
        raise click.ClickException(
            f"{error}. The browser is that of the tests: run this where the project's files are, with the packages of "
            "requirements-dev.txt."
        ) from None
    wrong = 0
    for line, fine in replay(folder):
        click.echo(line)
        wrong += not fine
    if wrong:
        raise click.ClickException(f"{wrong} to mend.")
