"""The second browser: the model's own store, kept on the server, and the site's answers to what it asks.

What it received is kept as it came, and read anew by the model at every request. Only lines that still hold a cookie
are kept, so there are never more of them than a browser has cookies.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import JSON, Boolean, Column, String, Table, delete, false, insert, select, update

from webapp import clock
from webapp.cookies import current_jar, pair, registry
from webapp.database import METADATA, Bound, Moment, reading, writing
from webapp.database.bounds import too_many
from webapp.house import house
from webapp.security.tokens import token_hash
from webapp.signals import step_begun
from webapp.trial import answer_within
from webapp.useragent import ENGINES, Cookie, UserAgent

from .cookies import STUDENT

ENDS_AFTER = timedelta(hours=2)  # without a request
COPY_ENDS_AFTER = timedelta(minutes=10)  # whatever is done with it
_LARGEST = 128 * 1024  # characters of lines; the site itself reads 32 KB of cookies
_KEY = "crumb.student"
_SCRIPT = re.compile(r"<script[^>]*></script>")
_NAMED = re.compile(r"""(<(?:a|form|button)\b[^>]*?\s(?:href|action|formaction)=")([^"]*)""")
_USER_AGENTS = {
    "chromium": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
    "safari": (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/26.0 Safari/605.1.15"
    ),
    "spec": "Mozilla/5.0 (RFC 6265bis)",
}
_NOT_PASSED_ON = (
    "HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_REFERER",
)  # fmt: skip
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


# One second browser; `holder` is the hash of the token in the `student` cookie. One that has `copied` a log-in was
# `used` when it has COPY_ENDS_AFTER left, however long it is used.
STUDENTS = Table(
    "students",
    METADATA,
    Column("holder", String(64), primary_key=True),
    Column("engine", String(8), nullable=False),
    Column("used", Moment, nullable=False, index=True),
    Column("received", JSON, nullable=False),  # [[address, line, time], ...]
    Column("copied", Boolean, nullable=False, server_default=false()),
    info={"bound": Bound(by="used", lasts=ENDS_AFTER, rows=300)},
)


@dataclass
class Student:
    """A second browser: its model, and for each cookie in its store the line that brought it: (address, line, time)."""

    holder: str
    agent: UserAgent
    copied: bool
    received: dict[tuple, tuple[str, str, str]]

    def receive(self, url: str, line: str, at: datetime, **circumstances: Any) -> None:
        """Take a Set-Cookie line."""
        verdict = self.agent.receive(url, line, now=at, **circumstances)
        if verdict.stored:
            self.received.pop(verdict.cookie.identity, None)
            self.received[verdict.cookie.identity] = (url, line, at.isoformat())

    def keep(self) -> None:
        """Write down what it holds now; a store that is too large forgets what came first."""
        held = {cookie.identity for cookie in self.agent.cookies}
        lines = [list(entry) for identity, entry in self.received.items() if identity in held]
        while sum(len(line) for _, line, _ in lines) > _LARGEST:
            lines.pop(0)
        with writing() as db:
            db.execute(
                update(STUDENTS)
                .where(STUDENTS.c.holder == self.holder)
                .values(received=lines, used=STUDENTS.c.used if self.copied else clock.now())
            )

    def cookies(self) -> list[Cookie]:
        """Return what is in its store."""
        self.agent.sweep(clock.now())
        return sorted(self.agent.cookies, key=lambda cookie: (cookie.path, cookie.name))


def begin(engine: str) -> None:
    """Open a second browser that has never been anywhere; the one that this browser had is thrown away."""
    _begin(engine, clock.now())


def copyable() -> list[tuple[str, str]]:
    """Return those cookies of this browser that a thief would copy, as they came with this request."""
    wanted = [cookie for feature in house().features.values() for cookie in feature.copies]
    return [(name, value) for name, value in current_jar().received if registry().find(name) in wanted]


def copy() -> None:
    """Open a second browser that has nothing but a copy of this browser's log-in: it is on the server alone."""
    student, now = own(), clock.now()
    rest = f"; Max-Age={COPY_ENDS_AFTER.seconds}; Path=/; HttpOnly" + "; Secure" * (request.scheme == "https")
    lines = [[request.host_url, pair(*each) + rest, now.isoformat()] for each in copyable()]
    _begin(student.agent.engine.name if student else "chromium", now - ENDS_AFTER + COPY_ENDS_AFTER, lines)


@step_begun.connect
def _end_copy(sender: Flask, **step: Any) -> None:
    if token := STUDENT.get():
        with writing() as db:
            db.execute(delete(STUDENTS).where(STUDENTS.c.holder == token_hash(token), STUDENTS.c.copied))


def _begin(engine: str, used: datetime, copied: Sequence[list[str]] = ()) -> None:
    end()
    token = secrets.token_urlsafe(16)
    row = {"holder": token_hash(token), "engine": engine, "used": used, "received": copied, "copied": bool(copied)}
    with writing() as db:
        db.execute(insert(STUDENTS), row)
        db.execute(delete(STUDENTS).where(too_many(STUDENTS)))
    STUDENT.set(token)


def end() -> None:
    """Throw the second browser of this one away."""
    if token := STUDENT.get():
        with writing() as db:
            db.execute(delete(STUDENTS).where(STUDENTS.c.holder == token_hash(token)))
        STUDENT.delete()


def own() -> Student | None:
    """Return the second browser of this one, its store as it is by now; None for none, or one that has ended."""
    token = STUDENT.get()
    row = (
        token
        and reading()
        .execute(
            select(STUDENTS.c.holder, STUDENTS.c.engine, STUDENTS.c.copied, STUDENTS.c.received).where(
                STUDENTS.c.holder == token_hash(token), STUDENTS.c.used > clock.now() - ENDS_AFTER
            )
        )
        .one_or_none()
    )
    if not row or row.engine not in ENGINES:  # an engine of an older version
        return None
    student = Student(row.holder, UserAgent(row.engine), row.copied, {})
    for url, line, at in row.received:
        student.receive(url, line, datetime.fromisoformat(at))
    return student


def is_one() -> bool:
    """Tell whether this very request is made by a second browser."""
    return _KEY in request.environ


def ask(student: Student, prefix: str) -> Response:
    """Let the second browser ask for what stands behind `prefix` in this request's path, and return what it gets.

    Its cookies go with it, and what the answer sets goes into its store alone. Links and forms of a page lead on below
    `prefix`; whatever leads to another host is left to the frame's policy, which refuses it.
    """
    path, now = request.environ["PATH_INFO"].removeprefix(prefix) or "/", clock.now()
    url = request.host_url.rstrip("/") + path
    inner = {
        name: value
        for name, value in request.environ.items()
        if (name.isupper() and name not in _NOT_PASSED_ON) or name.startswith("wsgi.")
    }
    inner |= {
        "PATH_INFO": path,
        "HTTP_USER_AGENT": _USER_AGENTS[student.agent.engine.name],
        "wsgi.input": BytesIO(request.get_data()),
        _KEY: True,
    }
    if "HTTP_SEC_FETCH_DEST" in inner:  # for the second browser the frame is its window
        inner["HTTP_SEC_FETCH_DEST"] = "document"
    if cookies := student.agent.cookie_header(url, now=now, method=request.method):
        inner["HTTP_COOKIE"] = cookies
    answer = answer_within(inner)
    if "cookies" in answer.headers.get("Clear-Site-Data", ""):
        student.agent = UserAgent(student.agent.engine)
    for line in answer.headers.getlist("Set-Cookie"):
        student.receive(url, line, now, method=request.method)
    student.keep()
    return _shown(answer, prefix)


def _shown(answer: Response, prefix: str) -> Response:
    body = answer.get_data()
    if answer.mimetype == "text/html":
        text = body.decode("utf-8", "replace")
        # The frame runs no script, and a browser would complain of each.
        body = _NAMED.sub(lambda found: found[1] + _below(found[2], prefix), _SCRIPT.sub("", text)).encode()
    shown = Response(body, answer.status, content_type=answer.headers.get("Content-Type", "text/plain"))
    if "Location" in answer.headers:
        shown.headers["Location"] = _below(answer.headers["Location"], prefix)
    if "Refresh" in answer.headers and ";" not in answer.headers["Refresh"]:
        shown.headers["Refresh"] = answer.headers["Refresh"]
    shown.headers["Content-Security-Policy"] = _POLICY
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _below(target: str, prefix: str) -> str:
    target = target.removeprefix(request.host_url.rstrip("/")) or "/"
    return prefix + target if target.startswith("/") and not target.startswith("//") else target
