"""The server: told to end, it takes nothing new, answers what has come, and ends in time."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from waitress.adjustments import Adjustments

from run import ROOT
from serve import OPTIONS, PATIENCE, Lanes, completed, lets_a_class_in
from tests.serving import Served, wait_until

SIZE = 8_000_000  # more than a system takes off the server's hands at once
APP = f"""
import time

def app(environ, start_response):
    time.sleep(float(environ["QUERY_STRING"] or 0))
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "{SIZE}")])
    return [b"x" * {SIZE}]
"""


@pytest.fixture
def served(drill: None, tmp_path: Path) -> Iterator[Served]:
    """A server with an app that answers at length and when it is asked to, late."""
    (tmp_path / "slow.py").write_text(APP)
    shutil.copy(ROOT / "serve.py", tmp_path)
    served = Served(tmp_path, "slow:app")
    yield served
    served.kill()


def ask(connection: http.client.HTTPConnection, seconds: float = 0) -> tuple[int, int, str | None]:
    """Return status and length of an answer that takes its time, and what it says of the connection."""
    connection.request("GET", f"/?{seconds}")
    answer = connection.getresponse()
    return answer.status, len(answer.read()), answer.headers["Connection"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PORT": "99999"}, "PORT has to be a number from 1 to 65535, not '99999'."),
        ({"PORT": "abc"}, "PORT has to be a number from 1 to 65535, not 'abc'."),
        ({"HOST": "nowhere.invalid"}, "Nobody can be served so, see HOST, PORT and the options: Invalid host/port "),
        ({"PORT": "taken"}, "Nobody can be served so, see HOST, PORT and the options: "),
        ({"--threads": "0"}, "--threads has to be a whole number from 1, not '0'."),
        ({"--threads": "x"}, "--threads has to be a whole number from 1, not 'x'."),
        ({"--backlog": "9" * 5000}, "--backlog has to be a whole number from 1, not '999"),
        ({"--connection-limit": ""}, "--connection-limit has to be a whole number from 1, not ''."),
        ({"--port": "99999"}, "--port has to be a whole number from 1, not '99999'."),
        ({"--listen": "127.0.0.1:99999"}, "--listen has to name a port up to 65535, not 99999."),
        ({"--thraeds": "3"}, "option --thraeds not recognized: see serve.py --help."),
        ({"--ipv4": "x"}, "option --ipv4 must not have an argument: see serve.py --help."),
        (
            {"--unix-socket": "x", "--unix-socket-perms": "9"},
            "Nobody can be served so, see HOST, PORT and the options: invalid literal for int() with base 8: '9'",
        ),
    ],
)
def test_where_nobody_can_listen_is_said_in_a_sentence(tmp_path, settings, says):
    """A wrong PORT, a HOST that is not here, a port that is taken, a wrong option: one line ends the start."""
    (tmp_path / "wsgi.py").write_text("app = print\n")
    shutil.copy(ROOT / "serve.py", tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        given = {name: str(other.getsockname()[1]) if value == "taken" else value for name, value in settings.items()}
        options = [f"{name}={given.pop(name)}" for name in settings if name.startswith("-")]
        done = subprocess.run(
            [sys.executable, "serve.py", *options], cwd=tmp_path, env={"PATH": "", **given}, capture_output=True,
            text=True, check=False, timeout=30,
        )  # fmt: skip
    assert done.returncode == 1 and done.stderr.startswith(says) and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ([], ["wsgi:app"]),
        (
            ["--threads=2", "--channel-request-lookahead=0"],
            ["--threads=2", "--channel-request-lookahead=0", "wsgi:app"],
        ),
        (["--port=9000"], ["--port=9000", "wsgi:app"]),
        (["--host=::1"], ["--host=::1", "wsgi:app"]),
        (["--port=9000", "--host=::1"], ["--port=9000", "--host=::1", "wsgi:app"]),
        (["--listen=*:0", "other:app"], ["--listen=*:0", "other:app"]),
        (["--unix-socket=x"], ["--unix-socket=x", "wsgi:app"]),
    ],
)
def test_options_leave_the_rest_as_it_is(given, added):
    """Whoever gives one says nothing by it of where to listen, nor of what to serve; the names go by where it does."""
    said = Adjustments.parse_args(given)[0]
    ours = [] if {"listen", "unix_socket"} & said.keys() else ["--host=127.0.0.1", "--port=8000"]
    host, port = said.get("host", "127.0.0.1"), int(said.get("port", 8000))
    assert completed(given, "127.0.0.1", 8000) == ([*OPTIONS, *ours, *added], host, port)
    if ours:
        options = Adjustments.parse_args([*OPTIONS, *ours, *given])[0]
        places = Adjustments(host=options["host"], port=options["port"]).listen
        assert {place[3][:2] for place in places} == {(host, port)}


@pytest.mark.parametrize(
    ("host", "url", "lets"),
    [
        ("0.0.0.0", "http://localhost:8000", True),
        ("::", "http://localhost:8000", True),
        ("192.168.1.5", "http://192.168.1.5:8000", True),
        ("127.0.0.1", "http://localhost:8000", False),
        ("::1", "http://localhost:8000", False),
        ("localhost", "http://localhost:8000", False),
        ("0.0.0.0", "", False),  # in a container
        ("0.0.0.0", "http://", False),
        ("0.0.0.0", "https://localhost:8000", False),
        ("0.0.0.0", "https://cookies.example.org", False),
        ("0.0.0.0", "http://cookies.example.org", False),
        ("laptop", "http://laptop:8000", False),
    ],
)
def test_when_a_class_is_let_in(host, url, lets):
    """Beyond loopback, where the site is known by localhost or a number alone: a name of its own needs no others."""
    assert lets_a_class_in(host, url) == lets


@pytest.mark.parametrize(
    ("busy", "free"),
    [
        ("POST /", "GET /"),
        ("POST /", "HEAD /"),
        ("GET /", "POST /"),
        ("POST /login", "POST /consent"),
        ("POST /login", "GET /login"),
        ("POST /consent", "POST /login"),
    ],
)
def test_nobody_waits_for_what_is_of_another_kind(served, busy, free):
    """Twenty slow requests of one kind wait in line, and are answered; one of the other kind is answered at once."""
    served.get("/")
    slow = [served.connect() for _ in range(20)]
    for connection in slow:
        connection.request(*f"{busy}?0.5".split())
    other, began = served.connect(), time.monotonic()
    other.request(*free.split())
    assert other.getresponse().status == 200 and time.monotonic() - began < 0.4
    assert [connection.getresponse().status for connection in slow] == [200] * 20
    assert time.monotonic() - began > 1


# A browser that is asked for an address of 1.5 MB, or to send a form of 2, comes to meet two of these.
REFUSED = {
    "no request": (400, b"HELLO\r\n\r\n"),
    "a method in small letters": (400, b"hello / HTTP/1.1\r\n\r\n"),
    "a field without a name": (400, b"GET / HTTP/1.1\r\nHELLO\r\n\r\n"),
    "a length that is none": (400, b"POST / HTTP/1.1\r\nContent-Length: HELLO\r\n\r\n"),
    "a chunk that is none": (400, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nHELLO\r\n"),
    "a form of 2 MB": (413, b"POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n"),
    "chunks of 2 MB": (
        413,
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1E8480\r\n" + b"HELLO" * 400_000 + b"\r\n0\r\n\r\n",
    ),
    "an address of 1.5 MB": (431, b"GET /" + b"HELLO" * 300_000 + b" HTTP/1.1\r\n\r\n"),
    "cookies of 1.5 MB": (431, b"GET / HTTP/1.1\r\nCookie: a=" + b"HELLO" * 300_000 + b"\r\n\r\n"),
    "an address that is none": (400, b"GET http://[HELLO/lab HTTP/1.1\r\n\r\n"),
    "a length of many digits": (400, b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"),
    "another coding": (501, b"POST / HTTP/1.1\r\nTransfer-Encoding: HELLO\r\n\r\n"),
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
OPENER = {"Cross-Origin-Opener-Policy": "same-origin"}  # goes by the address, and what is no request has none


@pytest.fixture(scope="module")
def site(
    drill: None, instance: Path, databases: dict[bool, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The site itself, served."""
    place = tmp_path_factory.mktemp("served")
    shutil.copytree(instance / "assets", place / "assets")
    shutil.copy(databases[False], place / "crumb.sqlite3")
    served = Served(ROOT, CRUMB_INSTANCE=str(place), CRUMB_DEMO_CONTENT="false", CRUMB_LOG="access")
    yield served
    served.kill()


def say(site: Served, request: bytes) -> tuple[int, dict[str, str], str]:
    """Send these very bytes to a site; return status, headers and body of its answer."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        connection.sendall(request)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_request_is_refused_with_all_headers(site, kind):
    """It gets the headers of every answer and a sentence in each language, is not repeated, and the server hangs up.

    In the log it has no address.
    """
    wanted, request = REFUSED[kind]
    status, headers, body = say(site, request)
    ours = {"Connection": "close", "Content-Type": "text/html; charset=utf-8", "Server": "crumb"}
    assert status == wanted and headers == headers | HEADERS | ours
    assert headers.keys() - HEADERS.keys() - ours.keys() == {"Content-Length", "Date"}
    assert all(f'<p lang="{language}"' in body for language in ("en", "de", "ar")) and "HELLO" not in body
    assert site.get("/healthz")[0].status == 200
    wait_until(lambda: f" GET - {wanted}, " in site.log.read_text(), 5)  # the line may come after the answer
    assert "Traceback" not in site.log.read_text()


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refusal_is_an_answer_of_today_and_a_head_without_a_body(site, kind):
    """It is HTTP/1.1 (RFC 9110 section 6.2), and who asks for the head alone gets nothing behind it."""
    wanted, request = REFUSED[kind]
    request = re.sub(rb"^(GET|POST) ", b"HEAD ", request)
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % wanted) and re.search(rb"\nContent-Length: [1-9]", head)
    assert bool(body) == (not request.startswith(b"HEAD "))


@pytest.mark.parametrize(("megabytes", "answered"), [(12, True), (40, False)])
def test_who_still_sends_has_the_answer_too(site, megabytes, answered):
    """What is on its way when a form is refused is read, so that the page arrives; without end it is not."""
    head = b"POST / HTTP/1.1\r\nContent-Length: 40000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        connection.sendall(head)
        time.sleep(0.3)  # the answer is there
        with nullcontext() if answered else pytest.raises(OSError):
            for _ in range(megabytes * 10):
                connection.sendall(b"x" * 100_000)
                time.sleep(0.001)
        if answered:
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(12) == b"HTTP/1.1 413"
            while connection.recv(65536):
                pass
    assert site.get("/healthz")[0].status == 200


@pytest.mark.parametrize("more", ["", "Content-Length: 0\r\n", "Content-Length: 99999999\r\n"])
def test_nobody_is_told_to_go_on_with_what_is_not_taken(site, more):
    """Who expects to be told, and has no body or one that is too large, has the answer itself."""
    status, _, _ = say(site, f"GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n{more}\r\n".encode())
    assert status == (413 if "9" in more else 200)


@pytest.mark.parametrize("line", ["HELLO / HTTP/1.1", "POST / HTTP/1.1\r\nExpect: HELLO"])
def test_what_the_server_lets_through_has_them_too(site, line):
    """A method that nobody has and something odd that is expected are the site's own to refuse."""
    more = f"\r\nHost: localhost:{site.port}\r\nContent-Length: 0\r\n\r\n"
    status, headers, _ = say(site, f"{line}{more}".encode())
    assert status == 405 and headers == headers | HEADERS | OPENER and headers["Allow"]


def test_a_probe_waits_for_no_page(served):
    """While every page waits, and others in line, `/healthz` is answered at once."""
    served.get("/")
    slow = [served.connect() for _ in range(20)]
    for connection in slow:
        connection.request("GET", "/?0.5")
    probe, began = served.connect(), time.monotonic()
    probe.request("GET", "/healthz")
    assert probe.getresponse().status == 200 and time.monotonic() - began < 0.4
    assert [connection.getresponse().status for connection in slow] == [200] * 20


def test_half_a_head_is_no_request(served):
    """Who has begun to ask, and says no more, does not hold up the end."""
    half = served.connect()
    half.connect()
    half.sock.sendall(b"GET / HT")
    time.sleep(1)
    began = time.monotonic()
    served.end(signal.SIGTERM)
    assert served.process.wait(PATIENCE) == 0 and time.monotonic() - began < PATIENCE / 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_has_come_is_answered_and_nothing_new_is_taken(served, number):
    """Requests under way, half sent or half read are answered whole; new connections are refused; it ends by itself."""
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


def test_who_asks_without_a_pause_loses_no_answer(served):
    """On a connection that is kept, as a balancer's are, the last answer says that it is the last."""

    def insist(said: list[str | None]) -> None:
        connection = served.connect()
        while not said or said[-1] is None:
            status, length, word = ask(connection)
            assert (status, length) == (200, SIZE)
            said.append(word)
            connection.auto_open = 0  # where the server closed it, the next request would be lost

    answers: list[list[str | None]] = [[] for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        insisting = [pool.submit(insist, said) for said in answers]
        while min(map(len, answers)) < 3 and not any(each.done() for each in insisting):
            time.sleep(0.01)
        served.end()
        for each in insisting:
            each.result()
    assert {said[-1] for said in answers} == {"close"} and min(map(len, answers)) > 3
    assert served.process.wait(PATIENCE) == 0


def test_who_had_connected_before_the_end_is_answered(served):
    """Also where the server had no time yet to take the connection."""
    served.process.send_signal(signal.SIGSTOP)
    waiting = [served.connect() for _ in range(20)]
    for connection in waiting:
        connection.request("GET", "/")
    for number in (signal.SIGTERM, signal.SIGCONT):
        served.process.send_signal(number)
    assert [len(connection.getresponse().read()) for connection in waiting] == [SIZE] * 20
    assert served.process.wait(PATIENCE) == 0


@pytest.mark.whole("it waits for as long as the server does")
def test_who_takes_too_long_is_cut_off(served):
    """It ends in time whatever clients do, with a line that says how many were cut off."""
    connection = served.connect()
    connection.request("GET", f"/?{PATIENCE + 10}")
    refused = served.end()
    assert served.process.wait(PATIENCE + 2) == 0
    assert PATIENCE - 1 < time.monotonic() - refused < PATIENCE + 1
    assert served.log.read_text() == f"1 requests were cut off: they took more than {PATIENCE} seconds\n"


@pytest.mark.parametrize(
    ("method", "path", "lane"),
    [
        ("POST", "/pre/login", "_passwords"),
        ("POST", "/pre/teach/student/at/login", "_passwords"),
        ("POST", "/pre/consent", "_sent"),
        ("GET", "/pre/login", "_pages"),
        ("GET", "/pre/healthz", "_probes"),
    ],
)
def test_each_has_its_lane_behind_a_prefix(method, path, lane):
    """Passwords, those in the second browser too, what else is sent, pages and the probe, wherever the site stands."""
    lanes, taken = Lanes.__new__(Lanes), []
    for name in ("_pages", "_sent", "_passwords", "_probes"):
        setattr(lanes, name, SimpleNamespace(add_task=lambda _channel, name=name: taken.append(name)))
    request = SimpleNamespace(command=method, path=path)
    lanes.add_task(SimpleNamespace(requests=[request], adj=SimpleNamespace(url_prefix="/pre")))
    assert taken == [lane]
