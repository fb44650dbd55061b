"""The server: told to end, it takes nothing new, answers what has come, and ends in time."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from run import ROOT, SERVER
from serve import PATIENCE

SIZE = 8_000_000  # more than a system takes off the server's hands at once
APP = f"""
import time

def app(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "{SIZE}")])
    return [b"x" * {SIZE}]
"""


class Served:
    """A server that runs: its port, and what it is told and says."""

    def __init__(self, folder: Path, application: str, port: int, **environment: str) -> None:
        self.port, self.log = port, folder / "log"
        self.connections: list[http.client.HTTPConnection] = []
        command = [sys.executable, *(str(ROOT / part) for part in SERVER), f"--listen=127.0.0.1:{port}", application]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        while self.process.poll() is None and not self.listens():
            time.sleep(0.05)

    def listens(self) -> bool:
        """Tell whether it takes connections."""
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is kept alive."""
        self.connections.append(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20))
        return self.connections[-1]

    def end(self, number: int = signal.SIGTERM) -> float:
        """Tell it to end; return the moment when it took no more connections, which is within a second."""
        self.process.send_signal(number)
        until = time.monotonic() + 1
        while self.listens():
            assert time.monotonic() < until, "it still takes connections"
        return time.monotonic()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """A function that starts a server with what the tests wrote into a folder; what still runs is killed at the end."""
    started = []

    def start(application: str = "slow:app", **environment: str) -> Served:
        (tmp_path / "slow.py").write_text(APP)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        started.append(Served(tmp_path, application, port, **environment))
        return started[-1]

    yield start
    for served in started:
        served.process.kill()
        served.process.wait()
        for connection in served.connections:
            connection.close()


def ask(connection: http.client.HTTPConnection, seconds: float = 0) -> tuple[int, int, str | None]:
    """Return status and length of an answer that takes its time, and what it says of the connection."""
    connection.request("GET", f"/?{seconds}")
    answer = connection.getresponse()
    return answer.status, len(answer.read()), answer.headers["Connection"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_has_come_is_answered_and_nothing_new_is_taken(start, number):
    """Requests under way, half sent or half read are answered whole; new connections are refused; it ends by itself."""
    served = start()
    idle, half, slow = served.connect(), served.connect(), served.connect()
    for connection in (idle, slow):
        assert ask(connection) == (200, SIZE, None)
    half.putrequest("POST", "/")
    half.putheader("Content-Length", "2")
    half.endheaders(b"a")
    slow.request("GET", "/")
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(ask, served.connect(), 1) for _ in range(8)]
        time.sleep(0.5)
        refused = served.end(number)
        assert not any(each.done() for each in waiting)
        assert [each.result() for each in waiting] == [(200, SIZE, "close")] * 8
    half.send(b"b")
    answer = half.getresponse()
    assert (answer.status, len(answer.read())) == (200, SIZE)
    assert len(slow.getresponse().read()) == SIZE
    assert served.process.wait(PATIENCE) == 0
    assert 0.3 < time.monotonic() - refused < PATIENCE - 1
    assert served.log.read_text() == ""


def test_who_asks_without_a_pause_loses_no_answer(start):
    """On a connection that is kept, as a balancer's are, the last answer says that it is the last."""
    served = start()

    def insist() -> list[str | None]:
        connection, said = served.connect(), [None]
        while said[-1] is None:
            status, length, word = ask(connection)
            assert (status, length) == (200, SIZE)
            said.append(word)
            connection.auto_open = 0  # where the server closed it, the next request would be lost
        return said

    with ThreadPoolExecutor(4) as pool:
        insisting = [pool.submit(insist) for _ in range(4)]
        time.sleep(0.5)
        served.end()
        answers = [each.result() for each in insisting]
    assert {said[-1] for said in answers} == {"close"} and min(map(len, answers)) > 3
    assert served.process.wait(PATIENCE) == 0


def test_who_had_connected_before_the_end_is_answered(start):
    """Also where the server had no time yet to take the connection."""
    served = start()
    served.process.send_signal(signal.SIGSTOP)
    waiting = [served.connect() for _ in range(20)]
    for connection in waiting:
        connection.request("GET", "/")
    for number in (signal.SIGTERM, signal.SIGCONT):
        served.process.send_signal(number)
    assert [len(connection.getresponse().read()) for connection in waiting] == [SIZE] * 20
    assert served.process.wait(PATIENCE) == 0


@pytest.mark.whole("it waits for as long as the server does")
def test_who_takes_too_long_is_cut_off(start):
    """It ends in time whatever clients do, with a line that says how many were cut off."""
    served = start()
    connection = served.connect()
    connection.request("GET", f"/?{PATIENCE + 10}")
    refused = served.end()
    assert served.process.wait(PATIENCE + 2) == 0
    assert PATIENCE - 1 < time.monotonic() - refused < PATIENCE + 1
    assert served.log.read_text() == f"1 requests were cut off: they took more than {PATIENCE} seconds\n"
