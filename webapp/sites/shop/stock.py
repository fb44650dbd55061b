"""How many of each good are baked a day, and how many of them are sold: the one thing in the shop that runs out."""

from collections.abc import Collection
from datetime import date
from importlib import import_module
from typing import Any

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp import clock
from webapp.database import Base, Bound, reading
from webapp.database.question import Question

from .goods import GOODS

_A_DAY = 40
_A_DAY_FESTIVE = 12


class Stock(Base):
    """How many of a good were sold on a day (UTC)."""

    __tablename__ = "stock"
    bound = Bound(why="a day has one row for each good")

    slug: Mapped[str] = mapped_column(String(24), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sold: Mapped[int]


_SOLD = select(Stock.slug, Stock.sold).where(
    Stock.day == bindparam("day"), Stock.slug.in_(bindparam("slugs", expanding=True))
)
_sold_of = Question(select(Stock.sold).where(Stock.day == bindparam("day"), Stock.slug == bindparam("slug")))


def daily(slug: str) -> int:
    """Return how many of a good are baked each day."""
    return _A_DAY_FESTIVE if GOODS[slug].category == "festive" else _A_DAY


def left(slugs: Collection[str]) -> dict[str, int]:
    """Return how many of each of these goods can still be ordered today."""
    sold = dict(map(tuple, reading().execute(_SOLD, {"day": _today(), "slugs": list(slugs)})))
    return {slug: daily(slug) - sold.get(slug, 0) for slug in slugs}


def left_of(slug: str) -> int:
    """Return how many of a good can still be ordered today; each page of a good asks."""
    return daily(slug) - sum(row.sold for row in _sold_of(day=_today(), slug=slug))


def take(session: Session, slug: str, quantity: int) -> bool:
    """Take so many of a good from today's; False when too few are left, and then none is taken.

    One statement asks and takes, so that no two buyers are promised the same loaf. Who takes several goods takes them
    in one order, else two buyers could wait for each other.
    """
    if quantity > daily(slug):
        return False
    new = inserting(session, Stock).values(slug=slug, day=_today(), sold=quantity)
    sold = Stock.sold + new.excluded.sold
    taking = new.on_conflict_do_update(
        index_elements=[Stock.slug, Stock.day], set_={"sold": sold}, where=sold <= daily(slug)
    )
    return session.execute(taking.returning(Stock.sold)).first() is not None


def inserting(session: Session, model: type[Base]) -> Any:
    """Return an INSERT that can say what to do about a row that is there already, in the words of this database."""
    # PostgreSQL's is slow to import, and of no use on SQLite.
    return import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}").insert(model)


def _today() -> date:
    return clock.now().date()
