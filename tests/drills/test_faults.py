"""What can happen to a database while the site runs: it is locked, missing, read-only, full, restarted."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from tests.browsing import Browser
from tests.drills.serving import PostgreSQL, Site
from tests.serving import wait_until

resource = pytest.importorskip("resource", reason="Windows sets no limit to files")
PAGES = ("/", "/shop/", "/shop/rye-bread", "/setcookie", "/jar", "/lab", "/login")
PASSWORD = "three warm loaves"


def beside(site: Site) -> Path:
    """Return the database's file."""
    return Path(site.address.removeprefix("sqlite:///"))


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Another process has the database to itself."""
    with closing(sqlite3.connect(beside(site), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def missing(site: Site) -> Iterator[None]:
    """Somebody has moved the file away, and brings it back."""
    away = site.folder / "away"
    away.mkdir()
    files = [*site.folder.glob("crumb.sqlite3*")]
    for file in files:
        file.rename(away / file.name)
    yield
    assert not beside(site).exists(), "no page makes an empty one"
    for file in files:
        (away / file.name).rename(file)


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """Nothing may be written to the file: the site was started so, as after a copy by another account."""
    site.kill()
    beside(site).chmod(0o400)
    site.start()
    for path in PAGES:  # the first time each is put together
        site.status(path)
    yield
    beside(site).chmod(0o600)


@contextmanager
def full(site: Site) -> Iterator[None]:
    """No file may grow any more."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux sets the limits of another process")
    limits = resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    yield
    resource.prlimit(site.process.pid, resource.RLIMIT_FSIZE, limits)


def seconds(browser: Browser, path: str) -> float:
    """Open a page that has a dock, and return how long it took."""
    began = time.monotonic()
    page = browser.get(path)
    taken = time.monotonic() - began
    assert page.status == 200 and page.select("[data-wire]"), path
    return taken


def write(browser: Browser, name: str) -> object:
    """Register, which has to be written down."""
    browser.get("/register")
    return browser.submit("main form.card", username=name, password=PASSWORD, confirm=PASSWORD)


def drill(site: Site, fault: partial) -> None:
    """Let a visitor and somebody new come before a fault, meanwhile and after it."""
    site.start()
    visitor = site.browser()
    visitor.get("/setcookie")
    visitor.submit("main form")
    usual = max(seconds(visitor, path) for path in PAGES * 2)
    assert "wire" in visitor.cookies and site.status("/readyz") == 200, site.log.read_text()
    with fault():
        slowest = max(seconds(visitor, path) for path in PAGES)
        assert slowest < max(0.5, usual + 0.3)
        visitor.get("/preferences")
        assert visitor.submit("main form", theme="dark").html["data-theme"] == "dark"
        began = time.monotonic()
        page = write(site.browser(), "Hanna")
        assert page.status == 503 and page.headers["Retry-After"] and page.one("[name=username]")["value"] == "Hanna"
        assert time.monotonic() - began < 8
    wait_until(lambda: site.status("/readyz") == 200)
    page = write(site.browser(), "Hanna")
    assert (page.status, page.html.get("data-user")) == (200, "Hanna"), site.log.read_text()
    print(f"{fault.func.__name__}: a page takes {slowest:.3f} s at most")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", [locked, missing, read_only, full])
def test_sqlite(site, fault):
    """Pages that live in cookies come, each within half a second; what has to be written gets 503, with its text, and
    when to come again; and afterwards all is as before, without a restart."""
    drill(site, partial(fault, site))
    assert "Traceback" not in site.log.read_text()


@contextmanager
def down(engine: Engine, postgresql: PostgreSQL) -> Iterator[None]:
    """The server was ended, and is started again."""
    postgresql.end()
    yield
    postgresql.start()


@contextmanager
def held(engine: Engine, postgresql: PostgreSQL) -> Iterator[None]:
    """Another program has every table to itself, as an operator's own statement may."""
    with engine.begin() as other:
        for table in inspect(other).get_table_names():
            other.execute(text(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE'))
        yield


@contextmanager
def unwritable(engine: Engine, postgresql: PostgreSQL) -> Iterator[None]:
    """Nothing may be written, as on a replica that a balancer leads to."""

    def become(allowed: str) -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
            other.execute(text("SET default_transaction_read_only = off"))
            other.execute(text(f'ALTER DATABASE "{engine.url.database}" SET default_transaction_read_only = {allowed}'))
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            other.execute(text(f"{others} AND pid <> pg_backend_pid()"))

    become("on")
    yield
    become("off")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("fault", [down, held, unwritable])
def test_postgresql(site, engine, postgresql, fault):
    """The same while PostgreSQL is down, locked or read-only, and when it is as it was."""
    drill(site, partial(fault, engine, postgresql))
    assert "Traceback" not in site.log.read_text()


@contextmanager
def filled(small: PostgreSQL) -> Iterator[None]:
    """Somebody's file takes what was left of the disk."""
    file = small.folder / "film"
    with pytest.raises(OSError, match="No space left"), file.open("wb", buffering=0) as film:
        while True:
            film.write(bytes(4096))
    yield
    file.unlink()


@pytest.mark.parametrize("kind", ["small"], indirect=True)
def test_postgresql_full(site, small):
    """The same while PostgreSQL has no room for one page more."""
    drill(site, partial(filled, small))
    log = site.log.read_text()
    assert "Traceback" not in log and "No space left on device" in log
