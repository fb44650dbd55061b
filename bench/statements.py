"""SQL statements a page takes, and what a page does for somebody who has done nothing yet."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import Engine, event

from bench.figure import Figure
from bench.visitors import SHOP, ask, cookie_header, goods, returning
from tests.browsing import Browser
from webapp import create_app

_STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def figures() -> Iterator[Figure]:
    """Count the statements of each page, logged in; and cookies and writes of the pages that have no form."""
    app = create_app()
    seen: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.startswith(_STATEMENTS):
            seen.append(statement)

    def statements(path: str, cookie: str) -> list[str]:
        ask(app.wsgi_app, path, cookie)
        seen.clear()
        ask(app.wsgi_app, path, cookie)
        return list(seen)

    quiet, docked = cookie_header(returning(app)), cookie_header(returning(app, dock=True))
    product = goods(Browser(app))[0]
    for name, path in (("shop overview", SHOP), ("product", product), ("home", "/")):
        yield Figure(f"SQL: {name}, logged in, dock off", 3, len(statements(path, quiet)), "statements")
    counts = {path: len(statements(path, docked)) for path in [*_pages(app), product]}
    worst = max(counts, key=counts.get)
    yield Figure(f"SQL: any page, logged in, dock on; most on {worst}", 5, counts[worst], "statements")

    passive = ["/", SHOP, f"{SHOP}?category=bread", f"{SHOP}search?q=rye", f"{SHOP}search", "/getcookie", "/nowhere"]
    lines = [name for path in passive for name, _ in ask(app.wsgi_app, path)[1] if name == "Set-Cookie"]
    yield Figure(f"first visit: Set-Cookie lines on {len(passive)} pages without a form", 0, len(lines), "lines")
    writes = [text for path in passive for text in statements(path, "") if not text.startswith("SELECT")]
    yield Figure(f"first visit: writes on {len(passive)} pages without a form", 0, len(writes), "statements")


def _pages(app: Flask) -> list[str]:
    """Return every address that can be asked for by GET and names nothing in particular."""
    return [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
