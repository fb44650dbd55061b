"""Processor time a request takes through the real server, alternating with the references."""

from collections.abc import Iterator
from statistics import median

from bench.figure import Figure
from bench.servers import Server, get, load, serve, serve_reference
from bench.visitors import SHOP, ask, cookie_header, returning
from webapp import create_app, database

_ROUNDS, _SECONDS = 5, 2


def figures() -> Iterator[Figure]:
    """Measure the shop overview against the blog's index and a bare page of the same size."""
    app = create_app()
    cookie = cookie_header(returning(app))
    size = len(ask(app.wsgi_app, SHOP, cookie)[2])
    database.dispose(app)
    with serve() as crumb, serve_reference("blog") as blog, serve_reference(str(size)) as bare:
        response, _ = get(blog.connect(), "/log-in")
        reader = response.headers["Set-Cookie"].partition(";")[0]
        pages = [(crumb, SHOP, cookie), (blog, "/", reader), (bare, "/", cookie)]
        for page in pages:
            _cost(*page)
        rounds = [[_cost(*page) for page in pages] for _ in range(_ROUNDS)]
    ours, blogs, bares = (median(costs) for costs in zip(*rounds, strict=True))
    yield Figure("CPU through the server: shop overview, dock off", 0.7, ours / blogs, "stand-in for Flaskr's index")
    yield Figure("for comparison: the same", 2, ours / bares, "bare requests")


def _cost(server: Server, path: str, cookie: str) -> float:
    """Return the processor seconds of one request."""
    before = server.cpu()
    answers = load(server, path, cookie, _SECONDS)
    return (server.cpu() - before) / answers
