"""What a first visit loads."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from bench.figure import Figure
from bench.servers import get, serve
from bench.visitors import SHOP, goods
from tests.browsing import Browser
from webapp import create_app, database

_ACCEPTED = "gzip, deflate, br, zstd"  # as browsers say


def figures() -> Iterator[Figure]:
    """Load pages as a browser does that has nothing yet; of each figure the largest is given."""
    app = create_app()
    paths = ["/", SHOP, goods(Browser(app))[0], "/login", "/setcookie"]
    database.dispose(app)
    with serve() as server:
        connection = server.connect()
        visits = {path: _visit(connection, path) for path in paths}
    for number, (name, reach, unit) in enumerate(
        (
            ("HTML and CSS, compressed", 14 * 1024, "bytes"),
            ("requests besides pictures", 3, "requests"),
            ("other hosts", 0, "hosts"),
        )
    ):
        worst = max(visits, key=lambda path, number=number: visits[path][number])
        yield Figure(f"first visit: {name}; most on {worst}", reach, visits[worst][number], unit)


def _visit(connection, path: str) -> tuple[int, int, int]:
    """Return (bytes of HTML and CSS, requests besides pictures, other hosts) of one page."""
    html = _load(connection, path)
    soup = BeautifulSoup(get(connection, path)[1], "html.parser")
    styles = [tag["href"] for tag in soup.select('link[rel~="stylesheet"]')]
    others = [tag.get("src") or tag["href"] for tag in soup.select('script[src], iframe[src], link[rel~="preload"]')]
    pictures = [tag.get("src") or tag["href"] for tag in soup.select('img[src], link[rel~="icon"]')]
    hosts = {urlsplit(urljoin("http://localhost/", address)).hostname for address in (*styles, *others, *pictures)}
    size = html + sum(_load(connection, urlsplit(address).path) for address in styles)
    return size, 1 + len(styles) + len(others), len(hosts - {"localhost"})


def _load(connection, path: str) -> int:
    """Return the compressed size of what stands at an address."""
    response, body = get(connection, path, encodings=_ACCEPTED)
    assert response.status == 200 and response.headers["Content-Encoding"], (path, response.status)
    return len(body)
