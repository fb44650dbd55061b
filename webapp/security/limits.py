"""When a browser sends more cookies, or a longer address, than a server should read."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from webapp.cookies import bare
from webapp.i18n import in_every_language
from webapp.logs import NUMBER, request_number

LONGEST_HEADER = 32 * 1024  # octets of Cookie header that we read
LONGEST_ADDRESS = 64 * 1024  # octets of path and query: pages repeat their address, the record keeps it
_ROOM = 3000  # octets for lines that delete: a proxy's buffer for an answer's headers may have 4 KB

# Before any language can be known: the language is in the cookies that were too many.
_RESCUE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Too many cookies - Crumb</title></head>
<body>
<h1>Too many cookies</h1>
<p>Your browser sent more than 32 KB of cookies, more than this site reads. They have just been cleared, so this
works again: <a href="/">go on to Crumb</a>.</p>
<p lang="de">Der Browser hat mehr als 32 KB Cookies geschickt. Sie sind jetzt gelöscht:
<a href="/">weiter zu Crumb</a>.</p>
<p lang="ar" dir="rtl">أرسل متصفحك أكثر من 32 كيلوبايت من ملفات تعريف الارتباط. لقد مُسحت الآن:
<a href="/">تابع إلى Crumb</a>.</p>
</body></html>
""".encode()


_TOO_LONG = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Too long an address - Crumb</title></head>
<body>
<h1>Too long an address</h1>
<p>That address has more than 64 KB, more than this site reads: <a href="/">go on to Crumb</a>.</p>
<p lang="de">Diese Adresse hat mehr als 64 KB: <a href="/">weiter zu Crumb</a>.</p>
<p lang="ar" dir="rtl">هذا العنوان أطول من 64 كيلوبايت: <a href="/">تابع إلى Crumb</a>.</p>
</body></html>
""".encode()


class Limits:
    """Answers a request with too long a Cookie header by a page that clears the cookies (`Clear-Site-Data`).

    For browsers that don't heed it, as on plain http, lines delete the largest. A request with too long an address is
    told so.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the request, or a page with status 431 (RFC 6585 section 5) or 414 (RFC 9110 section 15.5.15)."""
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return _refuse(environ, start_response, "414 URI Too Long", _TOO_LONG)
        header = environ.get("HTTP_COOKIE", "")
        if len(header) <= LONGEST_HEADER:
            return self._app(environ, start_response)
        clearing = [("Clear-Site-Data", '"cookies"'), *(("Set-Cookie", line) for line in _deletions(header))]
        return _refuse(environ, start_response, "431 Request Header Fields Too Large", _RESCUE, clearing)


def _deletions(header: str) -> list[str]:
    # The largest go first: no fewer lines would bring the header down to what is read.
    sizes: Counter[str] = Counter()
    for part in header.split(";"):
        sizes[part.partition("=")[0].strip()] += len(part) + 1
    excess, room, lines = len(header) - LONGEST_HEADER, _ROOM, []
    for name, size in sizes.most_common():
        if not (name.isascii() and name.isprintable() and 0 < len(name) <= 200 and "," not in name):
            continue
        # A prefixed name can only be deleted by a line that its prefix allows (RFC 6265bis section 4.1.3).
        line = f"{name}=; Max-Age=0; Path=/" + "; Secure" * (name != bare(name))
        room -= len("Set-Cookie: \r\n") + len(line)
        if excess <= 0 or room < 0:
            break
        lines.append(line)
        excess -= size
    return lines


def _refuse(
    environ: dict[str, Any],
    start_response: Callable[..., Any],
    status: str,
    page: bytes,
    headers: Iterable[tuple[str, str]] = (),
) -> list[bytes]:
    words = in_every_language(NUMBER, number=request_number(environ))
    page = page.replace(b"</body>", f"{words}</body>".encode())
    start_response(
        status,
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            *headers,
        ],
    )
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]
