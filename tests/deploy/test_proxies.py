"""Behind the shipped files for nginx and Caddy every answer is as without them."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlencode

import pytest

from tests.browser.serving import serve
from tests.serving import free_port, running

from .running import KEY, ask, caddy, connect, nginx, program

PROXIES = [
    pytest.param(run, marks=pytest.mark.skipif(not program(run.__name__), reason=f"{run.__name__} is not installed"))
    for run in (nginx, caddy)
]
# What a server says of itself and of the connection, not of the page; and what is new in each answer.
OWN = {"date", "server", "via", "alt-svc", "connection", "keep-alive", "transfer-encoding", "content-length"}
NEW = re.compile("nonce-[^']+|sent=.*|(?<=wire=)[^;]+|Expires=[^;]+")
OURS = b"Sec-Fetch-Site: same-origin\r\n"


@dataclass
class Site:
    """The served site, on one port behind a proxy and on another without it."""

    proxy: str
    port: int
    direct: int

    def both(self, lines: bytes = b"", path: str = "/", host: str | None = None, body: bytes = b"") -> HTTPResponse:
        """Ask behind and without the proxy; return the answer, which has to be the same."""
        host = f"Host: localhost:{self.port}\r\n" if host is None else host
        begin = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\n{host}Connection: close\r\n".encode() + lines
        if body:
            begin += b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body)
        answer = ask(self.port, begin + b"\r\n" + body, tls=True)
        without = ask(self.direct, begin + b"X-Forwarded-Proto: https\r\n\r\n" + body, tls=False)
        assert said(answer) == said(without)
        return answer


def said(answer: HTTPResponse) -> tuple[int, list[tuple[str, str]], list[str]]:
    """Return what an answer says: its status, its headers and its headings, without what differs each time."""
    headers = ((name.lower(), NEW.sub("", value)) for name, value in answer.getheaders())
    return answer.status, sorted(line for line in headers if line[0] not in OWN), re.findall("<h1.*?</h1>", answer.text)


@pytest.fixture(scope="module")
def direct(drill, instance, databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The site, started as in production; its port."""
    port, file = free_port(), tmp_path_factory.mktemp("direct") / "crumb.sqlite3"
    shutil.copy(databases[True], file)
    settings = {"CRUMB_URL": "https://localhost", "CRUMB_SECRET_KEY": KEY, "CRUMB_PROXY_HOPS": "1", "PORT": str(port)}
    settings |= {"CRUMB_INSTANCE": str(instance), "CRUMB_DATABASE_URL": f"sqlite:///{file}"}
    with running(["python", "serve.py"], port, file.with_name("log"), **settings):
        yield port


@pytest.fixture(scope="module", params=PROXIES)
def site(request, direct: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with a proxy in front."""
    port = free_port()
    with request.param(tmp_path_factory.mktemp("proxy"), port, free_port(), direct):
        yield Site(request.param.__name__, port, direct)


@pytest.mark.parametrize(("kilobytes", "status"), [(0, 200), (4, 200), (31, 200), (40, 431), (200, 431), (700, 431)])
def test_however_many_cookies_nobody_is_locked_out(site, kilobytes, status):
    """Up to 32 KB of cookies reach the site; beyond, up to all that Chromium keeps, its own page clears them."""
    cookie = "; ".join(f"big{number}={'x' * 1000}" for number in range(kilobytes)) or "__Host-theme=dark"
    answer = site.both(f"Cookie: {cookie}\r\n".encode())
    assert answer.status == status
    assert ("Too many cookies" in answer.text) == (status == 431) == bool(answer.getheader("Clear-Site-Data"))
    assert 'data-theme="dark"' in site.both(b"Cookie: __Host-theme=dark\r\n").text


def test_long_names_bring_no_long_answer(site):
    """The page that clears cookies comes through where each line that deletes is as long as it may be."""
    names = "; ".join(f"{'long' * 45}{number}={'x' * 3900}" for number in range(170))
    assert site.both(f"Cookie: {names}\r\n".encode()).status == 431


@pytest.mark.parametrize("odd", [b"u=\xfc", b"\xc3\xbc=1", b"a=\x80\xff", b'q="x', b"=", b";;;"])
def test_odd_bytes_come_through(site, odd):
    """A cookie of bytes above ASCII, or half a pair, is handed over as it came."""
    answer = site.both(b"Cookie: " + odd + b"; __Host-theme=dark\r\n")
    assert 'data-theme="dark"' in answer.text


@pytest.mark.parametrize("octets", [1000, 4096])
def test_the_lab_s_lines_come_through(site, octets):
    """Lines that a browser's whole 4 KB fill are sent as they were written, and their page opens."""
    line = "lab-long={}; Path=/lab".format("x" * (octets - len("lab-long=")))
    answer = site.both(OURS, "/lab/send", body=urlencode({"lines": line}).encode())
    assert answer.status == 303
    assert [value for name, value in answer.getheaders() if name == "Set-Cookie"] == [line]
    cookie = f"Cookie: {line.partition(';')[0]}\r\n".encode()
    assert site.both(cookie, answer.getheader("Location")).status == 200


@pytest.mark.parametrize(("octets", "status"), [(60_000, 308), (70_000, 414)])
def test_a_long_address_comes_through(site, octets, status):
    """An address of nearly 64 KB is answered, where that takes it along too; of a longer one the site says so."""
    assert site.both(path=f"/shop/rye-bread/?q={'x' * octets}").status == status


@pytest.mark.parametrize(("octets", "status"), [(60_000, 303), (70_000, 413)])
def test_a_large_form_comes_through(site, octets, status):
    """A form of nearly 64 KB is taken; of a larger one the site says so, in the visitor's language."""
    body = urlencode({"theme": "dark", "language": "de", "dock": "on", "more": "x" * octets}).encode()
    answer = site.both(OURS + b"Accept-Language: de\r\n", "/preferences", body=body)
    assert answer.status == status
    assert "zu viel auf einmal" in answer.text or status != 413


@pytest.mark.parametrize("chunked", [False, True])
def test_far_too_large_a_form_is_refused_by_the_site(site, chunked):
    """Of 4 MB the site says so too, in each language and with its headers, also to who sends all of it first."""
    length = b"Transfer-Encoding: chunked\r\n\r\n3D0900\r\n" if chunked else b"Content-Length: 4000000\r\n\r\n"
    request = b"POST /preferences HTTP/1.1\r\nHost: localhost\r\n" + length + b"x" * 4_000_000 + b"\r\n0\r\n\r\n"
    answer, without = ask(site.port, request, tls=True), ask(site.direct, request, tls=False)
    assert answer.status == 413 and said(answer) == said(without)
    assert all(f'<p lang="{language}"' in answer.text for language in ("en", "de", "ar"))


def test_the_host_is_kept(site):
    """The name that a client asked for reaches the site, with its port or without, in any letters."""
    for host in (f"localhost:{site.port}", "localhost", "LocalHost"):
        assert site.both(host=f"Host: {host}\r\n").status == 200


@pytest.mark.parametrize("host", ["Host: evil.test\r\n", "Host: localhost\r\nHost: evil.test\r\n", "", "Host: a b\r\n"])
def test_under_another_host_is_no_page(site, host):
    """Under an unknown name, two names or none there is no page of the site; nginx leaves the answer to the site."""
    request = f"GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n".encode()
    answer = ask(site.port, request, tls=True)
    assert "data-theme" not in answer.text and answer.getheader("Set-Cookie") is None
    if site.proxy == "nginx":  # Caddy answers under the names in its file
        assert answer.status == ask(site.direct, request, tls=False).status == 400


@pytest.mark.skipif(not program("nginx"), reason="nginx is not installed")
def test_without_tls_one_is_led_to_tls(tmp_path):
    """A plain request is answered by the same address under https, its form kept."""
    port, plain = free_port(), free_port()
    with nginx(tmp_path, port, plain, free_port()):
        answer = ask(plain, b"POST /lab?a=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", tls=False)
    assert (answer.status, answer.getheader("Location")) == (308, "https://localhost/lab?a=1")


@pytest.mark.usefixtures("drill")
@pytest.mark.parametrize("proxy", PROXIES)
def test_what_a_client_says_of_itself_counts_for_nothing(proxy, tmp_path):
    """Address and scheme are the proxy's own words, and the host stands as it was asked for."""
    came = []

    class Echo(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None: ...

    port = free_port()
    request = f"GET / HTTP/1.1\r\nHost: LocalHost:{port}\r\nConnection: close\r\n".encode()
    forged = "".join(f"X-Forwarded-{name}: evil.test\r\n" for name in ("For", "Proto", "Host")).encode()
    with serve(Echo) as upstream, proxy(tmp_path, port, free_port(), upstream):
        for lines in (b"", forged):
            ask(port, request + lines + b"\r\n", tls=True)
    assert came[0] == came[1] and "x-forwarded-host" not in came[0]
    assert came[0]["host"] == f"LocalHost:{port}"
    assert (came[0]["x-forwarded-for"], came[0]["x-forwarded-proto"]) == ("127.0.0.1", "https")


@pytest.mark.whole("it waits until the slow are let go, for four seconds each")
@pytest.mark.parametrize("proxy", PROXIES)
def test_who_is_slow_is_let_go(proxy, tmp_path):
    """Half a head, half a form and an idle connection end within 30 s, here a tenth of that; others are served."""

    class Quick(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_arguments: object) -> None: ...

    port = free_port()
    head = f"Host: localhost:{port}\r\n".encode()
    tenth = (r"(timeout |body |idle )(\d)0s", r"\1\g<2>s")
    with serve(Quick) as upstream, proxy(tmp_path, port, free_port(), upstream, tenth):
        begun = time.monotonic()
        starts = [b"GET / HTTP/1.1\r\n" + head, b"POST / HTTP/1.1\r\nContent-Length: 9\r\n" + head + b"\r\nabc"]
        with ExitStack() as stack:
            waiting = [stack.enter_context(connect(port, tls=True)) for _ in range(60)]
            for connection, start in zip(waiting, 20 * [*starts, b"GET / HTTP/1.1\r\n" + head + b"\r\n"], strict=True):
                connection.sendall(start)
            request = b"GET / HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n"
            asked = time.monotonic()
            assert ask(port, request, tls=True).status == 200
            assert time.monotonic() < asked + 2, "others had to wait"
            for connection in waiting:
                connection.settimeout(max(0.01, begun + 8 - time.monotonic()))
                while connection.recv(9999):
                    pass
