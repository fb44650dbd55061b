"""The memory that a worker holds after many pages."""

from collections.abc import Iterator
from itertools import cycle, islice

from bench.figure import Figure
from bench.servers import Server, get, serve
from bench.visitors import SHOP, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import create_app, database

_PAGES = 10_000


def figures() -> Iterator[Figure]:
    """Measure after 10,000 pages of several kinds and visitors, and again after as many more."""
    app = create_app()
    cookies = ["", *(cookie_header(returning(app, dock=dock)) for dock in (False, True))]
    paths = ["/", SHOP, *goods(Browser(app)), "/login", "/preferences", "/setcookie", f"{SHOP}search?q=rye", "/nowhere"]
    database.dispose(app)
    with serve() as server:
        _visit(server, paths, cookies)
        first = server.memory()
        _visit(server, paths, cookies)
        second = server.memory()
    yield Figure(f"memory of a worker after {_PAGES:,} pages", 60, first, "MB (USS)")
    yield Figure(f"its growth over the next {_PAGES:,}", 0.5, second - first, "MB (USS)")


def _visit(server: Server, paths: list[str], cookies: list[str]) -> None:
    connection = server.connect()
    for path, cookie in islice(zip(cycle(paths), cycle(cookies), strict=False), _PAGES):
        response, _ = get(connection, path, cookie, "gzip")
        assert response.status in (200, 404), (path, response.status)
