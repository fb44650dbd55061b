"""SQLite: one file that belongs to its owner alone, with many readers and one writer at a time; its copies."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import DisconnectionError

from .engines import PATIENCE, Engines
from .private import keep_private

OPTIONS: dict[str, Any] = {}
_AS_IT_WAS = "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"


def set_up(them: Engines) -> None:
    """Open the file as the site needs it; no page makes a new one where it is missing, `make` does."""
    for engine, patience in zip(them, PATIENCE, strict=True):
        _open_with(engine, patience)
    event.listen(them.to_write, "begin", _begin)
    for engine in (them.to_write, them.to_note):
        event.listen(engine, "handle_error", _drop)


def path_of(url: URL) -> Path:
    """Return the file of a database."""
    return Path(url.database.removeprefix("file:"))


def files(path: Path) -> list[Path]:
    """Return the file of a database, and what SQLite puts beside it, whether these are there or not."""
    return [path, Path(f"{path}-wal"), Path(f"{path}-shm")]


def make(path: Path) -> None:
    """Make the file where it is missing, and keep it and what SQLite puts beside it from everybody but its owner.

    OSError where that can't be done.
    """
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for file in files(path):  # SQLite makes the other two with the rights of the first
        if file.exists():
            keep_private(file)


def _open_with(engine: Engine, patience: float) -> None:
    path = path_of(engine.url)

    def look(dialect: Any, record: Any, arguments: Any, options: Any) -> None:
        if not path.exists():
            raise sqlite3.OperationalError(f"{path} is missing")

    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin
        for pragma in (f"busy_timeout={int(patience * 1000)}", *_AS_IT_WAS):
            connection.execute(f"PRAGMA {pragma}")
        record.info["file"] = _identity(path)

    def check(connection: sqlite3.Connection, record: Any, proxy: Any) -> None:
        # What is written to a file that somebody moved away or replaced would be lost.
        if record.info["file"] != _identity(path):
            raise DisconnectionError(f"{path} is another file")

    event.listen(engine, "do_connect", look)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "checkout", check)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _drop(context: ExceptionContext) -> None:
    # Opened while the file was read-only, a connection stays so: the next may find that it is no more.
    context.is_disconnect = context.is_disconnect or "readonly" in str(context.original_exception)


def _begin(connection: Connection) -> None:
    # A plain BEGIN takes the lock at the first write and fails there when another was faster; this one waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give an empty file beside another, for its owner alone; it is gone at the end, unless it was moved. OSError."""
    file = path.with_name(f"{path.name}.{os.getpid()}")
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Write all that a database holds at this moment into an empty file, without a log of its own beside it.

    It is one snapshot, however long it takes: the site goes on writing meanwhile. sqlite3.Error where it can't be read.
    """
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE.to_read)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def put_back(source: Path, target: Path) -> None:
    """Make a database what another is, in one transaction: the site may run, and sees the one or the other.

    sqlite3.Error or OSError where that can't be done.
    """
    make(target)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=PATIENCE.to_write)) as new:
        old.backup(new)
