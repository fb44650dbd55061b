"""The database's file: its owner's alone; written to a copy, and put back, while the site runs."""

import logging
import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, select, text

from webapp import clock, create_app
from webapp.classroom.rooms import ROOMS
from webapp.database import dispose, engines, reading, writing
from webapp.database.migrate import alembic_config, is_current, newest_revision
from webapp.database.private import keep_private

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


@pytest.fixture
def app(make_app):
    """An app over a database of its own, in which one room is open."""
    app = make_app(DEMO_ACCOUNTS=False, DEMO_CONTENT=False)
    if engines(app).to_write.dialect.name != "sqlite":
        pytest.skip("about SQLite only")
    open_room(app, "BCDFGH")
    return app


def open_room(app, name: str) -> None:
    """Write a room down."""
    with app.app_context(), writing() as db:
        db.execute(insert(ROOMS).values(notes=name, begun=clock.now()))


def rooms(app) -> list[str]:
    """Return the names of all rooms."""
    with app.app_context():
        return sorted(reading().scalars(select(ROOMS.c.notes)))


def run(app, *arguments) -> tuple[int, str]:
    """Run one of the site's commands; return its exit code and what it said."""
    result = app.test_cli_runner().invoke(args=["database", *map(str, arguments)])
    return result.exit_code, result.output


def held(file: Path) -> list[str]:
    """Return the names of the rooms in a copy."""
    with closing(sqlite3.connect(file)) as connection:
        return sorted(name for (name,) in connection.execute("SELECT notes FROM rooms"))


def test_a_copy_by_hand_is_empty(app, tmp_path):
    """What was written last stands beside the file: a plain copy lacks it, `backup` has it."""
    shutil.copy(engines(app).to_write.url.database, tmp_path / "by-hand")
    assert held(tmp_path / "by-hand") == []
    code, said = run(app, "backup", tmp_path / "copy")
    assert code == 0 and said.endswith(f" KB to {tmp_path / 'copy'}.\n")
    assert held(tmp_path / "copy") == ["BCDFGH"]
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy"], "nothing stands beside it"
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_there_and_back(app, tmp_path):
    """`restore` makes the running site what it was when the copy was written, and leaves the copy as it is."""
    run(app, "backup", tmp_path / "copy")
    open_room(app, "DDDDDD")
    before = (tmp_path / "copy").read_bytes()
    assert run(app, "restore", tmp_path / "copy")[0] == 0
    assert rooms(app) == ["BCDFGH"] and (tmp_path / "copy").read_bytes() == before
    open_room(app, "FFFFFF")
    assert rooms(app) == ["BCDFGH", "FFFFFF"]


def test_an_older_copy_is_brought_up(app, tmp_path):
    """A copy of an older version comes back with the newest schema, and what was in it."""
    with engines(app).to_write.begin() as connection:
        connection.execute(text("INSERT INTO stock (slug, day, sold) VALUES ('rye-bread', '2026-01-01', 7)"))
    run(app, "backup", tmp_path / "copy")
    from sqlalchemy import create_engine

    old = create_engine(f"sqlite:///{tmp_path / 'copy'}")
    with old.begin() as connection:
        command.downgrade(alembic_config(connection), "0006")
    old.dispose()
    code, said = run(app, "restore", tmp_path / "copy")
    assert code == 0 and newest_revision() in said
    assert is_current(engines(app).to_read) and rooms(app) == []
    with app.app_context():
        assert reading().scalar(text("SELECT sold FROM stock")) == 7


def test_under_load(app, tmp_path):
    """Copies written and put back among writers: each is whole, no writer fails, no reader finds half of it."""
    stop, failures, written = threading.Event(), [], []

    def work(name: str) -> None:
        number = 0
        while not stop.is_set():
            try:
                open_room(app, f"{name}{number:05}")
                assert "BCDFGH" in rooms(app)
            except Exception as error:
                failures.append(error)
            number += 1
            written.append(number)

    threads = [threading.Thread(target=work, args=(name,)) for name in "QRST"]
    for thread in threads:
        thread.start()
    try:
        for turn in range(6):
            assert run(app, "backup", tmp_path / f"copy{turn}")[0] == 0
            with closing(sqlite3.connect(tmp_path / f"copy{turn}")) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert run(app, "restore", tmp_path / f"copy{turn // 2}")[0] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == [] and len(written) > 20
    assert set(held(tmp_path / "copy2")) <= set(rooms(app))


@pytest.mark.parametrize("kind", ["nothing", "text", "empty", "another", "hollow", "newer"])
def test_what_is_no_copy_changes_nothing(app, tmp_path, kind):
    """A file that is missing, no database, empty, another program's, hollow or newer is named, and refused."""
    file = tmp_path / "copy"
    if kind == "text":
        file.write_text("A cake is no database. " * 100)
    elif kind == "empty":
        file.touch()
    elif kind == "another":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE cakes (name)")
    elif kind == "hollow":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE alembic_version (version_num)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (newest_revision(),))
            connection.commit()
    elif kind == "newer":
        run(app, "backup", file)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    code, said = run(app, "restore", file)
    assert code == 1 and said.count("\n") == 1 and ("9999" if kind == "newer" else str(file)) in said
    assert rooms(app) == ["BCDFGH"]
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("crumb.sqlite3.")]


def test_a_copy_can_not_be_written(app, tmp_path):
    """Where the folder is missing, or the file is the database itself, a sentence says so and nothing is lost."""
    code, said = run(app, "backup", tmp_path / "nowhere" / "copy")
    assert code == 1 and said.count("\n") == 1 and "nowhere" in said
    for part in ("", "-wal", "-shm"):
        code, said = run(app, "backup", engines(app).to_write.url.database + part)
        assert code == 1 and "is the database itself" in said
    assert rooms(app) == ["BCDFGH"]


def test_postgresql_has_commands_of_its_own(tmp_path):
    """Of PostgreSQL both say which of its own commands does it."""
    pytest.importorskip("psycopg")
    app = create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": "postgresql://ada:hush-hush@127.0.0.1:1/crumb"})
    for name, tool in (("backup", "pg_dump"), ("restore", "pg_restore")):
        code, said = run(app, name, tmp_path / "copy")
        assert code == 1 and tool in said and "hush-hush" not in said
    dispose(app)


@posix
def test_all_is_its_owner_s_alone(tmp_path, caplog):
    """The folder, the key, the database and what SQLite puts beside it are made for their owner alone."""
    old = os.umask(0)
    try:
        app = create_app({"INSTANCE": str(tmp_path / "instance"), "DEMO_CONTENT": False, "DEMO_ACCOUNTS": False})
        with app.app_context():
            open_room(app, "BCDFGH")
            names = {path.name for path in (tmp_path / "instance").glob("*") if path.is_file()}
        assert names == {"secret_key", "crumb.sqlite3", "crumb.sqlite3-wal", "crumb.sqlite3-shm"}
        assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
        assert {stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) for name in names} == {0o600}
        assert not [record for record in caplog.records if record.levelname != "INFO"]
    finally:
        os.umask(old)
        dispose(app)


@posix
def test_what_was_open_is_closed(tmp_path, caplog):
    """A folder, a key and a database of an older version are taken from others at the next start; the log says so."""
    settings = {"INSTANCE": str(tmp_path / "instance"), "DEMO_CONTENT": False, "DEMO_ACCOUNTS": False}
    dispose(create_app(settings))
    paths = [tmp_path / "instance", tmp_path / "instance/secret_key", tmp_path / "instance/crumb.sqlite3"]
    for path in paths:
        path.chmod(0o755)
    with caplog.at_level(logging.WARNING):
        dispose(create_app(settings))
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths] == [0, 0, 0]
    assert all(f"{path} was open" in caplog.text for path in paths)


@posix
def test_what_is_shared_on_purpose_stays(tmp_path, caplog):
    """A folder such as /tmp is left as it is; the log says that it is open."""
    tmp_path.chmod(0o1777)
    keep_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777 and "is open to other accounts" in caplog.text


def test_no_page_makes_an_empty_database(app):
    """Where the file was moved away, what writes is told so, and none is made anew; back again, all works."""
    path = Path(engines(app).to_write.url.database)
    path.rename(path.with_name("away"))
    client = app.test_client(use_cookies=False)
    sent = {"Sec-Fetch-Site": "same-origin"}
    assert (client.post("/teach/room", headers=sent).status_code, client.get("/readyz").status_code) == (503, 503)
    assert not path.exists()
    path.with_name("away").rename(path)
    assert (client.post("/teach/room", headers=sent).status_code, client.get("/readyz").status_code) == (303, 200)
    assert len(rooms(app)) == 2
