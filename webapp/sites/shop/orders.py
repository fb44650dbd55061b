"""Orders: what was in a basket, at the prices of that moment; stored once, however often it was sent."""

import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, Integer, Row, String, Table, delete, select, update

from webapp import clock
from webapp.database import METADATA, Bound, Moment, reading, writing
from webapp.database.bounds import too_many
from webapp.signals import account_closing

from . import stock
from .goods import GOODS

LONGEST_NAME = 40
A_PAGE = 20
PICK_UP = timedelta(days=1)
_LOOKS_EVERY = 100  # to look for what is too many takes longer than to write one down
_SHARE = 4  # one customer gets a quarter of a batch of a good: an account in a day, others in an order


# One order; `code` is its address, `once` the token of the form that sent it. `lines` is a list of {"slug", "quantity",
# "price"}; `price` and `total` are in euro cents.
ORDERS = Table(
    "orders",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("once", String(22), nullable=False, unique=True),
    Column("code", String(22), nullable=False, unique=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="SET NULL")),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("at", Moment, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("total", Integer, nullable=False),
    Index("orders_user", "user_id", "id"),
    Index("orders_at", "at"),
    # Of each account, and of all who have none: these are many in a day, and push out no order of an account.
    info={"bound": Bound(by="at", rows=50_000, of="user_id")},
)


class ShortError(Exception):
    """Too few are left of something in the order; nothing was taken."""


class ShareError(Exception):
    """The order is for more of something than one customer gets in a day; nothing was taken."""


def place(once: str, name: str, wanted: Mapping[str, int], user_id: int | None, *, shared: bool) -> Row | None:
    """Take the goods from the stock and store the order, or find the one that the same form has stored before.

    None when there is neither an earlier order nor anything wanted; ShortError when too few are left of something,
    ShareError when it is more than one customer gets of it in a day; an account that is `shared` is many customers.
    """
    lines = [{"slug": slug, "quantity": number, "price": GOODS[slug].price} for slug, number in wanted.items()]
    with writing() as db:
        if wanted:
            # The order comes first: a second copy of the request waits here for the first, and then finds it.
            new = stock.inserting(db, ORDERS).values(
                once=once,
                code=secrets.token_urlsafe(16),
                user_id=user_id,
                name=name,
                at=clock.now(),
                lines=lines,
                total=sum(line["quantity"] * line["price"] for line in lines),
            )
            made = db.execute(new.on_conflict_do_nothing(index_elements=[ORDERS.c.once]).returning(ORDERS.c.id)).first()
            if made and _is_too_much(wanted):
                raise ShareError
            if made and not all(stock.take(db, slug, wanted[slug]) for slug in sorted(wanted)):
                raise ShortError
            # Asked behind the stock, whose rows another order of the same customer waits for.
            if made and user_id and not shared and _is_too_much(_had_today(db, user_id)):
                raise ShareError
            if made and made.id % _LOOKS_EVERY == 0:
                db.execute(delete(ORDERS).where(too_many(ORDERS, user_id)))
        return db.execute(select(ORDERS).where(ORDERS.c.once == once)).one_or_none()


def _is_too_much(quantities: Mapping[str, int]) -> bool:
    return any(number > stock.batch(slug) // _SHARE for slug, number in quantities.items() if slug in GOODS)


def _had_today(db: Connection, user_id: int) -> Counter[str]:
    """Return how many of each good an account has ordered today (UTC)."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    had: Counter[str] = Counter()
    for lines in db.scalars(select(ORDERS.c.lines).where(ORDERS.c.user_id == user_id, ORDERS.c.at >= today)):
        had.update({line["slug"]: line["quantity"] for line in lines})
    return had


def find(code: str) -> Row | None:
    """Return the order at this address."""
    return reading().execute(select(ORDERS).where(ORDERS.c.code == code)).one_or_none()


def placed_by(user_id: int, before: int | None) -> list[Row]:
    """Return (id, code, at, total) of the orders of an account, the newest first: a page, and one more if there is."""
    query = select(ORDERS.c.id, ORDERS.c.code, ORDERS.c.at, ORDERS.c.total).where(ORDERS.c.user_id == user_id)
    if before is not None:
        query = query.where(ORDERS.c.id < before)
    return list(reading().execute(query.order_by(ORDERS.c.id.desc()).limit(A_PAGE + 1)).all())


@account_closing.connect
def _forget_name(sender: Any, db: Connection, user_id: int) -> None:
    db.execute(update(ORDERS).where(ORDERS.c.user_id == user_id).values(name=""))
