"""The lines of Flask behind a cookie, with a few words on each."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from webapp.cookies import Cookie
from webapp.i18n import duration, gettext


@dataclass(frozen=True)
class Line:
    """One line of Python: highlighted, and what it does in the visitor's language ("" where it is clear)."""

    source: str
    html: Markup
    words: str


def setting(cookie: Cookie, name: str, value: str, max_age: timedelta | None, secure: bool) -> list[Line]:
    """Return the lines that set `cookie` as the jar does; run in a view, they send the same header line.

    `name` is the name on the wire, `value` what the visitor typed.
    """
    escaped = cookie.codec.encode(value) != value
    rows = []
    if escaped:
        rows.append(("from urllib.parse import quote", gettext("Percent-encoding, from Python's own library.")))
    rows += [
        (
            f"response = make_response({_quoted(gettext('The cookie has been set'))})",
            gettext("A cookie is set on the response, so make one first."),
        ),
        ("response.set_cookie(", gettext("Add one Set-Cookie line to it:")),
        (f"    {_quoted(name)},", gettext("the title, after a beginning that keeps it off all other cookies")),
    ]
    if escaped:
        rows.append((f'    quote({_quoted(value)}, safe=""),', gettext("the value, escaped to survive the trip")))
    else:
        rows.append((f"    {_quoted(value)},", gettext("the value")))
    if max_age is not None:
        seconds = int(max_age.total_seconds())
        rows.append((f"    max_age={seconds},", gettext("kept for %(time)s, in seconds", time=duration(seconds))))
    if secure:
        rows.append(("    secure=True,", gettext("sent over secure connections only")))
    if cookie.http_only:
        rows.append(("    httponly=True,", gettext("out of reach of scripts in the page")))
    rows += [
        (f"    samesite={_quoted(cookie.same_site)},", gettext("not sent with forms and pictures of other sites")),
        (")", gettext("no max_age: it ends when the browser closes") if max_age is None else ""),
        ("return response", gettext("Your browser stores the cookie when this arrives.")),
    ]
    return _told(rows)


def getting(name: str, default: str, escaped: bool) -> list[Line]:
    """Return the lines that read the cookie of that name on the wire, and answer with it or with `default`."""
    get = (
        f"value = request.cookies.get({_quoted(name)}, {_quoted(default)})",
        gettext("The cookies came with the request. The second text is the answer when there is none of that name."),
    )
    if not escaped:
        return _told([get, ("return value", "")])
    return _told(
        [
            ("from urllib.parse import unquote", gettext("Percent-encoding, from Python's own library.")),
            get,
            ("return unquote(value)", gettext("Undo the escaping.")),
        ]
    )


def _told(rows: list[tuple[str, str]]) -> list[Line]:
    code = "\n".join(source for source, _ in rows)
    html = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).split("\n")
    return [Line(source, Markup(line), words) for (source, words), line in zip(rows, html, strict=False)]


def _quoted(text: str) -> str:
    """Return `text` as Python writes it, in double quotes where that needs nothing else."""
    written = repr(text)
    return written if '"' in written else f'"{written[1:-1]}"'
