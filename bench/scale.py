"""What a page costs with a thousand posts, replies and users in the database, and with a million.

`python -m bench scale` makes both databases (SQLite; the large one takes some minutes and two gigabytes of disk), asks
for each page of both in turns, and prints the larger's time over the smaller's. `BENCH_ROWS` sets another size,
`BENCH_DATABASE` other databases, empty ones: `postgresql+psycopg://postgres@127.0.0.1/crumb{rows}`.
"""

import os
import random
import statistics
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Table, delete, func, insert, select

from bench.figure import Figure
from bench.visitors import ask, cookie_header, returning
from webapp import create_app, database
from webapp.accounts.tables import USERS
from webapp.database import engines
from webapp.sites.forum import index
from webapp.sites.forum.tables import FORUM_POSTS, THREADS
from webapp.sites.forum.town import BOARDS
from webapp.sites.social.tables import COMMENTS, FOLLOWS, POSTS

SMALL = 1_000
LARGE = int(os.environ.get("BENCH_ROWS", "1000000"))
_REACH = 1.3
_ROUNDS = 9
_REQUESTS = 12
_BATCH = 10_000
_FOLLOWED = 200
_NOW = datetime.now(UTC) - timedelta(minutes=1)
# One in so many posts holds the word; the small database has a full page of the rare one, too.
_WORDS = {"bread": 2, "ferry": 4, "lighthouse": 40}
_FILLING = [
    "the",
    "of",
    "and",
    "in",
    "a",
    "to",
    "it",
    "is",
    "was",
    "for",
    "on",
    "oven",
    "flour",
    "salt",
    "water",
    "square",
]

_PAGES = (
    # name, address with the parts of `_places`
    ("timeline", "/social/"),
    ("timeline, far down", "/social/?before={post}"),
    ("timeline of 200 followed people", "/social/?of=following"),
    ("a person's page", "/social/@{person}"),
    ("a post with its comments", "/social/{post}"),
    ("forum", "/forum/"),
    ("board", "/forum/{board}"),
    ("board by newest thread", "/forum/{board}?sort=new"),
    ("thread", "/forum/{board}/{thread}"),
    ("thread, far down", "/forum/{board}/{thread}?after={reply}"),
    ("search: a common word", "/forum/search?q=bread"),
    ("search: a rare word", "/forum/search?q=lighthouse"),
    ("search: three words", "/forum/search?q=ferry+bread+lighthouse"),
    ("home", "/"),
)


def figures() -> Iterator[Figure]:
    """Time each page over both databases."""
    url = os.environ.get("BENCH_DATABASE", f"sqlite:///{os.environ['CRUMB_INSTANCE']}/{{rows}}.sqlite3")
    apps = []
    for rows in (SMALL, LARGE):
        app = create_app({"DATABASE_URL": url.format(rows=rows), "MIGRATE_ON_START": True, "DEMO_ACCOUNTS": False})
        began = time.monotonic()
        cookie = cookie_header(_member(app, rows))
        apps.append((app, cookie, _places(app)))
        taken = f"{time.monotonic() - began:.0f} s"
        yield Figure(f"scale: {rows:,} posts and as many replies on each site: making them", 0, None, taken)
    for name, address in _PAGES:
        small, large = (_asker(app, address.format(**places), cookie) for app, cookie, places in apps)
        yield Figure(f"scale: {name}", _REACH, _ratio(large, small), "times")
    for app, _, _ in apps:
        database.dispose(app)


def _asker(app: Flask, path: str, cookie: str):
    def go() -> None:
        status, _, _ = ask(app.wsgi_app, path, cookie)
        assert status == "200 OK", (path, status)

    return go


def _ratio(large, small) -> float:
    """Return the median over rounds of one's processor time over the other's."""
    ratios = []
    for ask_both in range(_ROUNDS + 1):
        spent = []
        for go in (small, large) if ask_both % 2 else (large, small):
            began = time.process_time()
            for _ in range(_REQUESTS):
                go()
            spent.append(time.process_time() - began)
        first, second = spent
        ratios.append(second / first if ask_both % 2 else first / second)
    return statistics.median(ratios[1:])  # the first round warms up


def _member(app: Flask, rows: int):
    """Fill the database and return the browser of somebody who follows many."""
    browser = returning(app)
    engine = engines(app).to_write
    with app.app_context(), engine.begin() as connection:
        _fill(connection, rows, random.Random(rows))
        me = connection.scalar(select(USERS.c.id).where(USERS.c.name.like("visitor-%")))
        people = connection.scalars(select(USERS.c.id).where(USERS.c.name.like("baker-%")).limit(_FOLLOWED)).all()
        connection.execute(insert(FOLLOWS), [{"follower_id": me, "followed_id": person} for person in people])
        connection.exec_driver_sql("ANALYZE")
    return browser


def _fill(connection: Connection, rows: int, chance: random.Random) -> None:
    """Write so many users, posts, comments, threads and replies, over the last two years; what the town wrote goes."""
    for table in (COMMENTS, POSTS, FORUM_POSTS, THREADS):
        connection.execute(delete(table))
    connection.exec_driver_sql("DELETE FROM forum_words")
    step = timedelta(days=700) / rows
    users = list(range(1_000, 1_000 + max(rows // 10, 400)))
    _insert(
        connection,
        USERS,
        (
            {
                "id": id, "name": f"baker-{id}", "key": f"baker-{id}", "password_hash": "", "known_as": "",
                "demo": False, "admin": False, "created_at": _NOW,
            }
            for id in users
        ),
    )  # fmt: skip
    written = {"ours": False, "edited_at": None, "removed_at": None, "removed_why": None, "removed_by": None}

    def text_of(number: int) -> str:
        words = [word for word, one_in in _WORDS.items() if number % one_in == 0]
        return " ".join([*words, *chance.choices(_FILLING, k=18)])

    def texts() -> Iterator[dict[str, Any]]:
        for number in range(1, rows + 1):
            at = _NOW - step * (rows - number)
            yield {
                "id": number,
                "text": text_of(number),
                "author_id": chance.choice(users),
                "created_at": at,
                **written,
            }

    _insert(connection, POSTS, ({**row, "likes": 0, "comments": 1} for row in texts()))
    # Most posts have a comment or none, a few have hundreds: what a page of fifty costs shows on these.
    _insert(connection, COMMENTS, ({**row, "post_id": _popular(row["id"], rows)} for row in texts()))
    threads = max(rows // 100, 100)
    board = list(BOARDS)
    last: dict[int, tuple[int, datetime]] = {}
    posts = []
    for row in texts():
        thread = row["id"] if row["id"] <= threads else _popular(row["id"], threads)
        last[thread] = row["id"], row["created_at"]
        posts.append({**row, "thread_id": thread})
    _insert(
        connection,
        THREADS,
        (
            {
                "id": id, "board": board[id % len(board)], "title": f"Thread {id}", "ours": False,
                "author_id": chance.choice(users), "created_at": _NOW - step * (rows - id), "replies": 100,
                "first_post_id": id, "last_post_id": last[id][0], "last_post_at": last[id][1],
            }
            for id in range(1, threads + 1)
        ),
    )  # fmt: skip
    _insert(connection, FORUM_POSTS, posts)
    for start in range(0, len(posts), _BATCH):
        index.add(connection, ((post["id"], post["text"]) for post in posts[start : start + _BATCH]))


def _popular(number: int, among: int) -> int:
    """Return which of so many this one belongs to: every fifth to one of the first four, the rest evenly."""
    return number // 5 % 4 + 1 if number % 5 == 0 else number % among + 1


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _places(app: Flask) -> dict[str, Any]:
    """Return what the addresses name: a post in the middle, a busy thread and a reply half-way down."""
    with app.app_context(), engines(app).to_write.connect() as connection:
        middle = connection.scalar(select(func.max(POSTS.c.id))) // 2
        thread, board = connection.execute(select(THREADS.c.id, THREADS.c.board).where(THREADS.c.id == 3)).one()
        replies = connection.scalars(select(FORUM_POSTS.c.id).where(FORUM_POSTS.c.thread_id == thread)).all()
        person = connection.scalar(
            select(USERS.c.name).join(POSTS, POSTS.c.author_id == USERS.c.id).where(POSTS.c.id == middle)
        )
    return {"post": middle, "thread": thread, "board": board, "reply": replies[len(replies) // 2], "person": person}
