"""How many of each good are on the shelf: the one thing in the shop that runs out, though never for long.

Whoever has no account is a new customer at each order, so nothing that is counted keeps one visitor from taking all
there is. What was sold is baked again instead: nobody is without for longer than a minute.
"""

from collections.abc import Collection
from datetime import timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, String, Table, bindparam, case, select

from webapp import clock
from webapp.database import METADATA, Bound, Moment, reading
from webapp.database.question import Question

from .goods import GOODS

_BATCH = 40
_BATCH_FESTIVE = 12
_BAKING = timedelta(minutes=1)


# How many of a good were sold on a day (UTC) since the shelf was full, and when the last ones went.
STOCK = Table(
    "stock",
    METADATA,
    Column("slug", String(24), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("sold", Integer, nullable=False),
    Column("at", Moment),
    info={"bound": Bound(why="a day has one row for each good")},
)

_NOW = STOCK.c.day == bindparam("day"), STOCK.c.at > bindparam("since")
_SOLD = select(STOCK.c.slug, STOCK.c.sold).where(*_NOW, STOCK.c.slug.in_(bindparam("slugs", expanding=True)))
_sold_of = Question(select(STOCK.c.sold).where(*_NOW, STOCK.c.slug == bindparam("slug")))


def batch(slug: str) -> int:
    """Return how many of a good are baked at a time: the shelf is full again a minute after the last sale."""
    return _BATCH_FESTIVE if GOODS[slug].category == "festive" else _BATCH


def left(slugs: Collection[str]) -> dict[str, int]:
    """Return how many of each of these goods can be ordered now."""
    sold = dict(map(tuple, reading().execute(_SOLD, {**_now(), "slugs": list(slugs)})))
    return {slug: batch(slug) - sold.get(slug, 0) for slug in slugs}


def left_of(slug: str) -> int:
    """Return how many of a good can be ordered now; each page of a good asks."""
    return batch(slug) - sum(row.sold for row in _sold_of(**_now(), slug=slug))


def take(db: Connection, slug: str, quantity: int) -> bool:
    """Take so many of a good from the shelf; False when too few are left, and then none is taken.

    One statement asks and takes, so that no two buyers are promised the same loaf. Who takes several goods takes them
    in one order, else two buyers could wait for each other.
    """
    if quantity > batch(slug):
        return False
    now = _now()
    new = inserting(db, STOCK).values(slug=slug, day=now["day"], sold=quantity, at=clock.now())
    sold = case((STOCK.c.at > now["since"], STOCK.c.sold), else_=0) + new.excluded.sold
    taking = new.on_conflict_do_update(
        index_elements=[STOCK.c.slug, STOCK.c.day],
        set_={"sold": sold, "at": new.excluded.at},
        where=sold <= batch(slug),
    )
    return db.execute(taking.returning(STOCK.c.sold)).first() is not None


def inserting(db: Connection, table: Table) -> Any:
    """Return an INSERT that can say what to do about a row that is there already, in the words of this database."""
    # PostgreSQL's is slow to import, and of no use on SQLite.
    return import_module(f"sqlalchemy.dialects.{db.dialect.name}").insert(table)


def _now() -> dict[str, Any]:
    now = clock.now()
    return {"day": now.date(), "since": now - _BAKING}
