"""What is asked of a database while somebody listens."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def heard(*engines: Engine) -> Iterator[list[str]]:
    """Give a list to which each statement is added; afterwards nobody listens: that costs a way round."""
    statements: list[str] = []

    def note(connection, cursor, statement, *more) -> None:
        statements.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
