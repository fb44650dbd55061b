"""Serves Crumb until it is told to end; then it takes nothing new, answers what has come, and ends.

    HOST=127.0.0.1 PORT=8000 .venv/bin/python serve.py

The server is waitress, and so are the options that may be given: they come after ours, and instead of HOST and PORT
where they say where to listen. Behind them another application may be named.
"""

import ctypes
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from getopt import GetoptError
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from waitress import runner, wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher, WSGITask

# Waitress hands cookies over as they came, any byte in them; the faster granian drops the whole header for one byte
# above 0x7F. Chromium keeps 180 cookies of 4 KB for a site: they pass, so that the site itself can answer. Whether a
# proxy's headers count is said by CRUMB_PROXY_HOPS alone: without it Crumb reads none of them.
# Eight threads for pages, as many for what is sent, and for passwords: a hundred log-ins at once were answered within
# 2.3 s, and 95 of 100 pages meanwhile within 11 ms. One line with 64 threads refused sixty, and a page behind them took
# 290 ms.
OPTIONS = [
    "--threads=8",
    "--connection-limit=1000",
    "--max-request-header-size=1048576",
    "--max-request-body-size=1048576",
    "--ident=crumb",
    "--no-clear-untrusted-proxy-headers",
]
PASSWORDS = frozenset({"/login", "/register", "/account/confirm", "/account/password", "/account/close"})
SECOND_BROWSER = "/teach/student/at"  # what one does in it is done here, at the path that follows
PATIENCE = 8  # seconds for what has come: who waits for a database has an answer after 5, and Docker kills after 10
_LINGER = 16_000_000  # octets: more than anybody's cookies, and than most pictures
_FROM_ONE = {"threads", "port", "connection_limit", "backlog", "recv_bytes", "send_bytes"}
_QUIET = 0.5  # a connection that is kept open may have its next request on the way
_log = logging.getLogger("waitress")


class Lanes:
    """Hands what is sent to other threads than pages, so that who only looks never waits behind it.

    So are passwords, of which not many can be checked at a time. `/healthz` has one thread to itself: it says that the
    server lives, also while every page waits for a database.
    """

    def __init__(self, threads: int) -> None:
        self._pages, self._sent, self._passwords, self._probes = (ThreadedTaskDispatcher() for _ in range(4))
        for lane in (self._pages, self._sent, self._passwords):
            lane.set_thread_count(threads)
        self._probes.set_thread_count(1)

    def add_task(self, channel: HTTPChannel) -> None:
        """Have the next request of a connection answered in its turn; one that is no HTTP has no method."""
        request = channel.requests[0]
        path = getattr(request, "path", "").removeprefix(channel.adj.url_prefix)
        if getattr(request, "command", "GET") not in ("GET", "HEAD"):
            lane = self._passwords if path.removeprefix(SECOND_BROWSER) in PASSWORDS else self._sent
        else:
            lane = self._probes if path == "/healthz" else self._pages
        lane.add_task(channel)


class Refusal(WSGITask):
    """Lets the application say, with its headers and in its languages, what waitress would say by itself."""

    def __init__(self, channel: HTTPChannel, request: Any) -> None:
        # Nothing else of what came counts.
        ours = channel.parser_class(channel.adj)
        ours.received(b"%s / HTTP/1.1\r\nConnection: close\r\n\r\n" % (b"HEAD" if request.head_alone else b"GET"))
        super().__init__(channel, ours)
        self.code = request.error.code

    def get_environment(self) -> dict[str, Any]:
        """Return an environment that has the status under `crumb.refused`."""
        return super().get_environment() | {"crumb.refused": self.code}


class Parser(HTTPRequestParser):
    """Has every head answered: waitress hangs up where Python can't read an address or a number in it.

    `head_alone` says that the answer has no body, also where nothing else of the request can be read.
    """

    head_alone = False

    def parse_header(self, header_plus: bytes) -> None:
        """Read a head; who announces no body, or one that is too large, is not told to go on with it."""
        # Of a head that is too long waitress reads another one, and keeps how it began.
        self.head_alone = (self.header_plus or header_plus).lstrip().startswith(b"HEAD ")
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError(str(error)) from None
        awaited = self.chunked or 0 < self.content_length < self.adj.max_request_body_size
        self.expect_continue = self.expect_continue and awaited


class Channel(HTTPChannel):
    """A connection whose requests the application answers, also those that are none.

    It is closed in stages (RFC 9112 section 9.6): who still sends when the last answer has gone would else be cut off,
    and lose the answer. What comes then is read and thrown away, so much of it.
    """

    parser_class = Parser
    error_task_class = Refusal
    lingering = 0  # octets that may come yet, once there are no more answers

    def handle_close(self) -> None:
        """Say that there are no more answers, and close when the client does; at the second call at once."""
        if self.will_close and not self.lingering and not self.total_outbufs_len:
            self.will_close, self.lingering = False, _LINGER
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()

    def received(self, data: bytes) -> bool:
        """Take what has come."""
        if not self.lingering:
            return bool(super().received(data))
        self.lingering = max(self.lingering - len(data), 0)
        if not self.lingering:
            super().handle_close()
        return False


def serve(application: Any, **options: Any) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP, then answer what has come, for at most PATIENCE seconds."""
    channels: dict[int, Any] = {}
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(-8, 1)  # M_ARENA_MAX: threads that take turns need no heap each
    try:
        create_server(application, map=channels, _dispatcher=Lanes(int(options["threads"])), **options)
    except (OSError, ValueError) as error:
        sys.exit(f"Nobody can be served so, see HOST, PORT and the options: {error}")
    for each in channels.values():
        if each.accepting:
            each.channel_class = Channel
    told: list[int] = []
    # SIGINT as well: a shell that starts us in the background lets its children ignore it.
    for name in {"SIGTERM", "SIGINT", "SIGHUP"} & set(dir(signal)):
        signal.signal(getattr(signal, name), lambda number, frame: told.append(number))
    while not told:
        wasyncore.loop(timeout=0.5, use_poll=True, map=channels, count=1)
    for each in list(channels.values()):
        if each.accepting:
            known = 0
            while known < (known := len(channels)):  # who has connected already
                each.handle_accept()
            wasyncore.dispatcher.close(each)  # the server's own would also close what its threads wake this loop by
    until, left = time.monotonic() + PATIENCE, [None]
    while left and time.monotonic() < until:
        wasyncore.loop(timeout=0.1, use_poll=True, map=channels, count=1)
        left = [each for each in channels.values() if isinstance(each, HTTPChannel)]
        for each in left:
            if each.requests:
                each.requests[-1].headers["CONNECTION"] = "close"  # its answer says so, and is the last
            elif not _is_busy(each) and time.time() - each.last_activity > _QUIET:
                each.handle_close()
    if cut_off := sum(map(_is_busy, left)):
        _log.warning("%d requests were cut off: they took more than %d seconds", cut_off, PATIENCE)


def _is_busy(channel: HTTPChannel) -> bool:
    """Tell whether a request has come, with its body still on the way perhaps, or is being answered on a connection."""
    coming = channel.request is not None and channel.request.headers_finished
    return bool(channel.requests or coming or channel.total_outbufs_len)


def lets_a_class_in(host: str, url: str) -> bool:
    """Tell whether others on the network come to a site that has no name of its own, as `run.py` starts one."""
    try:
        beyond, own = not ip_address(host).is_loopback, urlsplit(url)
        return beyond and own.scheme == "http" and (own.hostname == "localhost" or bool(ip_address(own.hostname or "")))
    except ValueError:  # a name
        return False


@contextmanager
def named(host: str, port: int) -> Iterator[None]:
    """Have names on the local network where a class is let in, and hand them to the app that is about to be made."""
    if "CRUMB_LOCAL_NAMES" in os.environ or not lets_a_class_in(host, os.environ.get("CRUMB_URL", "")):
        yield
        return
    from run import find_lan_address
    from webapp.classroom.announce import announced

    with announced(find_lan_address if ip_address(host).is_unspecified else lambda: host, port) as names:
        if names:
            os.environ["CRUMB_LOCAL_NAMES"] = json.dumps(names)
            print(f"This network knows Crumb as http://{names['crumb']}:{port}", flush=True)
        yield


def completed(given: Sequence[str], host: str, port: int) -> tuple[list[str], str, int]:
    """Return all options and what is to be served, and the host and port that it is then known by.

    `--host` and `--port` count more than HOST and PORT; SystemExit with a sentence where an option makes no sense.
    """
    try:
        options, applications = Adjustments.parse_args([*OPTIONS, *given])
    except GetoptError as error:
        sys.exit(f"{error.msg}: see serve.py --help.")
    for name, cast in Adjustments._params:
        value = options.get(name)
        try:
            least, most = (name in _FROM_ONE), (65535 if name == "port" else 2**31 - 1)
            sound = value is None or cast is not int or least <= int(value) <= most
        except ValueError:
            sound = False
        if not sound:
            sys.exit(f"--{name.replace('_', '-')} has to be a whole number from {least:d}, not {value!r}.")
    for given_port in (place.rpartition(":")[2] for place in options.get("listen", "").split()):
        if given_port.isdecimal() and int(given_port[:6]) > 65535:
            sys.exit(f"--listen has to name a port up to 65535, not {given_port}.")
    ours = [] if options.get("listen") or "unix_socket" in options else [f"--host={host}", f"--port={port}"]
    arguments = [*OPTIONS, *ours, *given, *([] if applications else ["wsgi:app"])]
    return arguments, options.get("host", host), int(options.get("port", port))


if __name__ == "__main__":
    # Where it listens it tells in notes only: it would name 127.0.0.1, which is the attacker's host.
    _log.setLevel(logging.WARNING)
    # Nor each time that somebody waits in line, which is a line for each pupil whenever a class opens a page.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= 65535):  # else 99999 is taken as 34463
        sys.exit(f"PORT has to be a number from 1 to 65535, not {port!r}.")
    arguments, host, port = completed(sys.argv[1:], host.strip("[]"), int(port))
    with named(host, port):
        sys.exit(runner.run([sys.argv[0], *arguments], serve))
