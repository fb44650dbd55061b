"""A new PostgreSQL: brought up by two at once, or not yet when the site starts."""

import subprocess
import sys

import pytest
from sqlalchemy import func, select, text

from run import ROOT
from tests.drills.serving import Site
from tests.serving import wait_until
from webapp.accounts.tables import USERS
from webapp.accounts.users import DEMO_ACCOUNTS, TOWNSPEOPLE
from webapp.database.migrate import TURN, newest_revision
from webapp.sites.social.tables import POSTS

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
UPGRADE = [sys.executable, "-m", "flask", "--app", "wsgi", "database", "upgrade"]


@pytest.fixture
def new(folder, address) -> Site:
    """The site over an empty database, with the town's content to be filled in; neither is started."""
    site = Site(folder / "instance", address, CRUMB_DEMO_CONTENT="true")
    yield site
    site.kill()


@pytest.mark.parametrize("time", [1, *(pytest.param(n, marks=pytest.mark.whole("once is enough")) for n in (2, 3, 4))])
def test_two_at_once(new, engine, time):
    """Two `flask database upgrade` at the same moment both exit with 0, and make one schema with its content once."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with engine.connect() as starter:
        # Both are let go at once, when each has come to where one of them has to wait.
        starter.execute(select(func.pg_advisory_lock(TURN)))
        both = [subprocess.Popen(UPGRADE, cwd=ROOT, env=new.environment, **options) for _ in range(2)]
        wait_until(lambda: starter.scalar(_WAITING) == 2)
        starter.execute(select(func.pg_advisory_unlock(TURN)))
    said = [each.communicate(timeout=120)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest_revision()]
        assert sorted(connection.scalars(select(USERS.c.name))) == sorted([*DEMO_ACCOUNTS, *TOWNSPEOPLE])
        texts = connection.scalars(select(POSTS.c.text)).all()
        assert len(texts) == len(set(texts)) > 10


def test_started_too_early(new, engine):
    """One sentence at the start says what to do; pages that need the database get 503 until it is done, no traceback.

    The check for balancers says so under any host and sets nothing; then all works, without a restart.
    """
    new.start()
    assert new.log.read_text().count("flask database upgrade") == 1
    browser = new.browser()
    assert (browser.get("/").status, browser.get("/forum/").status) == (200, 503)
    assert (new.status("/healthz"), new.status("/readyz")) == (200, 503)
    page = browser.get("/readyz", headers={"Host": "10.0.0.1", "Cookie": "theme=dark"})
    assert (page.status, page.set_cookie, page.headers["Cache-Control"]) == (503, [], "no-store")
    assert "Vary" not in page.headers
    log = new.log.read_text()
    assert "Traceback" not in log and log.count("SELECT") == 0
    done = new.flask("database", "upgrade")
    assert done.returncode == 0 and "flask database upgrade" not in done.stderr
    wait_until(lambda: new.status("/readyz") == 200)
    assert browser.get("/forum/").status == 200


def test_a_start_fills_nothing(new, engine):
    """What was there before anybody came is written by the upgrade; a start leaves an emptied database empty."""
    assert new.flask("database", "upgrade").returncode == 0
    with engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(POSTS)) > 10
        connection.execute(text("TRUNCATE users, posts, threads CASCADE"))
    new.start()
    assert new.status("/social/") == 200
    with engine.connect() as connection:
        assert [connection.scalar(select(func.count()).select_from(each)) for each in (USERS, POSTS)] == [0, 0]
