"""Files with cookies in them: HAR, cookies.txt, and the JSON of browser extensions and test tools."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from webapp.cookies import pair

from .found import Found, Source, address, octets, sent
from .headers import unfolded

_LAST = 253402300799  # the last second of the year 9999
_NUMBER = re.compile(r"(-?[0-9]{1,15})(\.[0-9]+)?")
_HEAD = re.compile(r"# *(Netscape )?HTTP Cookie File", re.IGNORECASE)
_HTTP_ONLY = "#HttpOnly_"
_SAME_SITE = {"lax": "Lax", "strict": "Strict", "none": "None", "no_restriction": "None"}


def har(source: Source) -> list[Found] | None:
    """Read a HAR file: the header lines of its requests and answers, else its own lists of cookies (HAR 1.2)."""
    log = _within(source.json, "log")
    if not isinstance(log.get("entries"), list):
        return None
    found, entries = [], _objects(log["entries"])
    for entry in entries:
        request, response = _within(entry, "request"), _within(entry, "response")
        url = address(_text(request.get("url")))
        lines = [line for text in _named(response, "set-cookie") for line in unfolded(text, source)]
        lines = lines or [_line({**each, "hostOnly": False}) for each in _objects(response.get("cookies"))]
        found += [Found("set", line, url) for line in lines if line]
        pairs = [
            _line({"name": each.get("name"), "value": each.get("value")}) for each in _objects(request.get("cookies"))
        ]
        for header in _named(request, "cookie") or pairs:
            found += sent(header, url)
    if not found:
        source.notes["har-clean" if entries else "har-empty"] = None
    return found


def _named(message: dict[str, Any], name: str) -> list[str]:
    headers = _objects(message.get("headers"))
    return [octets(_text(each.get("value"))) for each in headers if _text(each.get("name")).lower() == name]


def state(source: Source) -> list[Found] | None:
    """Read the storage state of a test tool: an object with `cookies` and `origins`."""
    data = source.json
    return _kept(data["cookies"]) if isinstance(data, dict) and {"cookies", "origins"} <= data.keys() else None


def objects(source: Source) -> list[Found] | None:
    """Read cookies as JSON objects, as browser extensions export them, in the names of `chrome.cookies`."""
    data = source.json
    if isinstance(data, dict):
        data = data.get("cookies", [data])
    if not isinstance(data, list) or not all(isinstance(each, dict) and "name" in each for each in data):
        return None
    return _kept(data)


def _kept(entries: Any) -> list[Found]:
    found = []
    for entry in _objects(entries):
        domain, path = _text(entry.get("domain")).lstrip("."), _text(entry.get("path")) or "/"
        url = address(f"{'https' if entry.get('secure') is True else 'http'}://{domain}{path}") if domain else ""
        found.append(Found("kept", _line(entry), url))
    return [each for each in found if each.line]


def netscape(source: Source) -> list[Found] | None:
    """Read cookies.txt: seven fields a line, parted by tabs, or by spaces where a terminal made those of them."""
    found = []
    rows = source.text.split("\n")
    for row in rows:
        fields = row.rstrip("\r").split("\t", 6)
        if len(fields) < 6:
            fields = row.split(None, 6)
        if len(fields) < 6 or {fields[1], fields[3]} - {"TRUE", "FALSE"} or not (end := _NUMBER.fullmatch(fields[4])):
            continue
        domain = fields[0].strip()
        entry = {
            "name": fields[5],
            "value": "".join(fields[6:]),
            "domain": domain.removeprefix(_HTTP_ONLY),
            "hostOnly": fields[1] == "FALSE",
            "path": fields[2],
            "secure": fields[3] == "TRUE",
            "httpOnly": domain.startswith(_HTTP_ONLY),
            "expires": int(end[1]),
        }
        found += _kept([entry])
    return found if found or any(map(_HEAD.match, rows[:3])) else None


def _line(entry: dict[str, Any]) -> str:
    """Return the line that sets a cookie of `chrome.cookies`, of a test tool or of HAR; "" for no cookie.

    One that is not host-only has its Domain.
    """
    name, value, domain = entry.get("name"), entry.get("value"), _text(entry.get("domain"))
    if not isinstance(name, str) or not isinstance(value, str):
        return ""
    parts = [pair(name, value)]
    if end := next(filter(None, (_moment(entry.get(key)) for key in ("expirationDate", "expires", "expiry"))), None):
        parts.append(f"Expires={format_datetime(end, usegmt=True)}")
    host_only = entry.get("hostOnly", not domain.startswith("."))
    if domain and not host_only:
        parts.append(f"Domain={domain.lstrip('.')}")
    if path := _text(entry.get("path")):
        parts.append(f"Path={path}")
    parts += [word for key, word in (("secure", "Secure"), ("httpOnly", "HttpOnly")) if entry.get(key) is True]
    if same_site := _SAME_SITE.get(_text(entry.get("sameSite")).lower()):
        parts.append(f"SameSite={same_site}")
    if entry.get("partitionKey"):
        parts.append("Partitioned")
    return octets("; ".join(parts))


def _moment(value: Any) -> datetime | None:
    """Return when a cookie ends, in seconds since 1970 or as ISO 8601; None for the end of the browser's session."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return datetime.fromtimestamp(min(value, _LAST), UTC).replace(microsecond=0)
    try:
        return datetime.fromisoformat(_text(value)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _within(data: Any, key: str) -> dict[str, Any]:
    inner = data.get(key) if isinstance(data, dict) else None
    return inner if isinstance(inner, dict) else {}


def _objects(rows: Any) -> list[dict[str, Any]]:
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
