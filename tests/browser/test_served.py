"""The served site, byte by byte: what only a real server can show."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from run import ROOT, answers
from tests.serving import free_port, wait_until


def ask(address: str, cookie: bytes, port: int, path: str = "/") -> http.client.HTTPResponse:
    """Send one request with these very bytes as its Cookie header."""
    with closing(http.client.HTTPConnection(address, port, timeout=30)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"localhost:{port}")
        connection.putheader("Cookie", cookie)
        connection.endheaders()
        with connection.getresponse() as response:
            response.text = response.read().decode()
            return response


@pytest.mark.parametrize(("kilobytes", "status"), [(4, 200), (31, 200), (40, 431), (200, 431), (700, 431)])
def test_however_many_cookies_nobody_is_locked_out(server, kilobytes, status):
    """Up to 32 KB are read; beyond, the answer clears them, also when Chromium sends all of its 180."""
    port = urlsplit(server.url).port
    cookie = b"; ".join(b"big%d=%s" % (number, b"x" * 1000) for number in range(kilobytes))
    response = ask("127.0.0.1", cookie, port)
    assert response.status == status
    if status == 431:
        assert response.getheader("Clear-Site-Data") == '"cookies"'
        assert "Too many cookies" in response.text
    assert ask("127.0.0.1", b"theme=dark", port).status == 200


@pytest.mark.parametrize("odd", [b"u=\xfc", b"\xc3\xbc=1", b"a=\x80\xff", b'q="x', b"=", b";;;"])
def test_an_odd_cookie_takes_no_other_with_it(server, odd):
    """Bytes above ASCII and half a pair leave the cookies beside them readable."""
    response = ask("127.0.0.1", odd + b"; theme=dark", urlsplit(server.url).port)
    assert response.status == 200
    assert 'data-theme="dark"' in response.text


@pytest.mark.skipif(os.name == "nt", reason="signals are sent another way there")
def test_run_starts_and_ends(tmp_path):
    """`python3 run.py` answers on both addresses of localhost, and Ctrl-C ends it cleanly."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CRUMB_")}
    environment |= {"PORT": str(port), "CRUMB_INSTANCE": str(tmp_path / "instance")}
    command = [sys.executable, "run.py"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline().strip() == f"Crumb is at http://localhost:{port} (Ctrl-C ends it)"
            assert ask("127.0.0.1", b"theme=dark", port).status == 200
            if has_ipv6():
                assert ask("::1", b"theme=dark", port).status == 200
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stdout.read().strip() == "Crumb has ended."
    wait_until(lambda: not answers("127.0.0.1", port), 5)


def has_ipv6() -> bool:
    """Tell whether this machine has ::1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True
