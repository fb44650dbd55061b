"""The real server, a TLS proxy in front of it, and a stranger's site beside it: all on the loopback interface."""

import http.client
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

from flask.testing import FlaskCliRunner
from sqlalchemy import select, update

from tests.serving import running, serving
from webapp import create_app
from webapp.accounts.tables import DEVICES
from webapp.database import writing
from webapp.wire.record.store import EXCHANGES

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "server", "date"}
PASSWORD = "three warm loaves"
_numbers = count(1)


@dataclass(frozen=True)
class Site:
    """A running site: its address, the settings it runs with, and what it has written down."""

    url: str
    environment: dict[str, str]
    log: Path

    def new_user(self, *options: str) -> str:
        """Make an account that nobody has used yet, by the site's own command; its password is PASSWORD."""
        name = f"Baker{next(_numbers)}"
        self.flask("users", "add", name, "--password", PASSWORD, *options)
        return name

    @cached_property
    def _commands(self) -> FlaskCliRunner:
        """An app of our own over the same database: to start one for each command takes seconds."""
        return create_app({"INSTANCE": self.environment["CRUMB_INSTANCE"]}).test_cli_runner()

    def pass_time(self, minutes: int) -> None:
        """Let the cookies of all log-ins have been replaced, and what is recorded have crossed, so much longer ago."""
        with self._commands.app.app_context(), writing() as db:
            for column in (DEVICES.c.rotated_at, EXCHANGES.c.at):
                id = column.table.c.id
                for row, at in db.execute(select(id, column)).all():
                    before = {column: at - timedelta(minutes=minutes)}
                    db.execute(update(column.table).where(id == row).values(before))

    def flask(self, *arguments: str) -> None:
        """Run one of the site's own commands."""
        result = self._commands.invoke(args=arguments)
        assert result.exit_code == 0, result.output


@contextmanager
def site(instance: Path, port: int, **settings: str) -> Iterator[Site]:
    """Run the site as run.py does, with an instance folder of its own."""
    instance.mkdir()
    log = instance / "server.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CRUMB_")}
    environment |= {"CRUMB_INSTANCE": str(instance), **settings}
    with running(serving(port), port, log, **environment):
        yield Site(settings["CRUMB_URL"], environment, log)


@contextmanager
def serve(handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Let `handler` answer on a port of 127.0.0.1, which is yielded; with a context it speaks TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def stranger(pages: dict[str, str]) -> Iterator[int]:
    """Serve somebody else's pages (path to HTML) under 127.0.0.1, and under localhost too; yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None: ...

    with serve(Handler) as port:
        yield port


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate for localhost and of its key, which nobody else has signed."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key


@contextmanager
def tls_proxy(folder: Path, upstream: int) -> Iterator[int]:
    """Speak TLS to browsers and plain http to the server on port `upstream`; yield the proxy's port.

    It says by X-Forwarded-* what the browser asked, as nginx or Caddy do. The certificate is its own.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*make_certificate(folder))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-Host": headers["Host"]}
            headers["X-Forwarded-For"] = self.client_address[0]
            connection = http.client.HTTPConnection("127.0.0.1", upstream, timeout=30)
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        do_POST = do_GET

        def log_message(self, *_arguments: object) -> None: ...

    with serve(Handler, context) as port:
        yield port
