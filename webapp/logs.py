"""The log: what went wrong, how far long work is and, where it is asked for, a line a request.

A line has its moment in UTC, its level and the number of its request, which error pages name. Of a request stands there
which page answered, never what the visitor wrote: no cookie, no query, no name or code in the address, no address of
theirs.
"""

import json
import logging
import logging.config
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, has_request_context, request
from werkzeug.wsgi import ClosingIterator

from webapp.i18n import N_, gettext

NUMBER = N_("If you ask somebody about this, please give them this number: %(number)s")
SAY_EVERY = 5  # seconds; a start is quicker, and leaves the newcomer alone with the address
_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Write the log to stderr as LOG says, unless this process has a log already."""
    if logging.getLogger().handlers:
        return
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": Objects if app.config["LOG"] == "json" else Lines}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
            # Flask's own logger is the one above all of ours; `flask run` writes its colours by itself.
            "loggers": {app.name: {"level": "INFO"}, "werkzeug": {"propagate": False}},
        }
    )


def note_requests(app: Flask) -> None:
    """Let each request leave a line, where LOG asks for that; whoever is called last sees what all others answer."""
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun = time.perf_counter()
        fields = {"method": environ["REQUEST_METHOD"][:20], "path": place(environ), "status": 500}

        def start(status: str, *rest: Any) -> Callable[[bytes], object]:
            fields.update(path=place(environ), status=int(status[:3]))  # Flask forgets the rule before the end
            return start_response(status, *rest)

        def note() -> None:
            fields["ms"] = round(1000 * (time.perf_counter() - begun))
            more = {"fields": fields, "request": request_number(environ)}
            _log.info("%(method)s %(path)s %(status)s, %(ms)s ms", fields, extra=more)

        try:
            return ClosingIterator(inner(environ, start), note)
        except BaseException:
            note()
            raise

    if app.config["LOG"]:
        app.wsgi_app = answer


def progress(log: logging.Logger, words: str) -> Callable[..., None]:
    """Return a function that writes down how far work is, once every `SAY_EVERY` seconds: of quick work, nothing."""
    told = time.monotonic()

    def tell(*numbers: Any) -> None:
        nonlocal told
        if time.monotonic() - told >= SAY_EVERY:
            told = time.monotonic()
            log.info(words, *numbers)

    return tell


def request_number(environ: dict[str, Any] | None = None) -> str:
    """Return the number of a request, else of the current one: eight digits and letters, by which to find its lines."""
    number: str = (environ or request.environ).setdefault("crumb.request", secrets.token_hex(4))
    return number


def numbered() -> str:
    """Return the sentence that names the number of the current request, in the visitor's language."""
    return gettext(NUMBER, number=request_number())


def place(environ: dict[str, Any]) -> str:
    """Return the address of a request as the log may have it: `/shop/<slug>`, or of an unknown one how it begins.

    A room's notes, an order and other things are whose who has their address.
    """
    asked = environ.get("werkzeug.request")
    if "crumb.refused" in environ:
        return "-"  # no request, or one that was not read
    if rule := getattr(asked, "url_rule", None):
        return str(rule.rule)
    first, slash, _ = environ["PATH_INFO"].removeprefix("/").partition("/")
    return quote(f"/{first[:40]}", encoding="latin-1", errors="replace") + "/..." * bool(slash)


class Lines(logging.Formatter):
    """A line for people; what follows, such as a traceback, is indented."""

    converter = time.gmtime

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. What visitors wrote begins no line of its own, and tells a terminal nothing."""
        if not hasattr(record, "request"):
            record.request = request_number() if has_request_context() else "-"
        lines = self.write(record).split("\n")
        return "\n    ".join(line if line.isprintable() else repr(line)[1:-1] for line in lines)

    def write(self, record: logging.LogRecord) -> str:
        """Return all there is to say, in as many lines as it takes."""
        return super().format(record)


class Objects(Lines):
    """A JSON object a line, for programs."""

    def write(self, record: logging.LogRecord) -> str:
        """Return the object."""
        said = {"time": self.formatTime(record, self.datefmt), "level": record.levelname, "request": record.request}
        said |= {"name": record.name, "message": record.getMessage(), **getattr(record, "fields", {})}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)
