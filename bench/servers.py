"""Real servers for measuring: `serve.py`, as `run.py` starts it, on a free port of this machine."""

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port, running, serving

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that runs; it answers to `localhost` and its port."""

    pid: int
    port: int

    @property
    def host(self) -> str:
        """Return what stands in the Host header."""
        return f"localhost:{self.port}"

    @property
    def url(self) -> str:
        """Return the address without a path."""
        return f"http://{self.host}"

    def cpu(self) -> float:
        """Return the seconds of processor time that the server has used, its own and the kernel's."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Return the memory that only this process holds, in MB."""
        sizes = re.findall(r"^Private_\w+: +(\d+) kB", Path(f"/proc/{self.pid}/smaps_rollup").read_text(), re.MULTILINE)
        return sum(map(int, sizes)) / 1024

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def serve(*application: str) -> Iterator[Server]:
    """Run Crumb, or another application, until the block is left."""
    port = free_port()
    environment = {**os.environ, "CRUMB_URL": f"http://localhost:{port}"}
    with running(serving(port, *application), port, Path(os.devnull), **environment) as pid:
        yield Server(pid, port)


Answer = tuple[http.client.HTTPResponse, bytes]


def get(connection: http.client.HTTPConnection, path: str, cookie: str = "", encodings: str = "") -> Answer:
    """Return the response to a GET request, and its body as it came."""
    headers = {"Cookie": cookie, "Accept-Encoding": encodings}
    return send(connection, "GET", path, {name: text for name, text in headers.items() if text})


def send(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> Answer:
    """Return the response to a request, and its body as it came."""
    connection.request(method, path, body, {"Host": f"localhost:{connection.port}", **headers})
    response = connection.getresponse()
    return response, response.read()


def load(server: Server, path: str, cookie: str, seconds: int) -> int:
    """Ask for a page again and again, by wrk where it is installed; return how many answers came, all of them 200."""
    if shutil.which("wrk"):
        # One connection: with more, threads that take turns cost more than some pages do, and never the same.
        command = ["wrk", "-t1", "-c1", f"-d{seconds}s", "-H", f"Host: {server.host}", "-H", f"Cookie: {cookie}"]
        command.append(f"http://127.0.0.1:{server.port}{path}")
        report = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
        if "Non-2xx" in report or "Socket errors" in report:
            raise RuntimeError(report)
        return int(re.search(r"(\d+) requests in", report)[1])
    connection, end, answers = server.connect(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        response, _ = get(connection, path, cookie)
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        answers += 1
    return answers
