"""Servers as processes of their own, each on a free port of the loopback interface."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from run import ROOT, SERVER, answers

PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin"


def wait_until(true: Callable[[], bool], limit: float = 30) -> None:
    """Ask again and again until it is true; AssertionError after `limit` seconds."""
    deadline = time.monotonic() + limit
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def serving(port: int, *application: str) -> list[str]:
    """Return the command that serves the site, or another application, as `run.py` does."""
    return [sys.executable, *SERVER, f"--listen=127.0.0.1:{port}", *(application or ["wsgi:app"])]


def start(command: list[str], port: int, log: Path, folder: Path = ROOT, **environment: str) -> subprocess.Popen:
    """Return a server that has been started, once it answers on `port`; what it says is added to `log`.

    In its environment is nothing but `PATH` and what is given.
    """
    with log.open("ab") as output:
        server = subprocess.Popen(command, cwd=folder, env={"PATH": PATH, **environment}, stdout=output, stderr=output)
    try:
        wait_until(lambda: server.poll() is not None or answers("127.0.0.1", port), 30)
        assert server.poll() is None, log.read_text()
    except BaseException:
        server.kill()
        server.wait()
        raise
    return server


@contextmanager
def running(command: list[str], port: int, log: Path, folder: Path = ROOT, **environment: str) -> Iterator[int]:
    """Run a server as `start` does until the block is left; yield the number of its process."""
    server = start(command, port, log, folder, **environment)
    try:
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


class Served:
    """A server that runs as `run.py` starts it, in a folder that has its `serve.py`; what it says is in `log`."""

    def __init__(self, folder: Path, *application: str, **environment: str) -> None:
        self.port = free_port()
        place = Path(environment.get("CRUMB_INSTANCE", folder))
        place.mkdir(exist_ok=True)
        self.log = place / f"log.{self.port}"
        self.connections: list[http.client.HTTPConnection] = []
        environment = {"CRUMB_URL": f"http://localhost:{self.port}", **environment}
        self.process = start(serving(self.port, *application), self.port, self.log, folder, **environment)

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is kept alive."""
        self.connections.append(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20))
        return self.connections[-1]

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer to a request, and its body, from the site under localhost."""
        connection = self.connect()
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        return answer, answer.read()

    def end(self, number: int = signal.SIGTERM) -> float:
        """Tell it to end; return the moment when it took no more connections, which is within two seconds."""
        self.process.send_signal(number)
        wait_until(lambda: not answers("127.0.0.1", self.port), 2)
        return time.monotonic()

    def kill(self) -> None:
        """End it at once, and hang up."""
        self.process.kill()
        self.process.wait()
        for connection in self.connections:
            connection.close()
