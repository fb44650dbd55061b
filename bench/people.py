"""Many people at once: sixty who browse, and a class of sixty who log in."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from threading import Barrier, Event
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from bench.figure import Figure
from bench.servers import Server, get, send, serve
from bench.visitors import SHOP, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import create_app, database
from webapp.accounts import users

_PEOPLE, _THINK, _SECONDS = 60, 2, 30
_PASSWORD = "three warm words"


def figures() -> Iterator[Figure]:
    """Measure what sixty people wait, and what they wait when all log in at once."""
    app = create_app()
    names = [f"pupil{number}" for number in range(_PEOPLE)]
    with app.app_context():
        for name in names:
            users.register(name, _PASSWORD)
    cookie = cookie_header(returning(app, dock=True))
    paths = ["/", SHOP, *goods(Browser(app))[:4]]
    database.dispose(app)
    with serve() as server:
        for _ in range(2):  # the first to warm up
            quiet = _walk(server, paths, cookie, 0.03, _count_down(200))
        crowd = _browse(server, paths, cookie)
        yield Figure(
            f"{_PEOPLE} people, {_THINK} s think time: p95 ({_p95(crowd) * 1000:.0f} ms)",
            3, _p95(crowd) / _p95(quiet), f"p95 of one alone ({_p95(quiet) * 1000:.1f} ms)",
        )  # fmt: skip
        all_in, others = _class(server, names, paths)
        yield Figure(f"a class of {_PEOPLE} logs in at once: the last is in after", 15, all_in, "s")
        yield Figure("meanwhile, p95 of other pages", 1, _p95(others), "s")


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _count_down(number: int) -> Callable[[], bool]:
    left = iter(range(number))
    return lambda: next(left, None) is not None


def _walk(server: Server, paths: list[str], cookie: str, think: float, goes_on: Callable[[], bool]) -> list[float]:
    """Return how long one visitor waited for each page."""
    connection, times = server.connect(), []
    while goes_on():
        time.sleep(random.uniform(0.5, 1.5) * think)
        began = time.perf_counter()
        response, _ = get(connection, random.choice(paths), cookie, "gzip")
        times.append(time.perf_counter() - began)
        assert response.status == 200, response.status
    return times


def _browse(server: Server, paths: list[str], cookie: str) -> list[float]:
    end = time.monotonic() + _SECONDS
    with ThreadPoolExecutor(_PEOPLE) as pool:
        walks = [
            pool.submit(_walk, server, paths, cookie, _THINK, lambda: time.monotonic() < end) for _ in range(_PEOPLE)
        ]
        return [waited for walk in walks for waited in walk.result()]


def _class(server: Server, names: list[str], paths: list[str]) -> tuple[float, list[float]]:
    """Return after how many seconds the last was in, and how long somebody else waited for each page meanwhile."""
    ready, done = Barrier(len(names) + 1), Event()

    def log_in(name: str) -> float:
        connection = server.connect()
        response, page = get(connection, "/login")
        fields = BeautifulSoup(page, "html.parser").select("#log-in input")
        form = {field["name"]: field.get("value", "") for field in fields}
        cookie = "; ".join(line.partition(";")[0] for line in response.headers.get_all("Set-Cookie"))
        body = urlencode({**form, "username": name, "password": _PASSWORD, "remember": "y"})
        ready.wait()
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        response, _ = send(connection, "POST", "/login", headers, body)
        assert response.status == 303, response.status
        return time.monotonic()

    with ThreadPoolExecutor(len(names) + 4) as pool:
        pupils = [pool.submit(log_in, name) for name in names]
        ready.wait()
        began = time.monotonic()
        others = [pool.submit(_walk, server, paths, "", 0.02, lambda: not done.is_set()) for _ in range(4)]
        try:
            all_in = max(pupil.result() for pupil in pupils) - began
        finally:
            done.set()
        return all_in, [waited for other in others for waited in other.result()]
