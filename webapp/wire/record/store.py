"""The exchanges of the last hour, a bounded number a visitor, and a bounded number of all."""

import json
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    select,
    update,
)

from webapp import clock
from webapp.database import METADATA, Bound, Moment, engines, note
from webapp.database.bounds import too_many
from webapp.database.question import Question
from webapp.security.tokens import token_hash

from .exchange import Exchange

KEPT = 50
KEPT_FOR = timedelta(hours=1)
# To look for what is too many takes longer than to write one down: who reads asks for no more than KEPT.
PRUNES_EVERY, LOOKS_EVERY = 10, 100
_SHORT = 6_000  # signs of one that is remembered: a memory of 256 takes 4 MB at most


# One exchange of one visitor; `visitor` is the hash of the token in the `wire` cookie.
EXCHANGES = Table(
    "exchanges",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("visitor", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("data", JSON, nullable=False),
    Index("exchanges_visitor", "visitor", "id"),
    sqlite_autoincrement=True,  # a lesson's step counts what came after its number, so none may come again
    info={"bound": Bound(by="at", lasts=KEPT_FOR, rows=5_000)},
)


def visitor_of(token: str) -> str:
    """Return what the database knows a visitor by."""
    return token_hash(token)


_OLDEST_KEPT = (
    select(EXCHANGES.c.id)
    .where(EXCHANGES.c.visitor == bindparam("owner"))
    .order_by(EXCHANGES.c.id.desc())
    .offset(KEPT)
    .limit(1)
    .scalar_subquery()
)
_keep = Question(
    insert(EXCHANGES).values({name: bindparam(name) for name in ("visitor", "at", "data")}).returning(EXCHANGES.c.id)
)
_LET_GO = delete(EXCHANGES).where(EXCHANGES.c.visitor == bindparam("owner"), EXCHANGES.c.id <= _OLDEST_KEPT)
_recorded = Question(
    select(EXCHANGES.c.id, EXCHANGES.c.at, cast(EXCHANGES.c.data, Text))
    .where(EXCHANGES.c.visitor == bindparam("owner"), EXCHANGES.c.at >= bindparam("since"))
    .order_by(EXCHANGES.c.id.desc())
    .limit(bindparam("number"))
)


@lru_cache(maxsize=256)  # what was recorded never changes, and page after page asks for the same
def _remembered(at: datetime, data: str) -> Exchange:
    return Exchange.from_json(at, json.loads(data))


def _read(at: datetime, data: str) -> Exchange:
    return (_remembered if len(data) <= _SHORT else _remembered.__wrapped__)(at, data)


def record(visitor: str, exchange: Exchange) -> None:
    """Keep an exchange, and now and then let go of what is too many."""
    row = {"visitor": visitor, "at": exchange.at, "data": exchange.to_json()}
    with engines().to_note.connect() as connection:
        [(id,)] = _keep.put(connection, row)
        if id % PRUNES_EVERY == 0:
            connection.execute(_LET_GO, {"owner": visitor})
        if id % LOOKS_EVERY == 0:
            connection.execute(delete(EXCHANGES).where(too_many(EXCHANGES)))


def hand_over(visitor: str, other: str) -> None:
    """Let a visitor's exchanges be another's from now on."""
    note(update(EXCHANGES).where(EXCHANGES.c.visitor == visitor).values(visitor=other))


def forget(visitor: str) -> None:
    """Delete a visitor's exchanges."""
    with engines().to_write.begin() as connection:
        connection.execute(delete(EXCHANGES).where(EXCHANGES.c.visitor == visitor))
    _remembered.cache_clear()


def latest(visitor: str, number: int) -> list[Exchange]:
    """Return a visitor's last exchanges of the last hour, the newest first."""
    rows = _recorded(owner=visitor, since=clock.now() - KEPT_FOR, number=min(number, KEPT))
    return [_read(at, data) for _, at, data in rows]


def kept(visitor: str, now: datetime) -> dict[int, Exchange]:
    """Return a visitor's exchanges of the last hour by their number, the oldest first."""
    rows = _recorded(owner=visitor, since=now - KEPT_FOR, number=KEPT)
    return {number: _read(at, data) for number, at, data in reversed(rows)}
