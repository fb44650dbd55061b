"""The database: migrations that equal the tables, transactions that wait for each other."""

import threading
from contextlib import nullcontext

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from webapp import clock, trial
from webapp.database import METADATA, engines, note, reading, writing
from webapp.database.migrate import alembic_config, is_current, newest_revision
from webapp.wire.record.store import EXCHANGES


def test_the_migrations_make_the_tables(app):
    """The migrated schema is the one that the code declares."""
    engine = engines(app).to_write
    with engine.connect() as connection:
        # The index of words is no table to SQLAlchemy: each database has its own kind.
        ours = {"include_object": lambda object, name, *about: not (name or "").startswith("forum_words")}
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, METADATA) == []
    assert is_current(engine)


def shape(connection: Connection) -> dict[str, list]:
    """Return what each table consists of."""
    look = inspect(connection)
    return {
        table: [
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in look.get_columns(table)),
            look.get_pk_constraint(table)["constrained_columns"],
            sorted((index["column_names"], bool(index["unique"])) for index in look.get_indexes(table)),
            sorted(unique["column_names"] for unique in look.get_unique_constraints(table)),
            sorted((key["constrained_columns"], key["options"]) for key in look.get_foreign_keys(table)),
        ]
        for table in look.get_table_names()
    }


def test_down_and_up_again(app):
    """Every revision can be taken back: what it made is as it was before, and made anew the same."""
    engine = engines(app).to_write
    with engine.begin() as connection:
        to, shapes = alembic_config(connection), [shape(connection)]
        revisions = [each.revision for each in ScriptDirectory.from_config(to).walk_revisions()]
        for revision in [*revisions[1:], "base"]:
            command.downgrade(to, revision)
            shapes.append(shape(connection))
        for revision in reversed(revisions):
            before = shapes.pop()
            assert shape(connection) == before, f"as it is before {revision}"
            command.upgrade(to, revision)
        assert shape(connection) == shapes.pop() and revisions[0] == newest_revision()
    assert is_current(engine)


def test_the_command_upgrades(app):
    """`flask database upgrade` says where the database stands."""
    result = app.test_cli_runner().invoke(args=["database", "upgrade"])
    assert newest_revision() in result.output


def test_nobody_waits_longer_for_a_connection_than_for_a_lock(app):
    """What a page can do without, a tenth of a second."""
    assert [engine.pool.timeout() for engine in engines(app)] == [5, 5, 0.1]


def test_writers_wait_for_each_other(app):
    """Eight threads that read and then write lose no update and meet no lock error."""
    from webapp import clock

    with app.app_context(), writing() as db:
        db.execute(insert(EXCHANGES).values(visitor="v", at=clock.now(), data={"count": 0}))
    failures = []

    def count() -> None:
        with app.app_context():
            for _ in range(25):
                try:
                    with writing() as db:
                        query = select(EXCHANGES.c.data).where(EXCHANGES.c.visitor == "v").with_for_update()
                        data = db.scalar(query)
                        db.execute(update(EXCHANGES).values(data={"count": data["count"] + 1}))
                except Exception as error:
                    failures.append(error)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert failures == []
        assert reading().scalar(select(EXCHANGES.c.data)) == {"count": 200}


def test_an_error_rolls_back(app):
    """What a block wrote before it failed is not kept."""
    from webapp import clock

    with app.app_context():
        with pytest.raises(ZeroDivisionError), writing() as db:
            db.execute(insert(EXCHANGES).values(visitor="v", at=clock.now(), data={}))
            raise ZeroDivisionError
        assert reading().scalar(select(EXCHANGES.c.id)) is None


def test_a_transaction_begins_with_its_first_statement(app):
    """Until then nothing is locked; from then on, on SQLite, whoever else wants to write waits."""
    exchange = insert(EXCHANGES).values(visitor="a", at=clock.now(), data={})
    with app.app_context(), writing() as db:
        note(exchange)
        assert db.scalar(select(func.count()).select_from(EXCHANGES)) == 1
        with nullcontext() if db.dialect.name == "postgresql" else pytest.raises(OperationalError):
            note(exchange)


def test_an_end_that_fails_unlocks(app):
    """A transaction that can't be committed is over all the same: others write at once."""
    exchange = insert(EXCHANGES).values(visitor="a", at=clock.now(), data={})
    with app.app_context():
        with pytest.raises(IntegrityError), writing() as db:
            if db.dialect.name != "sqlite":
                pytest.skip("a constraint that waits for the end is SQLite's PRAGMA")
            db.execute(text("PRAGMA defer_foreign_keys = ON"))
            db.execute(text("INSERT INTO retired_validators (hash, device_id, at) VALUES ('a', 404, '2026-01-01')"))
        note(exchange)
        with writing() as db:
            db.execute(exchange)
        assert reading().scalar(select(func.count()).select_from(EXCHANGES)) == 2


def test_what_is_written_stays_but_in_a_trial(app):
    """A transaction is committed at its end, and in a trial taken back."""
    for environ, number in (({}, 1), ({trial._KEY: trial.Trial("", "")}, 2)):
        with app.test_request_context(environ_overrides=environ), writing() as db:
            db.execute(insert(EXCHANGES).values(visitor="a", at=clock.now(), data={}))
            assert db.scalar(select(func.count()).select_from(EXCHANGES)) == number
        with engines(app).to_read.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(EXCHANGES)) == 1


def test_sqlite_is_set_up_for_many_readers(app):
    """WAL, foreign keys on, five seconds of patience for reading and for writing, a tenth for what can be left out."""
    if engines(app).to_write.dialect.name != "sqlite":
        pytest.skip("about SQLite only")
    for engine, patience in zip(engines(app), (5000, 5000, 100), strict=True):
        with engine.connect() as connection:
            values = [connection.scalar(text(f"PRAGMA {p}")) for p in ("journal_mode", "busy_timeout", "foreign_keys")]
            assert values == ["wal", patience, 1]


def test_what_is_noted_stays_but_in_a_trial(app):
    """A statement that is noted is kept at once; in a trial nothing is."""
    for environ in ({}, {trial._KEY: trial.Trial("", "")}):
        with app.test_request_context(environ_overrides=environ):
            note(insert(EXCHANGES).values(visitor="a", at=clock.now(), data={}))
        with engines(app).to_read.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(EXCHANGES)) == 1
