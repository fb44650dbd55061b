"""Fixtures: an app with a database of its own, browsers that visit it, and a clock that can be moved."""

import gc
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from tests.browsing import Browser
from tests.logbook import SECRETS, Log, betrayed
from webapp import Crumb, clock, create_app
from webapp.accounts import passwords
from webapp.database import METADATA, dispose, engines

# A newcomer waits for these tests. .ci/run asks for more cases by CRUMBTEST_HYPOTHESIS_EXAMPLES: 50 of each, of header
# lines 1000; with --whole 200, and 10000.
EXAMPLES = int(os.environ.get("CRUMBTEST_HYPOTHESIS_EXAMPLES", "25"))
settings.register_profile("crumb", deadline=None, max_examples=EXAMPLES)
settings.load_profile("crumb")
# Pages that are parsed again and again leave few cycles: to look for them took a twentieth of the time.
gc.set_threshold(100_000, 50, 100)
_NOW = clock.now
# Of several workers each needs a database of its own: `{worker}` in the address becomes gw0, gw1 and so on.
POSTGRES = os.environ.get("CRUMBTEST_DATABASE_URL", "").replace("{worker}", os.environ.get("PYTEST_XDIST_WORKER", ""))


class _Compiled(BytecodeCache):
    """Templates compiled once a run instead of once an app: that took most of the time of most tests."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str, str], Any] = {}

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """Return what was compiled of this source for this language."""
        bucket = Bucket(environment, (environment.language, name, source), "")
        bucket.code = self._code.get(bucket.key)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.code


_COMPILED = _Compiled()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs browsers; leave out what is not asked for.

    That is what is only for the whole (see pyproject.toml), and on PostgreSQL what has no database at all.
    """
    if os.environ.get("CRUMBTEST_BROWSER_TESTS") != "1":
        reason = "needs real browsers, which .ci/run installs: CRUMBTEST_BROWSER_TESTS=1 asks for it"
        for item in items:
            if item.path.parent.name == "browser":
                item.add_marker(pytest.mark.skip(reason=reason))
    wanted = set(items)
    if os.environ.get("CRUMBTEST_WHOLE") != "1":
        wanted = {item for item in wanted if not item.get_closest_marker("whole")}
    if POSTGRES:
        wanted = {item for item in wanted if {"make_app", "kept"} & set(item.fixturenames)}
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = [item for item in items if item in wanted]


@pytest.fixture(scope="session")
def drill() -> None:
    """What starts servers, or goes a long way that other tests go in part, asks for this: no newcomer waits for it."""
    if os.environ.get("CRUMBTEST_DRILLS") != "1":
        pytest.skip("takes long, and .ci/run does it: CRUMBTEST_DRILLS=1 asks for it")


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashes of passwords that cost next to nothing: tests log in a thousand times, and nobody attacks them.

    tests/accounts/test_passwords.py takes the real ones.
    """
    quick = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_brotli() -> Iterator[None]:
    """Assets compressed in a hurry: an app with a folder of its own takes a second for them, in thirty tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compressor, "compress_brotli", staticmethod(lambda data: brotli.compress(data, quality=1)))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_assets() -> Iterator[None]:
    """What the headers of an asset are found out once a run instead of once an app: a quarter of building one."""
    get_static_file, known = WhiteNoise.get_static_file, {}

    def get_once(white_noise: WhiteNoise, path: str, url: str, stat_cache: Any = None) -> Any:
        if (path, url) not in known:
            known[path, url] = get_static_file(white_noise, path, url, stat_cache)
        return known[path, url]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "get_static_file", get_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_routes() -> Iterator[None]:
    """What writes the address of a route compiled once a run instead of once an app: it took half of building one."""
    compile_builder, known = Rule._compile_builder, {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, *rule._trace, repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def log() -> Iterator[Log]:
    """The log of the whole run, a line a request included: at its end it has no secret that a browser typed or held."""
    log = Log()
    logging.getLogger().addHandler(log)
    logging.getLogger("webapp").setLevel(logging.INFO)
    yield log
    logging.getLogger().removeHandler(log)
    assert betrayed(log.lines, SECRETS) == []


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One instance folder for the whole run: key and assets are the same for every app."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def databases(instance: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Two SQLite files to be copied, with and without content: migrating and filling take longer than most tests."""
    files = {}
    for content in (False, True):
        files[content] = file = tmp_path_factory.mktemp("database") / "crumb.sqlite3"
        settings = {"DATABASE_URL": f"sqlite:///{file}", "DEMO_ACCOUNTS": False, "DEMO_CONTENT": content}
        dispose(create_app({"INSTANCE": str(instance), **settings}))
    return files


@pytest.fixture
def make_app(instance: Path, databases: dict[bool, Path], tmp_path: Path) -> Iterator:
    """A function that builds an app over an empty database; settings may be given."""
    apps = []

    def make(**config):
        file = tmp_path / "crumb.sqlite3"
        if not file.exists():
            # The content is dated back from its first start: with a clock of the test's own it is written anew.
            shutil.copy(databases[config.get("DEMO_CONTENT", True) and clock.now is _NOW], file)
        url = POSTGRES or f"sqlite:///{file}"
        settings = {"INSTANCE": str(instance), "DATABASE_URL": url, "MIGRATE_ON_START": True, "TESTING": True}
        settings |= {"LOG": "access", **config}
        if POSTGRES and not apps:
            _empty(settings)
        apps.append(create_app(settings))
        apps[-1].jinja_env.bytecode_cache = _COMPILED
        return apps[-1]

    yield make
    for app in apps:
        dispose(app)


def _empty(settings: dict) -> None:
    """Empty every table of the PostgreSQL database; demo accounts come back with the app."""
    from sqlalchemy import create_engine, inspect

    engine = create_engine(settings["DATABASE_URL"])
    known = set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name in known:
                connection.execute(table.delete())
    engine.dispose()


@pytest.fixture(scope="session")
def kept(instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crumb, dict[str, Any]]]:
    """The app that most tests ask, and its settings: to build one takes longer than most of them."""
    file = tmp_path_factory.mktemp("kept") / "crumb.sqlite3"
    settings = {"DATABASE_URL": POSTGRES or f"sqlite:///{file}", "DEMO_ACCOUNTS": False, "DEMO_CONTENT": False}
    app = create_app(
        {"INSTANCE": str(instance), "MIGRATE_ON_START": True, "TESTING": True, "LOG": "access", **settings}
    )
    app.jinja_env.bytecode_cache = _COMPILED
    yield app, dict(app.config)
    dispose(app)


def restore(file: Path, empty: Path) -> None:
    """Make a SQLite file what another is; not by a copy: a connection left open would find it under its feet."""
    with closing(sqlite3.connect(empty)) as source, closing(sqlite3.connect(file)) as target:
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


@pytest.fixture
def app(kept: tuple[Crumb, dict[str, Any]], databases: dict[bool, Path]) -> Iterator[Crumb]:
    """The app without demo accounts and content, over an empty database; whoever changes it makes one of their own."""
    app, settings = kept
    app.config.update(settings)
    if POSTGRES:
        # All in one go: to ask the database what tables it has takes longer than to empty them.
        with engines(app).to_write.begin() as connection:
            names = [table.name for table in reversed(METADATA.sorted_tables)]
            connection.exec_driver_sql("; ".join(f"DELETE FROM {name}" for name in names))
    else:
        restore(Path(settings["DATABASE_URL"].removeprefix("sqlite:///")), databases[False])
    yield app
    dispose(app)


@pytest.fixture
def browser(app) -> Browser:
    """A browser that has never been here."""
    return Browser(app)


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that moves the clock on."""
    real, passed = clock.now, [timedelta(0)]
    monkeypatch.setattr(clock, "now", lambda: real() + passed[0])

    def go(**time: float) -> None:
        passed[0] += timedelta(**time)

    return go
