"""Processor time a request takes through the real server, alternating with the reference."""

from collections.abc import Iterator
from statistics import median

from bench.figure import Figure
from bench.servers import Server, get, load, serve, serve_blog
from bench.visitors import SHOP, cookie_header, returning
from webapp import create_app, database

_ROUNDS, _SECONDS = 5, 2


def figures() -> Iterator[Figure]:
    """Measure the shop overview against the blog's index."""
    app = create_app()
    cookie = cookie_header(returning(app))
    database.dispose(app)
    with serve() as crumb, serve_blog() as blog:
        response, _ = get(blog.connect(), "/log-in")
        reader = response.headers["Set-Cookie"].partition(";")[0]
        pages = [(crumb, SHOP, cookie), (blog, "/", reader)]
        for page in pages:
            _cost(*page)
        rounds = [[_cost(*page) for page in pages] for _ in range(_ROUNDS)]
    ours, blogs = (median(costs) for costs in zip(*rounds, strict=True))
    yield Figure("CPU through the server: shop overview, dock off", 0.7, ours / blogs, "stand-in for Flaskr's index")


def _cost(server: Server, path: str, cookie: str) -> float:
    """Return the processor seconds of one request."""
    before = server.cpu()
    answers = load(server, path, cookie, _SECONDS)
    return (server.cpu() - before) / answers
