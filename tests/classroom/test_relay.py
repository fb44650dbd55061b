"""The relay: a student's own localhost is the laptop of the class, byte for byte."""

import ast
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from statistics import quantiles

import pytest

from run import ROOT, answers, can_listen, find_lan_address
from tests.serving import PATH, Served, free_port, serving, start
from webapp.classroom import join

FILE = Path(join.__file__)
APP = """
import hashlib
import json

def app(environ, start_response):
    body = environ["wsgi.input"].read()
    said = {"body": hashlib.sha256(body).hexdigest(), "host": environ["HTTP_HOST"], "peer": environ["REMOTE_ADDR"]}
    said["forwarded"] = [name for name in environ if "FORWARDED" in name]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(said).encode()]
"""


def _heed_ctrl_c() -> None:
    # A shell that starts the tests in the background lets them ignore it, and they hand that on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Relay:
    """The relay as a student runs it; `port` is the one that it names. `before` begins the command."""

    def __init__(self, *arguments: str, file: Path = FILE, before: Sequence[str] = ()) -> None:
        self.process = subprocess.Popen(
            [*before, sys.executable, file, *arguments], env={"PATH": PATH}, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, preexec_fn=_heed_ctrl_c if os.name == "posix" else None,
        )  # fmt: skip
        said = self.process.stdout.readline()
        assert said.startswith("Open http://localhost:"), self.process.communicate()
        self.port = int(said.split()[1].rpartition(":")[2])

    def ask(self, method: str = "GET", path: str = "/", body: bytes | None = None, host: str = "127.0.0.1"):
        """Return status and body of what a new connection gets."""
        connection = http.client.HTTPConnection(host, self.port, timeout=20)
        connection.request(method, path, body, {"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer.status, read

    def end(self) -> tuple[str, str]:
        """End it by Ctrl-C, and return what it has said since it began."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=10)


@pytest.fixture
def relayed() -> Iterator[Callable[[int], Relay]]:
    """A function that starts a relay to a port of this machine."""
    relays: list[Relay] = []

    def relayed(port: int) -> Relay:
        relays.append(Relay(f"http://127.0.0.1:{port}"))
        return relays[-1]

    yield relayed
    for relay in relays:
        relay.process.kill()
        relay.process.communicate()


@pytest.fixture
def laptop(tmp_path) -> Iterator[Served]:
    """A server that tells what has come."""
    (tmp_path / "echo.py").write_text(APP)
    shutil.copy(ROOT / "serve.py", tmp_path)
    served = Served(tmp_path, "echo:app")
    yield served
    served.kill()


@pytest.fixture
def pair(relayed) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of one connection through a relay: the browser's and the laptop's."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        relay = relayed(door.getsockname()[1])
        door.accept()[0].close()  # the relay has looked whether somebody is there
        with socket.create_connection(("127.0.0.1", relay.port), 10) as browser:
            door.settimeout(10)
            server = door.accept()[0]
            with server:
                server.settimeout(10)
                browser.sendall(b"?")
                server.sendall(server.recv(1))
                assert browser.recv(1) == b"?"
                yield browser, server


def read(side: socket.socket) -> bytes:
    """Return all that comes until the other side has ended."""
    return b"".join(iter(lambda: side.recv(65536), b""))


def test_a_class_can_read_it():
    """It has 80 lines at most, in the grammar of Python 3.8, and imports the standard library alone."""
    source = FILE.read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    named = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names
    assert len(source.splitlines()) <= 80 and source.isascii()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_all_bytes_pass(laptop, relayed, host):
    """Empty and large bodies arrive whole by both addresses of localhost; host and sender are the student's own."""
    if not can_listen(host, 0):
        pytest.skip(f"this machine has no {host}")
    relay = relayed(laptop.port)
    for body in (None, b"", b"a=b", bytes(range(256)) * 4000):
        status, said = relay.ask("POST", "/", body, host)
        assert (status, json.loads(said)) == (200, {
            "body": sha256(body or b"").hexdigest(), "host": f"localhost:{relay.port}", "peer": "127.0.0.1",
            "forwarded": [],
        })  # fmt: skip


def test_it_is_for_this_machine_alone(laptop, relayed):
    """It listens at the two addresses of localhost, and at no other."""
    relay = relayed(laptop.port)
    assert answers("127.0.0.1", relay.port)
    assert not answers("127.0.0.2", relay.port)
    if lan := find_lan_address():
        assert not answers(lan, relay.port)


def test_who_has_said_all_still_hears(pair):
    """Each side may end its own saying: the other hears of it, and can still answer at length."""
    browser, laptop = pair
    browser.sendall(b"ask")
    browser.shutdown(socket.SHUT_WR)
    assert read(laptop) == b"ask"
    time.sleep(0.2)  # an answer takes its time
    laptop.sendall(b"a" * 3_000_000)
    laptop.shutdown(socket.SHUT_WR)
    assert len(read(browser)) == 3_000_000


def test_the_laptop_may_end_first(pair):
    """What a browser still sends arrives, after it has heard that there is no more to come."""
    browser, laptop = pair
    laptop.sendall(b"bye")
    laptop.shutdown(socket.SHUT_WR)
    assert read(browser) == b"bye"
    browser.sendall(b"late")
    browser.close()
    assert read(laptop) == b"late"


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("how", ["closed", "reset"])
def test_an_idle_connection_ends_with_either_side(pair, number, how):
    """Where one side closes a connection that is kept open, or is gone, the other's ends."""
    gone, left = pair[number], pair[1 - number]
    if how == "reset":
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    gone.close()
    assert read(left) == b""


def test_a_restarted_laptop_is_found_again(laptop, relayed):
    """While it is away each request, a long form too, gets one sentence with 503, and the relay says so in a line."""
    relay = relayed(laptop.port)
    assert relay.ask()[0] == 200
    laptop.kill()
    sentence = b"The laptop does not answer just now.\n"
    assert [relay.ask(), relay.ask("POST", "/", b"x" * 200_000)] == [(503, sentence)] * 2
    laptop.process = start(serving(laptop.port, "echo:app"), laptop.port, laptop.log, laptop.log.parent)
    assert relay.ask()[0] == 200
    said, complaints = relay.end()
    assert complaints == "" and [line.split(":")[0] for line in said.splitlines()] == ["The laptop does not answer"] * 2


def test_ctrl_c_ends_it(pair, laptop, relayed):
    """Without a word, also while connections are open."""
    relay = relayed(laptop.port)
    with socket.create_connection(("127.0.0.1", relay.port)):
        assert relay.ask()[0] == 200
        assert relay.end() == ("", "") and relay.process.returncode == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "127.0.0.1:{port}", "http://[", "http://a:b", ""])
def test_a_laptop_out_of_reach_gets_a_sentence(address):
    """At the start it says which address it could not reach, and ends; so it does for what is none."""
    address = address.format(port=free_port())
    done = subprocess.run([sys.executable, FILE, address], capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"{address} can't be reached (") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("place", ["127.0.0.1", "::1"])
def test_a_taken_port_leads_to_the_next(laptop, relayed, place):
    """Where either address of a port is another program's, both are left to it."""
    if not can_listen("::1", 0):
        pytest.skip("this machine has no ::1")
    first = relayed(laptop.port)
    assert first.port > laptop.port  # that is the laptop's own here
    first.process.kill()
    first.process.wait()
    with socket.create_server((place, first.port), family=socket.AF_INET6 if ":" in place else socket.AF_INET):
        second = relayed(laptop.port)
        assert second.port > first.port
        assert all(answers(host, second.port) for host in ("127.0.0.1", "::1"))


def test_it_says_when_every_port_is_taken(monkeypatch):
    """Twenty are tried."""
    monkeypatch.setattr(join, "listen", lambda host, port: None if port else socket)
    with pytest.raises(SystemExit, match=r"^Each port from 8000 to 8019 is taken\."):
        join.open_doors(8000)


@pytest.mark.whole("it takes many times as long as a class would, to tell one figure from another")
def test_sixty_at_once(tmp_path, relayed):
    """Sixty who ask at once through one relay all get their page, 95 % of them within 1.2 times the time without."""
    served = Served(ROOT, CRUMB_INSTANCE=str(tmp_path), CRUMB_DEMO_CONTENT="false")
    try:
        relay = relayed(served.port)
        took: dict[int, list[float]] = {served.port: [], relay.port: []}

        def ask(port: int) -> float:
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/shop/", headers={"Host": f"localhost:{port}"})
            answer = connection.getresponse()
            assert (answer.status, len(answer.read()) > 1000) == (200, True)
            connection.close()
            return time.perf_counter() - began

        with ThreadPoolExecutor(60) as pool:
            for port in [*took] * 10:
                took[port] += pool.map(ask, [port] * 60)
        direct, through = (quantiles(each, n=20)[-1] for each in took.values())
        assert through < 1.2 * direct, f"{through:.3f} s against {direct:.3f} s"
    finally:
        served.kill()
