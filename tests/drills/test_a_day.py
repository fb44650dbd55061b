"""Many visitors, and somebody who floods the site: how large the database is afterwards."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.database.test_bounds import TABLES
from webapp import clock
from webapp.database import engines, reading
from webapp.database.bounds import sweep
from webapp.wire.record.store import EXCHANGES

OTHERS = "; ".join(f"other{number}={'v' * 40}" for number in range(10))


def size(app) -> float:
    """Return the size of the database's file in MB, with all that stands beside it."""
    with engines(app).to_write.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(engines(app).to_write.url.database).stat().st_size / 1024**2


@pytest.fixture
def town(make_app):
    """The site over a SQLite database of its own, with demo accounts and the town's content."""
    app = make_app()
    if engines(app).to_write.dialect.name != "sqlite":
        pytest.skip("asks for the size of a file")
    return app


def visit(app, number: int) -> None:
    """Come as a new visitor whose dock is on: three pages, and now and then more."""
    client = app.test_client(use_cookies=False)
    own = {"Cookie": f"wire={secrets.token_urlsafe(16)}; {OTHERS}", "Sec-Fetch-Site": "same-origin"}
    for path in ("/", "/shop/", "/forum/"):
        assert client.get(path, headers=own).status_code == 200
    if number % 20 == 0:
        for path in ("/teach/room", "/teach/student", "/lab/cross/begin"):
            assert client.post(path, headers=own, data={"engine": "firefox"}).status_code == 303
    if number % 10 == 0:
        token = app.test_client()
        page = token.get("/login").get_data(as_text=True)
        form = {"csrf_token": page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]}
        answer = token.post("/login", data=form | {"username": "mira", "password": "sourdough-mira"})
        assert answer.status_code == 303


def a_day(app, monkeypatch, visitors: int) -> tuple[float, float]:
    """Let so many come within a day, swept every minute; return the size at noon and at its end."""
    now, sizes = clock.now(), []
    monkeypatch.setattr(clock, "now", lambda: now)
    pause, swept = timedelta(days=1) / visitors, now
    for number in range(visitors):
        now += pause
        if now - swept >= timedelta(minutes=1):
            sweep(app)
            swept = now
        visit(app, number)
        if number == visitors // 2:
            sizes.append(size(app))
    sizes.append(size(app))
    with app.app_context():
        assert reading().scalar(select(func.min(EXCHANGES.c.at))) >= now - timedelta(hours=1, minutes=1)
    # Nobody comes any more, and nobody writes.
    now += timedelta(days=91)
    sweep(app)
    with app.app_context():
        for table in (table for table in TABLES if table.info["bound"].lasts):
            assert reading().scalar(select(func.count()).select_from(table)) == 0, table
    return sizes[0], sizes[1]


def test_a_day_in_small(town, monkeypatch):
    """Of a hundred and twenty visitors a day leaves no more than their last hour, and after three months nothing."""
    noon, evening = a_day(town, monkeypatch, 120)
    assert evening < 4
    print(f"120 visitors: {noon:.1f} MB at noon, {evening:.1f} MB in the evening")


@pytest.mark.whole("ten thousand visitors take some minutes")
def test_a_day_of_ten_thousand(town, monkeypatch):
    """Ten thousand visitors leave less than 32 MB, in the evening hardly more than at noon."""
    noon, evening = a_day(town, monkeypatch, 10_000)
    print(f"10,000 visitors: {noon:.1f} MB at noon, {evening:.1f} MB in the evening")
    assert evening < 32 and evening < noon + 4


@pytest.mark.whole("ten thousand requests of 32 KB take some minutes")
def test_a_flood_of_invented_tokens(town):
    """Ten thousand requests, each with a token of its own and 32 KB of cookies, fill what the table may hold."""
    client = town.test_client(use_cookies=False)
    for number in range(10_000):
        many = "; ".join(f"a{number}-{each}={'v' * 100}" for each in range(280))
        client.get("/shop/", headers={"Cookie": f"wire={secrets.token_urlsafe(16)}; {many}"})
    with town.app_context():
        rows = reading().scalar(select(func.count()).select_from(EXCHANGES))
    print(f"10,000 requests: {rows} rows, {size(town):.0f} MB")
    assert rows < EXCHANGES.info["bound"].rows + 100 and size(town) < 256
