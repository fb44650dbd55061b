"""Tables stay small: each says how, and what is to be gone after a time is gone then."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, delete, func, insert, select

import webapp
from tests.browsing import Browser
from webapp import clock
from webapp.accounts.models import Device
from webapp.classroom.rooms import TeachingRoom
from webapp.classroom.students import StudentBrowser
from webapp.database import Base, Moment, bounds, reading, writing
from webapp.database.bounds import sweep
from webapp.lab.notes import LabNote
from webapp.wire.record import store
from webapp.wire.record.exchange import Exchange

for module in walk_packages(webapp.__path__, "webapp."):
    if ".migrations" not in module.name:
        import_module(module.name)
MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__)


def row(model: Any, number: int, at: datetime) -> dict[str, Any]:
    """Return values for every column of a table that needs one; `at` is the age of the row."""
    values = {}
    for column in model.__table__.columns:
        kind = column.type
        if column.name == model.bound.by or isinstance(kind, Moment):
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


def add(model: Any, first: int, number: int, at: datetime, apart: timedelta = timedelta(0)) -> None:
    """Write so many rows, the first `at` this moment, and the one that all of them belong to."""
    for key in (key for column in model.__table__.columns for key in column.foreign_keys):
        owner = next(each for each in MODELS if each.__table__ is key.column.table)
        if not count(owner):
            add(owner, 1, 1, clock.now())
    with writing() as db:
        db.execute(insert(model), [row(model, first + each, at + each * apart) for each in range(number)])


def count(model: Any) -> int:
    """Return how many rows a table has."""
    return reading().scalar(select(func.count()).select_from(model))


def test_every_table_has_its_bound():
    """Each says how many rows it holds, or why there can't be many; and nothing that it says is left open."""
    assert len(MODELS) > 12
    for model in MODELS:
        bound = model.bound
        assert bool(bound.rows) ^ bool(bound.why), model
        assert bool(bound.by) == bool(bound.rows or bound.lasts), model
        assert bound.why or "bound" in vars(model), f"{model} inherits its number"
        assert all(hasattr(model, name) for name in (bound.by, bound.of) if name), model


@pytest.mark.parametrize("model", [each for each in MODELS if each.bound.lasts], ids=lambda each: each.__tablename__)
def test_what_is_over_is_deleted(app, model):
    """A minute's sweep deletes what is older than it lasts, and that alone, though nobody writes or comes."""
    with app.app_context():
        add(model, 1, 3, clock.now() - model.bound.lasts - timedelta(seconds=1))
        add(model, 11, 2, clock.now() - model.bound.lasts + timedelta(minutes=1))
        sweep(app)
        assert count(model) == 2


@pytest.mark.parametrize("model", [each for each in MODELS if each.bound.rows], ids=lambda each: each.__tablename__)
def test_the_oldest_go(app, model, monkeypatch):
    """Of too many rows the newest stay, as many as the bound says."""
    most = 7
    monkeypatch.setattr(model, "bound", replace(model.bound, rows=most))
    with app.app_context():
        add(model, 1, most + 5, clock.now() - timedelta(minutes=1), timedelta(seconds=1))
        if model.bound.of:
            with writing() as db:
                db.execute(delete(model).where(bounds.too_many(model, 1)))
        else:
            sweep(app)
        left = reading().scalars(select(getattr(model, model.bound.by))).all()
        assert len(left) == most
        assert min(left) > clock.now() - timedelta(seconds=57)


def test_who_writes_keeps_the_bound(app, monkeypatch):
    """Rooms, second browsers, benches of the lab and devices don't wait for the sweep: the oldest goes at once."""
    for model in (TeachingRoom, StudentBrowser, LabNote):
        monkeypatch.setattr(model, "bound", replace(model.bound, rows=5))
    for _ in range(8):
        browser = Browser(app, **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
        assert browser.post("/teach/room").status == 200
        browser.get("/teach/student")
        browser.submit("main form", engine="firefox")
        browser.get("/lab/cross")
        browser.post("/lab/cross/begin")
    with app.app_context():
        assert [count(model) for model in (TeachingRoom, StudentBrowser)] == [5, 5]


def test_a_demo_account_has_so_many_devices(make_app, monkeypatch):
    """Log-ins of an account beyond its bound end the one that was seen the longest ago, and no other account's."""
    monkeypatch.setattr(Device, "bound", replace(Device.bound, rows=3))
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
    monkeypatch.setattr(store.RecordedExchange, "bound", replace(store.RecordedExchange.bound, rows=150))
    at = clock.now()
    with app.app_context():
        for number in range(1, 301):
            exchange = Exchange(at + timedelta(seconds=number), "GET", "/", 200, "", [], [], [])
            store.record(store.visitor_of(f"token{number}"), exchange)
            assert count(store.RecordedExchange) < 150 + store.LOOKS_EVERY
        assert count(store.RecordedExchange) >= 150
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
