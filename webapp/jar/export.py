"""The jar to take along; live credentials stay masked."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from flask import request

from webapp import clock
from webapp.cookies import bare, current_jar, pair, registry
from webapp.wire.record.exchange import observe
from webapp.wire.record.response import Response
from webapp.wire.show import copies

from .rows import Row


def as_json(rows: list[Row], host: str, secure: bool) -> str:
    """Return a list of objects with the names that browser extensions use for cookies (chrome.cookies)."""
    return json.dumps([_entry(row, host, secure) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _entry(row: Row, host: str, secure: bool) -> dict[str, object]:
    entry: dict[str, object] = {"name": row.name, "value": row.value, "domain": host, "hostOnly": True}
    if row.cookie and not row.strange:
        entry |= {
            "path": row.cookie.path,
            "secure": secure or row.name != bare(row.name),  # what its prefix asks for
            "httpOnly": row.cookie.http_only,
            "sameSite": row.cookie.same_site.lower(),
            "session": row.lifetime is None,
        }
        if ends := _ends(row):
            entry["expirationDate"] = int(ends.timestamp())
    return entry


_HEAD = """# Netscape HTTP Cookie File
# curl: curl --cookie cookies-netscape.txt {origin}/
# Python: import http.cookiejar
#         file = http.cookiejar.MozillaCookieJar("cookies-netscape.txt")
#         file.load(ignore_discard=True, ignore_expires=True)
#         jar = http.cookiejar.CookieJar()
#         for cookie in file:
#             cookie.expires = cookie.expires or None  # 0 is no date: it ends with the browser's session
{local}#             jar.set_cookie(cookie)
"""
_LOCAL = """#             cookie.domain = "{host}.local"  # so Python calls a host without a dot
"""


def netscape(rows: list[Row], host: str, origin: str, secure: bool) -> bytes:
    """Return the file that curl, wget and Python's MozillaCookieJar read: seven fields a line, parted by tabs.

    What the request does not tell is written as a session cookie of the path /. Its head says how it is to be loaded.
    """
    lines = [_HEAD.format(origin=origin, local="" if "." in host else _LOCAL.format(host=host)).rstrip()]
    for row in rows:
        ends = _ends(row)
        http_only = "#HttpOnly_" if row.cookie and row.cookie.http_only else ""
        fields = [
            http_only + host,
            "FALSE",
            row.cookie.path if row.cookie else "/",
            "TRUE" if secure or row.name != bare(row.name) else "FALSE",
            str(int(ends.timestamp())) if ends else "0",
            row.name,
            row.value,
        ]
        # A tab would shift the fields, and so would no name; such a line is left to read as a comment.
        fits = row.name and not any("\t" in field for field in fields)
        lines.append("\t".join(fields) if fits else f"# {pair(row.name, row.value)!r}")
    return _octets("\n".join(lines) + "\n")


def header(rows: list[Row]) -> bytes:
    """Return the Cookie header."""
    return _octets("Cookie: " + "; ".join(pair(row.name, row.value) for row in rows) + "\n")


def _octets(text: str) -> bytes:
    # What came is one character an octet, as WSGI has it; the mask's is one of ours.
    return b"".join(char.encode("latin-1" if char < "\u0100" else "utf-8") for char in text)


def curl(origin: str) -> str:
    """Return the command that asks for the first page with these cookies."""
    exchange = observe(request, Response(), current_jar(), registry(), clock.now())
    return copies.curl(replace(exchange, method="GET", path="/"), origin) + "\n"


def _ends(row: Row) -> datetime | None:
    """Return when a persistent cookie ends, counted from now where its value does not tell when it was set."""
    return (row.born or clock.now()).astimezone(UTC) + row.lifetime if row.lifetime else None
