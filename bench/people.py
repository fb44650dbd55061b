"""Many people at once: sixty who browse, a class of sixty who log in, a hundred who guess, sixteen with the dock on."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from statistics import quantiles
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from bench.figure import Figure
from bench.servers import Server, get, serve
from bench.storm import Reply, storm
from bench.visitors import SHOP, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import create_app, database
from webapp.accounts import users

_PEOPLE, _THINK, _SECONDS = 60, 2, 30
_DOCKED, _CLICKS, _FIRST = 16, 0.5, 10
PASSWORD = "three warm words"


def figures() -> Iterator[Figure]:
    """Measure what sixty people wait, and what they wait when all log in at once."""
    app = create_app()
    names = [f"pupil{number}" for number in range(_PEOPLE)]
    with app.app_context():
        for name in names:
            users.register(name, PASSWORD)
    docked = [cookie_header(returning(app, dock=True)) for _ in range(_DOCKED)]
    cookie = docked[0]
    paths = ["/", SHOP, *goods(Browser(app))[:4]]
    database.dispose(app)
    with serve() as server:
        for _ in range(2):  # the first to warm up
            quiet = walk(server, paths, cookie, 0.03, count_down(200))
        crowd = _browse(server, paths, [cookie] * _PEOPLE, _THINK, _SECONDS)
        yield Figure(
            f"{_PEOPLE} people, {_THINK} s think time: p95 ({p95(crowd) * 1000:.0f} ms)",
            3, p95(crowd) / p95(quiet), f"p95 of one alone ({p95(quiet) * 1000:.1f} ms)",
        )  # fmt: skip
        all_in, others = log_in_at_once(server, names, paths)
        yield Figure(f"a class of {_PEOPLE} logs in at once: the last is in after", 15, all_in, "s")
        yield Figure("meanwhile, p95 of other pages", 1, p95(others), "s")
        before = server.memory()
        _, others = guess_at_once(server, 100, paths)
        yield Figure(
            "a hundred wrong log-ins at once: p95 of other pages", 3, p95(others) / p95(quiet), "p95 of one alone"
        )
        yield Figure("memory that they leave behind", 64, server.memory() - before, "MB (USS)")
    with serve() as server:
        first = _browse(server, paths, docked, 0, _FIRST)
        alone = _browse(server, paths, docked[:1], _CLICKS / _DOCKED, _FIRST)
        crowd = _browse(server, paths, docked, _CLICKS, _SECONDS)
    yield Figure(f"{_DOCKED} with the dock on, {_FIRST} s from a start: the slowest request", 0.5, max(first), "s")
    yield Figure(
        f"{_DOCKED} with the dock on, {_CLICKS} s think time: p99 ({p99(crowd) * 1000:.0f} ms)",
        5, p99(crowd) / p99(alone), f"p99 of one alone ({p99(alone) * 1000:.1f} ms)",
    )  # fmt: skip


def p95(times: list[float]) -> float:
    """Return what 95 of a hundred stay below."""
    return quantiles(times, n=20)[-1]


def p99(times: list[float]) -> float:
    """Return what 99 of a hundred stay below."""
    return quantiles(times, n=100)[-1]


def count_down(number: int) -> Callable[[], bool]:
    """Return what is true so many times."""
    left = iter(range(number))
    return lambda: next(left, None) is not None


def walk(server: Server, paths: list[str], cookie: str, think: float, goes_on: Callable[[], bool]) -> list[float]:
    """Return how long one visitor waited for each page."""
    times = []
    with closing(server.connect()) as connection:
        while goes_on():
            time.sleep(random.uniform(0.5, 1.5) * think)
            began = time.perf_counter()
            response, _ = get(connection, random.choice(paths), cookie, "gzip")
            times.append(time.perf_counter() - began)
            assert response.status == 200, response.status
    return times


def _browse(server: Server, paths: list[str], cookies: list[str], think: float, seconds: float) -> list[float]:
    """Return how long visitors waited for each page, one a cookie, who look at pages for so many seconds."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(len(cookies)) as pool:
        walks = [pool.submit(walk, server, paths, cookie, think, lambda: time.monotonic() < end) for cookie in cookies]
        return [waited for walk in walks for waited in walk.result()]


def log_in_at_once(server: Server, names: list[str], paths: list[str]) -> tuple[float, list[float]]:
    """Return after how many seconds the last was in, and how long somebody else waited for each page meanwhile."""
    replies, others = _at_once(server, names, PASSWORD, paths)
    assert {reply.status for reply in replies} == {303}
    return max(reply.waited for reply in replies), others


def guess_at_once(server: Server, number: int, paths: list[str]) -> tuple[list[Reply], list[float]]:
    """Return the answers to so many wrong log-ins, and how long somebody else waited for each page meanwhile."""
    return _at_once(server, [f"nobody{each}" for each in range(number)], "not this one", paths)


def _at_once(server: Server, names: list[str], password: str, paths: list[str]) -> tuple[list[Reply], list[float]]:
    """Send the filled in log-in form of each of `names` at the same moment, while others look at pages."""
    with storm(server.port, filled_in(server, names, password)) as replies:
        others = look_around(server, paths, lambda: not replies.done())
    return replies.result(), others


def filled_in(server: Server, names: list[str], password: str) -> list[bytes]:
    """Return a request for each name that sends the log-in form as it stands on the page."""
    return [_filled_in(server, name, password) for name in names]


def _filled_in(server: Server, name: str, password: str) -> bytes:
    with closing(server.connect()) as connection:
        response, page = get(connection, "/login")
    fields = BeautifulSoup(page, "html.parser").select("#log-in input")
    form = {field["name"]: field.get("value", "") for field in fields}
    body = urlencode({**form, "username": name, "password": password, "remember": "y"})
    lines = [
        "POST /login HTTP/1.1",
        f"Host: {server.host}",
        "Connection: close",
        "Cookie: " + "; ".join(line.partition(";")[0] for line in response.headers.get_all("Set-Cookie")),
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", body]).encode()


def look_around(server: Server, paths: list[str], goes_on: Callable[[], bool]) -> list[float]:
    """Return how long four visitors waited for each page, who look at one after the other at the same time."""
    with ThreadPoolExecutor(4) as pool:
        walks = [pool.submit(walk, server, paths, "", 0.02, goes_on) for _ in range(4)]
        return [waited for walk in walks for waited in walk.result()]
