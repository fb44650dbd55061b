"""Tables stay small: each says how, and what is to be gone after a time is gone then."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, Table, delete, func, insert, select

import webapp
from tests.browsing import Browser
from webapp import clock
from webapp.accounts.tables import DEVICES
from webapp.classroom.rooms import ROOMS
from webapp.classroom.students import STUDENTS
from webapp.database import METADATA, Moment, bounds, reading, writing
from webapp.database.bounds import sweep
from webapp.lab.notes import LAB_NOTES
from webapp.wire.record import store
from webapp.wire.record.exchange import Exchange

for module in walk_packages(webapp.__path__, "webapp."):
    if ".migrations" not in module.name:
        import_module(module.name)
TABLES = sorted(METADATA.tables.values(), key=lambda table: table.name)


def row(table: Table, number: int, at: datetime) -> dict[str, Any]:
    """Return values for every column of a table that needs one; `at` is the age of the row."""
    values = {}
    for column in table.c:
        kind = column.type
        if column.name == table.info["bound"].by or isinstance(kind, Moment):
            values[column.name] = at
        elif column.foreign_keys:
            values[column.name] = 1
        elif isinstance(kind, Boolean):
            values[column.name] = False
        elif isinstance(kind, Integer):
            values[column.name] = number
        elif isinstance(kind, JSON):
            values[column.name] = []
        elif isinstance(kind, Date):
            values[column.name] = date(2026, 1, 1)
        else:
            values[column.name] = str(number)
    return values


def add(table: Table, first: int, number: int, at: datetime, apart: timedelta = timedelta(0)) -> None:
    """Write so many rows, the first `at` this moment, and the one that all of them belong to."""
    for key in (key for column in table.c for key in column.foreign_keys):
        if not count(key.column.table):
            add(key.column.table, 1, 1, clock.now())
    with writing() as db:
        db.execute(insert(table), [row(table, first + each, at + each * apart) for each in range(number)])


def count(table: Table) -> int:
    """Return how many rows a table has."""
    return reading().scalar(select(func.count()).select_from(table))


def test_every_table_has_its_bound():
    """Each says how many rows it holds, or why there can't be many; and nothing that it says is left open."""
    assert len(TABLES) > 12
    for table in TABLES:
        bound = table.info["bound"]
        assert bool(bound.rows) ^ bool(bound.why), table
        assert bool(bound.by) == bool(bound.rows or bound.lasts), table
        shared = [each.name for each in TABLES if each.info["bound"] is bound]
        assert bound.why or shared == [table.name], f"{shared} share their number"
        assert all(name in table.c for name in (bound.by, bound.of) if name), table


@pytest.mark.parametrize("table", [each for each in TABLES if each.info["bound"].lasts], ids=lambda each: each.name)
def test_what_is_over_is_deleted(app, table):
    """A minute's sweep deletes what is older than it lasts, and that alone, though nobody writes or comes."""
    with app.app_context():
        add(table, 1, 3, clock.now() - table.info["bound"].lasts - timedelta(seconds=1))
        add(table, 11, 2, clock.now() - table.info["bound"].lasts + timedelta(minutes=1))
        sweep(app)
        assert count(table) == 2


@pytest.mark.parametrize("table", [each for each in TABLES if each.info["bound"].rows], ids=lambda each: each.name)
def test_the_oldest_go(app, table, monkeypatch):
    """Of too many rows the newest stay, as many as the bound says."""
    most = 7
    monkeypatch.setitem(table.info, "bound", replace(table.info["bound"], rows=most))
    with app.app_context():
        add(table, 1, most + 5, clock.now() - timedelta(minutes=1), timedelta(seconds=1))
        if table.info["bound"].of:
            with writing() as db:
                db.execute(delete(table).where(bounds.too_many(table, 1)))
        else:
            sweep(app)
        left = reading().scalars(select(table.c[table.info["bound"].by])).all()
        assert len(left) == most
        assert min(left) > clock.now() - timedelta(seconds=57)


def test_who_writes_keeps_the_bound(app, monkeypatch):
    """Rooms, second browsers, benches of the lab and devices don't wait for the sweep: the oldest goes at once."""
    for table in (ROOMS, STUDENTS, LAB_NOTES):
        monkeypatch.setitem(table.info, "bound", replace(table.info["bound"], rows=5))
    for _ in range(8):
        browser = Browser(app, **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
        assert browser.post("/teach/room").status == 200
        browser.get("/teach/student")
        browser.submit("main form", engine="firefox")
        browser.get("/lab/cross")
        browser.post("/lab/cross/begin")
    with app.app_context():
        assert [count(table) for table in (ROOMS, STUDENTS)] == [5, 5]


def test_a_demo_account_has_so_many_devices(make_app, monkeypatch):
    """Log-ins of an account beyond its bound end the one that was seen the longest ago, and no other account's."""
    monkeypatch.setitem(DEVICES.info, "bound", replace(DEVICES.info["bound"], rows=3))
    app = make_app(DEMO_CONTENT=False)
    browsers = []
    for name, password in [("oskar", "baguette-oskar"), *[("mira", "sourdough-mira")] * 5]:
        browsers.append(Browser(app))
        browsers[-1].get("/login")
        browsers[-1].submit("#log-in", username=name, password=password)
    users = [browser.get("/").html.get("data-user") for browser in browsers]
    assert users == ["oskar", None, None, "mira", "mira", "mira"]


def test_the_record_is_bounded_as_a_whole(app, monkeypatch):
    """Whoever invents a new token for each request fills the table to its bound, and a little until it looks."""
    monkeypatch.setitem(store.EXCHANGES.info, "bound", replace(store.EXCHANGES.info["bound"], rows=150))
    at = clock.now()
    with app.app_context():
        for number in range(1, 301):
            exchange = Exchange(at + timedelta(seconds=number), "GET", "/", 200, "", [], [], [])
            store.record(store.visitor_of(f"token{number}"), exchange)
            assert count(store.EXCHANGES) < 150 + store.LOOKS_EVERY
        assert count(store.EXCHANGES) >= 150
        assert store.kept(store.visitor_of("token300"), at) and not store.kept(store.visitor_of("token1"), at)


def test_a_process_sweeps_by_itself(app, monkeypatch):
    """What serves the app sweeps again and again, also after a minute in which the database failed."""
    swept, pauses, done = [], [], threading.Event()

    def fail_once(app) -> None:
        swept.append(app)
        if len(swept) == 1:
            raise bounds.SQLAlchemyError("locked")

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            done.set()
            threading.Event().wait()  # for good: the thread ends with the process

    monkeypatch.setattr(bounds, "sweep", fail_once)
    monkeypatch.setattr(bounds.time, "sleep", sleep)
    bounds.keep_swept(app)
    assert done.wait(10) and (swept, pauses) == ([app] * 3, [60] * 4)
