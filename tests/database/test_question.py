"""What every page asks or notes is as SQLAlchemy does it, in a fourth of the time."""

import pytest
from sqlalchemy import Connection, Engine, bindparam, event, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from tests.statements import heard
from webapp import clock
from webapp.database import engines, note, reading
from webapp.database.question import Question
from webapp.wire.record.store import EXCHANGES

STATEMENT = (
    select(EXCHANGES.c.visitor.label("whose"), EXCHANGES.c.at, EXCHANGES.c.data)
    .where(EXCHANGES.c.visitor == bindparam("owner"), EXCHANGES.c.at >= bindparam("since"))
    .order_by(EXCHANGES.c.id)
    .limit(bindparam("number"))
)


@pytest.fixture
def since(app):
    """In a request: three rows of one visitor and one of another, and the moment of them all."""
    with app.test_request_context():
        for owner in ("ada", "bob", "ada", "ada"):
            note(insert(EXCHANGES).values(visitor=owner, at=clock.now(), data={"path": "/ä", "sent": [1, None]}))
        yield clock.now()


@pytest.fixture
def told():
    """The statements that SQLAlchemy tells of while a test runs."""
    told = []

    def note_it(connection, cursor, statement, *more) -> None:
        told.append(statement)

    event.listen(Engine, "before_cursor_execute", note_it)
    yield told
    event.remove(Engine, "before_cursor_execute", note_it)


def test_the_rows_are_those_of_sqlalchemy(since, monkeypatch):
    """Names, values and types of the columns are the same, and so is which rows there are; it is not asked for them."""
    question, values = Question(STATEMENT), {"owner": "ada", "since": since.replace(year=2020), "number": 2}
    expected = reading().execute(STATEMENT, values).all()
    monkeypatch.setattr(Connection, "execute", None)
    assert question(**values) == expected and len(expected) == 2
    assert question(**values)[0]._asdict() == expected[0]._asdict()
    assert question(**values)[0].at.tzinfo is expected[0].at.tzinfo
    assert question(**{**values, "since": clock.now()}) == []


def test_who_counts_statements_counts_it(since, told):
    """A listener hears of the statement, and the rows are the same."""
    question, values = Question(STATEMENT), {"owner": "ada", "since": since.replace(year=2020), "number": 2}
    rows = question(**values)
    assert len(told) == 1 and "exchanges" in told[0] and len(rows) == 2


def test_an_error_has_the_name_that_sqlalchemy_gives_it(app, since):
    """Where the driver fails, whoever asks gets SQLAlchemy's error, and the next question an answer."""
    question, values = Question(STATEMENT), {"owner": "ada", "since": since.replace(year=2020), "number": 2}
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE exchanges RENAME TO away"))
    with pytest.raises(SQLAlchemyError):
        question(**values)
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO exchanges"))
    assert len(question(**values)) == 2


KEEP = insert(EXCHANGES).values({name: bindparam(name) for name in ("visitor", "at", "data")}).returning(EXCHANGES.c.id)


def test_a_row_is_kept(app, since):
    """An INSERT gives what it returns, whether somebody listens or not, and writes values as SQLAlchemy writes them."""
    keep, row = Question(KEEP), {"visitor": "eve", "at": since, "data": {"path": "/ä"}}
    with engines(app).to_note.connect() as connection:
        [(first,)] = keep.put(connection, row)
        with heard(engines(app).to_note) as statements:
            [(second,)] = keep.put(connection, row)
    assert first < second and len(statements) == 1
    columns = select(EXCHANGES.c.id, EXCHANGES.c.at, EXCHANGES.c.data)
    rows = reading().execute(columns.where(EXCHANGES.c.visitor == "eve")).all()
    assert rows == [(first, since, row["data"]), (second, since, row["data"])]


def test_a_row_is_not_kept_twice(app, since, monkeypatch):
    """An INSERT that the driver refuses is SQLAlchemy's error at once: tried again, it could wait again."""
    keep, row = Question(KEEP), {"visitor": "eve", "at": since, "data": None}
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE exchanges RENAME TO away"))
    with monkeypatch.context() as patch, engines(app).to_note.connect() as connection:
        patch.setattr(Connection, "execute", None)
        with pytest.raises(SQLAlchemyError):
            keep.put(connection, row)
    with engines(app).to_write.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO exchanges"))
