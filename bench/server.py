"""Processor time a request takes through the real server, alternating with Flaskr's."""

from collections.abc import Iterator
from statistics import median
from subprocess import CalledProcessError
from urllib.parse import urlencode

from bench.figure import Figure
from bench.references import NAME, PASSWORD, fetch_flaskr
from bench.servers import Server, get, load, send, serve
from bench.visitors import SHOP, cookie_header, returning
from webapp import create_app, database

_ROUNDS, _SECONDS = 5, 2


def figures() -> Iterator[Figure]:
    """Measure the shop overview against Flaskr's index, each as somebody who is logged in sees it."""
    row = "CPU through the server: shop overview, dock off"
    try:
        fetch_flaskr()
    except CalledProcessError:
        yield Figure(row, 1, None, "Flask's source distribution has to be fetched: no package index answers")
        return
    app = create_app()
    cookie = cookie_header(returning(app))
    database.dispose(app)
    with serve() as crumb, serve("--call", "bench.references:flaskr") as flaskr:
        form = urlencode({"username": NAME, "password": PASSWORD})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        response, _ = send(flaskr.connect(), "POST", "/auth/login", kind, form)
        pages = [(crumb, SHOP, cookie), (flaskr, "/", response.headers["Set-Cookie"].partition(";")[0])]
        assert b"Log Out" in get(flaskr.connect(), *pages[1][1:])[1]
        for page in pages:
            _cost(*page)
        rounds = [[_cost(*page) for page in pages] for _ in range(_ROUNDS)]
    ours, blogs = (median(costs) for costs in zip(*rounds, strict=True))
    yield Figure(row, 1, ours / blogs, f"Flaskr's index with 20 posts ({blogs * 1000:.2f} ms)")


def _cost(server: Server, path: str, cookie: str) -> float:
    """Return the processor seconds of one request."""
    before = server.cpu()
    answers = load(server, path, cookie, _SECONDS)
    return (server.cpu() - before) / answers
