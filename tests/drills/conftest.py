"""The site in a folder of its own, over a new database of each kind."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from tests.drills.serving import INSTALLED, PostgreSQL, Site
from tests.examples import KEY
from webapp import create_app
from webapp.database import dispose


@pytest.fixture(scope="session", autouse=True)
def asked_for(drill: None) -> None:
    """All of these are drills."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another account of this machine can come to; pytest's own are for us alone."""
    path = Path(tempfile.mkdtemp(prefix="drill-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A running PostgreSQL, where one is installed."""
    pytest.importorskip("psycopg")
    if not INSTALLED:
        pytest.skip("needs PostgreSQL below /usr/lib/postgresql, as Debian installs it")
    path = Path(tempfile.mkdtemp(prefix="drill-"))
    server = PostgreSQL(path)
    server.start()
    yield server
    server.end()
    shutil.rmtree(path)


@pytest.fixture
def small(folder: Path) -> Iterator[PostgreSQL]:
    """A running PostgreSQL on a disk of its own that holds 128 MB, where one may be mounted."""
    pytest.importorskip("psycopg")
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128m", "drill", disk]
    if not INSTALLED or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs PostgreSQL as Debian installs it, and to be let mount a disk, as root is")
    try:
        server = PostgreSQL(disk)
        server.start()
        yield server
        server.end()
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database."""
    return request.param


@pytest.fixture
def address(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The address of a new database of this kind."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/instance/crumb.sqlite3"
    return request.getfixturevalue(kind).new()


@pytest.fixture
def site(folder: Path, address: str, instance: Path, databases: dict[bool, Path]) -> Iterator[Site]:
    """The site over a new database with the newest schema; it is not started."""
    site = Site(folder / "instance", address)
    # To pack them anew takes longer than most drills.
    shutil.copytree(instance / "assets", site.folder / "assets")
    # As `flask database upgrade` does, which test_beginning runs: without a process of its own.
    dispose(
        create_app(
            {
                "INSTANCE": str(site.folder),
                "SECRET_KEY": KEY,
                "DATABASE_URL": address,
                "MIGRATE_ON_START": True,
                "DEMO_CONTENT": False,
            }
        )
    )
    yield site
    site.kill()


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    """The way to its database beside the site."""
    yield create_engine(address, poolclass=NullPool)
