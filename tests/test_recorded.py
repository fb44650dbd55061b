"""Who returns after an update: visitors that an older version recorded (tests/recorded) come to the site of today."""

import inspect
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from flask import session

from tests.browsing import Browser
from tests.conftest import POSTGRES
from tests.recorded.record import HERE, PASSWORD, read_headers, restore, standing_clock, told, visitor
from webapp import Crumb
from webapp.cookies import Category, Family, current_jar, registry
from webapp.database import engines
from webapp.database.migrate import is_current
from webapp.home.views import RECENT

# What has another name, or another form, than in a recording: a cookie or the beginning of its name, or a table;
# and what reads the old one, as `module:name`. Nothing else may be missing.
MOVED: dict[str, str] = {
    "lesson": "webapp.lessons.cookies",
    "draft": "webapp.sites.forum.cookies",
    "session": "webapp.security.session",
    "unposted": "webapp.sites.social.cookies",
}

FOLDERS = sorted(file.parent for file in HERE.glob("*/recording.json"))
VISITORS = [file for folder in FOLDERS for file in sorted(folder.glob("*.txt"))]


@pytest.fixture
def update(make_app, tmp_path) -> Iterator[Callable[[Path], tuple[Crumb, dict[str, Any]]]]:
    """A function that gives today's site with the key and the database of a recording, ten minutes later."""
    if POSTGRES:
        pytest.skip("the recorded databases are SQLite's; what reads them is the same on PostgreSQL")
    with ExitStack() as stack:

        def start(folder: Path) -> tuple[Crumb, dict[str, Any]]:
            recording = json.loads((folder / "recording.json").read_text("utf-8"))
            restore(folder, tmp_path / "crumb.sqlite3")
            stack.enter_context(standing_clock(datetime.fromisoformat(recording["at"])))
            return make_app(SECRET_KEY=recording["key"], DEMO_ACCOUNTS=False, DEMO_CONTENT=False), recording

        yield start


def moved(name: str) -> bool:
    """Tell whether a cookie or a table is listed as moved."""
    return any(name == old or (old.endswith(".") and name.startswith(old)) for old in MOVED)


def sent(headers: dict[str, str]) -> dict[str, str]:
    """Return every cookie of a visitor by its name."""
    return dict(pair.split("=", 1) for header in headers.values() for pair in header.split("; "))


def test_what_moved_is_read():
    """What is listed as moved is in some recording, and the code that is said to read it names it."""
    names = {name for file in VISITORS for name in sent(read_headers(file))}
    tables = "".join((folder / "database.sql").read_text("utf-8") for folder in FOLDERS)
    for old, reader in MOVED.items():
        assert any(name.startswith(old) for name in names) or f"CREATE TABLE {old} " in tables, old
        assert f'"{old}"' in inspect.getsource(resolve_name(reader)), f"{reader} does not read {old}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_cookie_is_still_understood(update, folder):
    """Each cookie of each visitor is declared under its name and accepted by the jar, or listed as moved."""
    app, _ = update(folder)
    for file in folder.glob("*.txt"):
        for path, header in read_headers(file).items():
            with app.test_request_context(path, headers={"Cookie": header}):
                jar = current_jar()
                for name, text in jar.received:
                    if moved(name):
                        continue
                    cookie = registry().find(name)
                    assert cookie, f"nobody knows {name} of {file.name}"
                    cookie = cookie[name.removeprefix(cookie.name)] if isinstance(cookie, Family) else cookie
                    assert jar.wire_name(cookie) == name and path.startswith(cookie.path)
                    value = jar.decode(cookie, text)
                    assert cookie.signed or cookie.codec.encode(value) == text
                    assert not cookie.library or session, f"{name} of {file.name} is worth nothing"


@pytest.mark.parametrize("file", VISITORS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_pages_tell_what_they_told(update, file):
    """Log-in, theme, language, basket, drafts, lesson and the latest history are as before; nothing is taken."""
    app, recording = update(file.parent)
    headers, before = read_headers(file), recording["told"][file.stem]
    recent = "[data-recent] [data-item]@data-item"
    if recent in before["/"]:
        before["/"][recent] = before["/"][recent][:RECENT]  # it offered six things to go on with
    before["/teach"] = {word: [""] for word in before["/teach"]}  # a room had a code; it goes on without
    for words in before.values():
        words.pop(".lesson@data-state", None)  # a step may have become another one since
    said, answers = told(visitor(app, headers), before)
    learn, done = before.get("/learn", {}), "[data-done]:not([data-done='0'])@data-done"
    if "[data-under-way]@data-under-way" in learn:  # its step counted when one went on, and counts when it is done
        assert 0 <= sum(map(int, said["/learn"][done])) - sum(map(int, learn[done])) <= 1
        learn[done] = said["/learn"][done]
    assert said == before
    came, lines = sent(headers), [line for page in answers for line in page.set_cookie]
    taken = {line.partition("=")[0] for line in lines if "; Max-Age=0;" in line}
    assert {name for name in came.keys() & taken if not moved(name)} == set()
    if came["consent"].startswith("none."):
        find = app.extensions["cookies"].registry.find
        assert {find(line.partition("=")[0]).category for line in lines} <= {Category.NECESSARY}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_database_is_migrated(update, folder, tmp_path):
    """A recorded database gets the newest schema and keeps its rows, but of tables that moved, and its passwords."""
    app, _ = update(folder)
    assert is_current(engines(app).to_write)
    restore(folder, tmp_path / "before.sqlite3")
    before, after = _rows(tmp_path / "before.sqlite3"), _rows(tmp_path / "crumb.sqlite3")
    assert {name: after.get(name) for name in before} == before
    browser = Browser(app)
    browser.get("/login")
    assert browser.submit("#log-in", username="Nora", password=PASSWORD).html["data-user"] == "Nora"


def _rows(database: Path) -> dict[str, int]:
    """Return how many rows each table has that has not moved."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables
            if not moved(name) and not name.startswith("forum_words_")  # how SQLite keeps an index is its own affair
        }
