"""What nearly every page asks or notes, put to the driver itself: SQLAlchemy takes twice as long."""

from collections import namedtuple
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

from . import reading


class Question:
    """A statement that is compiled once for each database: a SELECT, or an INSERT that returns something.

    Words, the types of values and what is to be done about an error are SQLAlchemy's, as is the way of a statement that
    somebody watches.
    """

    def __init__(self, statement: Select[Any] | ReturningInsert[Any]) -> None:
        self._statement = statement
        self._prepared = cache(self._prepare)

    def __call__(self, **values: Any) -> list[Any]:
        """Return the rows, whose columns are attributes; SQLAlchemyError when the database does not answer."""
        return self.put(reading(), values)

    def put(self, connection: Connection, values: dict[str, Any]) -> list[Any]:
        """Return the rows as a connection whose statements stand each on its own gives them."""
        if not connection.engine.dispatch.before_cursor_execute:
            text, bound, read = self._prepared(connection.dialect)
            try:
                cursor = connection.connection.cursor()
                cursor.execute(text, bound(values))
                rows = cursor.fetchall()
                cursor.close()
                return [read(row) for row in rows]
            except connection.dialect.dbapi.Error as error:
                if not self._statement.is_select:  # nothing is written twice, and nobody waits twice for a lock
                    connection.invalidate(error)
                    raise DBAPIError(text, None, error, hide_parameters=True) from error
                # Asked once more, SQLAlchemy gives up the connection where it is broken, and says what is wrong.
        return connection.execute(self._statement, values).all()

    def _prepare(self, dialect: Dialect) -> tuple[str, Callable[[dict[str, Any]], Any], Callable[[Any], Any]]:
        compiled = self._statement.compile(dialect=dialect)
        writers = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
        }
        columns = self._statement.exported_columns
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        row = namedtuple("Row", columns.keys())

        def bound(values: dict[str, Any]) -> Any:
            params = compiled.construct_params(values)
            written = {name: write(params[name]) if write else params[name] for name, write in writers.items()}
            return [written[name] for name in compiled.positiontup] if compiled.positional else written

        def read(values: Any) -> Any:
            return row(*[read(value) if read else value for read, value in zip(readers, values, strict=True)])

        return str(compiled), bound, read
