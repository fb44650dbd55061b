"""The files of deploy/, started as they are, but for their ports, their certificate and where they write."""

import os
import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path

from run import ROOT
from tests.browser.serving import make_certificate
from tests.serving import PATH, running

DEPLOY = ROOT / "deploy"
KEY = "only these tests use this key 0123456789"
_NGINX = """{user}
pid nginx.pid;
error_log stderr;
events {{}}
http {{
    client_body_temp_path bodies; proxy_temp_path answers;
    fastcgi_temp_path unused; scgi_temp_path unused; uwsgi_temp_path unused;
    include {site};
}}
"""


def program(name: str) -> str | None:
    """Return where a program is, also one that only administrators are used to call."""
    return shutil.which(name, path=PATH)


def connect(port: int, *, tls: bool) -> socket.socket:
    """Return a connection to a port of 127.0.0.1; the certificate is not looked at."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    if not tls:
        return connection
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection, server_hostname="localhost")


def ask(port: int, request: bytes, *, tls: bool) -> HTTPResponse:
    """Send these very bytes and return what comes back, its body as `text`; who is hung up on reads all the same."""
    with closing(connect(port, tls=tls)) as connection:
        with suppress(ConnectionError, ssl.SSLEOFError):
            connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        answer.text = answer.read().decode()
        return answer


def nginx_site(text: str, port: int, plain: int, upstreams: list[int], certificate: Path) -> str:
    """Return what nginx.conf says, at these ports and with a certificate from this folder."""
    servers = "".join(f"server 127.0.0.1:{upstream};" for upstream in upstreams)
    text = re.sub(r"listen \[::\]:.*\n", "", text).replace("/etc/nginx/crumb", str(certificate))
    for place, ours in {
        "server 127.0.0.1:8000;": servers, "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80 ": f"listen 127.0.0.1:{plain} ",
    }.items():  # fmt: skip
        assert place in text
        text = text.replace(place, ours)
    return text


def nginx_main(folder: Path, site: Path) -> Path:
    """Write the file around a site that Debian's package and the image bring along; return where it is."""
    main = folder / "main.conf"
    main.write_text(_NGINX.format(user="user root;" if os.geteuid() == 0 else "", site=site))
    return main


@contextmanager
def nginx(folder: Path, port: int, plain: int, upstream: int, change: tuple[str, str] = ("", "")) -> Iterator[None]:
    """Run nginx with the shipped file at `port` and, without TLS, at `plain`; `change` is made to it first."""
    make_certificate(folder)
    site = folder / "site.conf"
    text = nginx_site((DEPLOY / "nginx.conf").read_text(), port, plain, [upstream], folder)
    site.write_text(re.sub(*change, text) if change[0] else text)
    command = [program("nginx"), "-p", str(folder), "-c", str(nginx_main(folder, site)), "-g", "daemon off;"]
    with running(command, port, folder / "log"):
        yield


@contextmanager
def caddy(folder: Path, port: int, plain: int, upstream: int, change: tuple[str, str] = ("", "")) -> Iterator[None]:
    """Run Caddy with the shipped file, as `nginx` does."""
    certificate, key = make_certificate(folder)
    text = (DEPLOY / "Caddyfile").read_text()
    for place, ours in {
        "\n{\n": "\n{\n\tadmin off\n\tauto_https disable_redirects\n",
        "cookies.example.org {\n": f"https://localhost:{port} {{\n\ttls {certificate} {key}\n",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
    }.items():
        assert place in text
        text = text.replace(place, ours)
    site = folder / "Caddyfile"
    site.write_text(re.sub(*change, text) if change[0] else text)
    command = [program("caddy"), "run", "--config", str(site), "--adapter", "caddyfile"]
    with running(command, port, folder / "log", HOME=str(folder)):
        yield
