"""Header lines, however they were copied."""

import re
from collections.abc import Iterator

from webapp.useragent.urls import locate

from .found import ATTRIBUTES, Found, Source, address, sent

Field = tuple[str, str]

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # RFC 9110 section 5.6.2
_FIELD = re.compile(rf"(:?{_TOKEN}|Request URL):[ \t]*+(.*)", re.IGNORECASE)
_REQUEST = re.compile(r"[A-Z]{3,10} (\S+) HTTP/([0-9.]+)")
_STATUS = re.compile(r"HTTP/[0-9.]+ [0-9]{3}\b.*")
_MARK = re.compile(r"(?:[<>] ?)+")
_CONNECTED = re.compile(r"\* (?:Connected|Established connection) to ")
_NEXT = re.compile(rf",[ \t]*(?={_TOKEN}=)")
_FIRST = re.compile(rf"{_TOKEN}=.*")
COOKIES = ("cookie", "set-cookie")
_ASSIGNED = re.compile(r"(?:window\.)?document\.cookie[ \t]*=(.*)")
_TELLING = (*COOKIES, ":authority", ":path", ":scheme", "host", "request url")


def verbose(source: Source) -> list[Found] | None:
    """Read what `curl -v` writes: `>` before what it sent, `<` before what came, `*` before what it did."""
    rows = list(_unmarked(source.rows))
    return exchanges(rows, source) if _has_headers(rows) else None


def _unmarked(rows: list[str]) -> Iterator[str]:
    """Yield the header lines without their marks; behind each request line, by which scheme it went."""
    scheme = ""
    for row in rows:
        if row.startswith("*"):
            if _CONNECTED.match(row):
                scheme = "https" if re.search(r"port 443\b", row) else "http"
            elif re.search("SSL|TLS|ALPN", row):
                scheme = "https"
        elif row.startswith(("<", ">")):
            line = _MARK.sub("", row, count=1)
            yield line
            if scheme and _REQUEST.fullmatch(line):
                yield f":scheme: {scheme}"


def lines(source: Source) -> list[Found] | None:
    """Read header lines as the tools of browsers copy them: name and value on one line or on two."""
    return exchanges(source.rows, source) if _has_headers(source.rows) else None


def _has_headers(rows: list[str]) -> bool:
    return any(True for _ in _fields(rows)) or any(map(_STATUS.fullmatch, rows))


def exchanges(rows: list[str], source: Source, url: str = "") -> list[Found]:
    """Return the cookies of requests and their answers; each request line begins another one.

    `url` is the address of an answer whose request is not told.
    """
    blocks: list[list[Field]] = [[]]
    for name, value in _fields(rows):
        if name == "request url" or (name == ":path" and any(each == ":path" for each, _ in blocks[-1])):
            blocks.append([])
        blocks[-1].append((name, value))
    found = []
    for block in reversed(blocks):
        # Some tools show the answer above the request, which tells the address: what follows tells it too.
        url = _address(block, source) or url
        for name, value in reversed(block):
            if name == "set-cookie":
                found += [Found("set", line, url) for line in reversed(unfolded(value, source))]
            elif name == "cookie":
                found += reversed(sent(value, url))
    return found[::-1]


def _fields(rows: list[str]) -> Iterator[Field]:
    """Yield name, in lower case, and value of each field that tells something, and of a request line its path."""
    waiting = ""
    for row in rows:
        field = _FIELD.fullmatch(row)
        if waiting and row and not (waiting in COOKIES and (field or "=" not in row)):
            yield waiting, row
            waiting = ""
            continue
        name, value = (field[1].lower(), field[2]) if field else (row.lower(), "")
        if request := _REQUEST.fullmatch(row):
            yield ":path", request[1]
            if request[2] >= "2":
                yield ":scheme", "https"
        elif name in _TELLING and value:
            yield name, value
        waiting = name if name in _TELLING and not value else waiting if not row else ""


def _address(block: list[Field], source: Source) -> str:
    told = dict(reversed(block))  # of a name the first counts
    host = told.get(":authority") or told.get("host")
    if "request url" in told or not host:
        return address(told.get("request url", ""))
    scheme = told.get(":scheme")
    if not scheme:
        source.notes["scheme"] = None
        here = locate(f"http://{host}")
        scheme = "http" if here and here.is_loopback else "https"
    path = told.get(":path", "/")
    return address(f"{scheme}://{host}{path if path.startswith('/') else '/'}")


def unfolded(text: str, source: Source) -> list[str]:
    """Return the lines of one field: a comma behind an attribute, with a name and `=` after it, joined two of them.

    A comma in the value itself may be one as well, or part of the value: browsers read one cookie, and so do we.
    """
    rows: list[list[str]] = []
    for row in text.split("\n"):
        first, *attributes = row.split(";")
        if _NEXT.search(first):
            source.notes["comma"] = None
        rows.append([first])
        for attribute in attributes:
            before, *following = _NEXT.split(attribute)
            rows[-1].append(before)
            if following:
                source.notes["folded"] = None
            rows += [[each] for each in following]
    return [line for line in (";".join(parts).strip(" \t\r") for parts in rows) if line]


def values(source: Source) -> list[Found] | None:
    """Read values of Set-Cookie fields, one a line, without the name of the field."""
    rows = [row for row in map(_unquoted, source.rows) if _FIRST.fullmatch(row)]
    if not any(name in ATTRIBUTES for row in rows for name in _attributes(row)):
        return None
    return [Found("set", line) for row in rows for line in unfolded(row, source)]


def _attributes(line: str) -> list[str]:
    return [part.partition("=")[0].strip(" \t").lower() for part in line.split(";")[1:]]


def pairs(source: Source) -> list[Found] | None:
    """Read `name=value; name=value`, as `document.cookie` and a Cookie header have it."""
    rows = [row for row in map(_unquoted, source.rows) if _FIRST.fullmatch(row)]
    return [found for row in rows for found in sent(row, "")] or None


def _unquoted(row: str) -> str:
    """Return a line without what a console or a script writes around a text: marks, `document.cookie =` and quotes."""
    row = _MARK.sub("", row, count=1) if row.startswith(("> ", "< ")) else row
    if assigned := _ASSIGNED.fullmatch(row):
        row = assigned[1].strip(" \t").removesuffix(";").rstrip(" \t")
    return row[1:-1] if len(row) > 1 and row[0] == row[-1] and row[0] in "'\"`" else row
