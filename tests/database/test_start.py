"""Which database is meant, and what stops the start where it is of no use."""

import sys
from contextlib import nullcontext

import click
import pytest
from sqlalchemy import make_url, text

from webapp import create_app
from webapp.database import dispose, engines
from webapp.database.migrate import newest_revision, prepare


def end_of(start, *arguments) -> str:
    """Start, which has to fail, and return the one sentence that ends it."""
    with pytest.raises(SystemExit) as end:
        start(*arguments)
    assert isinstance(end.value.code, str) and "\n" not in end.value.code
    return end.value.code


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_by_any_of_its_names(tmp_path, scheme):
    """`postgres://`, as hosts give it out, and `postgresql://` are PostgreSQL; the site starts while it is down."""
    pytest.importorskip("psycopg")
    url = f"{scheme}://ada:hush-hush@127.0.0.1:1/crumb"
    app = create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": url})
    for engine in engines(app):
        assert engine.url == make_url("postgresql+psycopg://ada:hush-hush@127.0.0.1:1/crumb")
    dispose(app)


@pytest.mark.parametrize("address", ["postgres://db.example/crumb", "sqlite+pysqlcipher:///crumb"])
def test_a_missing_driver_is_named(tmp_path, monkeypatch, address):
    """A database whose driver is not installed stops the start with its name, or the command that brings it."""
    for driver in ("psycopg", "sqlcipher3", "pysqlcipher3"):
        monkeypatch.setitem(sys.modules, driver, None)
    told = end_of(create_app, {"INSTANCE": str(tmp_path), "DATABASE_URL": address})
    if address.startswith("postgres"):
        assert told.startswith("CRUMB_DATABASE_URL names PostgreSQL")
        assert told.endswith("-m pip install --require-hashes -r requirements-postgresql.txt")
    else:
        assert told.startswith("CRUMB_DATABASE_URL can't be used: its driver is missing") and "sqlcipher" in told


@pytest.mark.parametrize("kind", ["folder", "text", "nowhere", "unreachable"])
def test_a_database_that_refuses_stops_the_start(tmp_path, kind):
    """What is no database, has no folder to be made in, or does not answer a migration ends it without the password."""
    path = tmp_path / "crumb.sqlite3"
    url = f"sqlite:///{path}"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("A cake is no database. " * 100)
    elif kind == "nowhere":
        url = f"sqlite:///{tmp_path}/nowhere/crumb.sqlite3"
    else:
        url = "postgresql://ada:hush-hush@127.0.0.1:1/crumb"
    told = end_of(create_app, {"INSTANCE": str(tmp_path), "DATABASE_URL": url, "MIGRATE_ON_START": True})
    assert told.startswith("The database can't be used: ") and "hush-hush" not in told


@pytest.mark.parametrize("migrates", [True, False])
def test_an_unknown_revision_stops_the_start(app, migrates):
    """A database of a newer version, or of none that we know, is named with its revision and left as it is."""
    engine = engines(app).to_write
    settled = app.config["MIGRATE_ON_START"]
    try:
        app.config["MIGRATE_ON_START"] = migrates
        for unknown in ("9999", "baker"):
            mark(engine, unknown)
            told = end_of(prepare, app)
            assert told.startswith(f"The database is at revision {unknown}") and newest_revision() in told
            with engine.connect() as connection:
                assert connection.scalar(text("SELECT version_num FROM alembic_version")) == unknown
    finally:
        mark(engine, newest_revision())
        app.config["MIGRATE_ON_START"] = settled


@pytest.mark.parametrize(("command", "told"), [(None, True), ("run", True), ("flask", False)])
def test_who_serves_is_told_what_the_database_lacks(tmp_path, caplog, command, told):
    """A server says at its start that the database needs a command, or is down; that very command doesn't."""
    pytest.importorskip("psycopg")
    with click.Context(click.Command("flask"), info_name=command) if command else nullcontext():
        dispose(create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": "postgresql://127.0.0.1:1/crumb"}))
    assert ("The database does not answer" in caplog.text) == told


def test_not_ready(app):
    """The check for balancers says 503 over a database of another version, with one line, and 200 over ours."""
    engine, client = engines(app).to_write, app.test_client(use_cookies=False)
    try:
        for revision in ("9999", "0001"):
            mark(engine, revision)
            answer = client.get("/readyz", headers={"Host": "10.0.0.1"})
            assert (answer.status_code, answer.text) == (503, "the database is not ready\n")
            assert client.get("/healthz").status_code == 200
    finally:
        mark(engine, newest_revision())
    answer = client.get("/readyz", headers={"Host": "10.0.0.1", "Cookie": "theme=dark"})
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers and "Vary" not in answer.headers


def mark(engine, revision: str) -> None:
    """Write the database's revision."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_the_command_says_why_it_can_not(tmp_path):
    """`flask database upgrade` over a database that does not answer ends with the sentence."""
    pytest.importorskip("psycopg")
    url = "postgresql://ada:hush-hush@127.0.0.1:1/crumb"
    app = create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": url})
    result = app.test_cli_runner().invoke(args=["database", "upgrade"])
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert result.output.startswith("The database can't be used: ")
    dispose(app)
