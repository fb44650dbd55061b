"""The jar to take along; live credentials stay masked."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from flask import request

from webapp import clock
from webapp.cookies import current_jar, pair, registry
from webapp.wire.record.exchange import observe
from webapp.wire.record.response import Response
from webapp.wire.show import copies

from .rows import Row


def as_json(rows: list[Row], host: str, secure: bool) -> str:
    """Return a list of objects with the names that browser extensions use for cookies (chrome.cookies)."""
    return json.dumps([_entry(row, host, secure) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _entry(row: Row, host: str, secure: bool) -> dict[str, object]:
    entry: dict[str, object] = {"name": row.name, "value": row.value, "domain": host, "hostOnly": True}
    if row.cookie:
        entry |= {
            "path": row.cookie.path,
            "secure": secure or row.name.startswith("__"),
            "httpOnly": row.cookie.http_only,
            "sameSite": row.cookie.same_site.lower(),
            "session": row.lifetime is None,
        }
        if ends := _ends(row):
            entry["expirationDate"] = int(ends.timestamp())
    return entry


def netscape(rows: list[Row], host: str, secure: bool) -> str:
    """Return the file that curl, wget and Python's MozillaCookieJar read: seven fields a line, parted by tabs.

    What the request does not tell is written as a session cookie of the path /.
    """
    lines = ["# Netscape HTTP Cookie File"]
    for row in rows:
        ends = _ends(row)
        http_only = "#HttpOnly_" if row.cookie and row.cookie.http_only else ""
        fields = [
            http_only + host,
            "FALSE",
            row.cookie.path if row.cookie else "/",
            "TRUE" if secure or row.name.startswith("__") else "FALSE",
            str(int(ends.timestamp())) if ends else "0",
            row.name,
            row.value,
        ]
        # A name or a value with a tab would shift the fields; such a line is left to read as a comment.
        lines.append("\t".join(fields) if not any("\t" in field for field in fields) else f"# {fields[-2]!r}")
    return "\n".join(lines) + "\n"


def header(rows: list[Row]) -> str:
    """Return the Cookie header."""
    return "Cookie: " + "; ".join(pair(row.name, row.value) for row in rows) + "\n"


def curl(origin: str) -> str:
    """Return the command that asks for the first page with these cookies."""
    exchange = observe(request, Response(), current_jar(), registry(), clock.now())
    return copies.curl(replace(exchange, method="GET", path="/"), origin) + "\n"


def _ends(row: Row) -> datetime | None:
    """Return when a persistent cookie ends, counted from now where its value does not tell when it was set."""
    return (row.born or clock.now()).astimezone(UTC) + row.lifetime if row.lifetime else None
