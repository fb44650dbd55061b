"""What the drills need: the real server as a process of its own, that can be killed, and a PostgreSQL beside it."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from werkzeug.test import Client

from run import ROOT
from tests.browsing import Browser
from tests.examples import KEY
from tests.serving import free_port, serving, start, wait_until

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# Root may write to what is read-only, unless this is taken from it.
_AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if _ROOT and shutil.which("setpriv") else []


class Site:
    """The site as a server of its own, over a database at `address`; `folder` is its instance folder."""

    def __init__(self, folder: Path, address: str, **settings: str) -> None:
        self.folder, self.address = folder, address
        folder.mkdir()
        self.port = free_port()
        self.log = folder.with_name("server.log")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CRUMB")}
        self.environment = {
            **kept,
            "CRUMB_URL": f"http://localhost:{self.port}",
            "CRUMB_INSTANCE": str(folder),
            "CRUMB_SECRET_KEY": KEY,
            "CRUMB_DATABASE_URL": address,
            "CRUMB_DEMO_CONTENT": "false",
            **settings,
        }
        self.process: subprocess.Popen | None = None

    def start(self) -> float:
        """Start it, and return how many seconds it took until the first answer."""
        began = time.monotonic()
        self.process = start([*_AS_ANYBODY, *serving(self.port)], self.port, self.log, **self.environment)
        wait_until(lambda: self.status("/healthz") == 200)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it without a word of warning."""
        if self.process:
            self.process.kill()
            self.process.wait(30)
            self.process = None

    def flask(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a command of the site."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def status(self, path: str) -> int:
        """Return the status of an address, 0 where nobody listens."""
        try:
            return self.test_client().get(path, base_url=f"http://localhost:{self.port}").status_code
        except OSError:
            return 0

    def browser(self) -> Browser:
        """Return a browser that visits it."""
        return Browser(
            self, f"http://localhost:{self.port}", **{"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        )

    def test_client(self, use_cookies: bool = False) -> Client:
        """Return what sends a browser's requests over the wire."""
        return Client(self._send, use_cookies=use_cookies)

    def _send(self, environ: dict[str, Any], start_response: Callable) -> list[bytes]:
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if value and (name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH"))
        }
        target = environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else "")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(environ["REQUEST_METHOD"], target, environ["wsgi.input"].read(), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        start_response(f"{answer.status} {answer.reason}", answer.getheaders())
        return [body]


class PostgreSQL:
    """A server of its own below a folder, at a socket there alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user: dict[str, Any] = {}
        if _ROOT:  # whom PostgreSQL refuses
            self.user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        folder.chmod(0o755)
        made = ["-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([INSTALLED[-1], *made], cwd=folder, capture_output=True, check=True, **self.user)
        self._numbers = iter(range(1000))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program = INSTALLED[-1].with_name("postgres")
        command = [program, "-D", f"{self.folder}/data", "-k", self.folder, "-c", "listen_addresses="]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT, **self.user)
        ready = [INSTALLED[-1].with_name("pg_isready"), "-q", "-h", self.folder]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)

    def end(self) -> None:
        """End it at once, as a machine that is shut down does: whoever is connected is cut off."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def new(self) -> str:
        """Make an empty database, and return its address."""
        name = f"drill{next(self._numbers)}"
        engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        return self._address(name)

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"
