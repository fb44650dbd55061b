"""A world of hosts for the tests of the user agent model: one loopback server, which browsers take for their proxy.

So cases may name any host, http or https, and no request leaves this machine. The proxy is set in the browser's
profile; the browsers are started as ever.
"""

import json
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.browsers import Browser

HTTPS_PORT = "8443"  # the only port where the world speaks TLS
_HOPS = 12  # redirects in one go; browsers follow 20


@dataclass(frozen=True)
class Step:
    """One request that is expected, and its answer: Set-Cookie lines, and a page if no redirect goes on from it."""

    url: str
    lines: list[str] = field(default_factory=list)
    page: str = ""


class World:
    """What every host answers: the steps that were asked for, in their order; nothing else exists."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._expected: list[Step] = []
        self._cookies: list[str] = []
        self._lock = threading.Lock()

    def prepare(self, profile: Path) -> Path:
        """Make `profile`, the folder of a browser that has not started yet, send everything here."""
        (profile / "Default").mkdir(parents=True)
        proxy = {"mode": "fixed_servers", "server": f"127.0.0.1:{self._port}", "bypass_list": "<-loopback>"}
        (profile / "Default" / "Preferences").write_text(json.dumps({"proxy": proxy}))
        preferences = {
            "network.proxy.type": 1,
            "network.proxy.http": "127.0.0.1",
            "network.proxy.http_port": self._port,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": self._port,
            "network.proxy.no_proxies_on": "",
            "network.proxy.allow_hijacking_localhost": True,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
        (profile / "prefs.js").write_text("".join(lines))
        return profile

    def visit(self, browser: Browser, steps: list[Step]) -> list[str]:
        """Type the first address, be led from each to the next, and return the Cookie headers that came."""
        cookies: list[str] = []
        for start in range(0, len(steps), _HOPS):
            self.expect(steps[start : start + _HOPS])
            browser.open(steps[start].url)
            cookies += self.came()
        return cookies

    def play(self, browser: Browser, case: dict) -> dict:
        """Return `case` with what the browser did: the Cookie headers, the store, `at` what time (since 1970)."""
        browser.forget()
        steps = [Step(case["set_url"], case["received"]), *map(Step, case["get_urls"])]
        start = time.time()
        _, *sent = self.visit(browser, steps)
        stored = browser.cookies()
        jar = [
            {
                "name": each.name,
                "value": each.value,
                "domain": each.domain,
                "path": each.path,
                "secure": each.secure,
                "httpOnly": each.http_only,
                "sameSite": each.same_site,
                "lifetime": None if each.expires is None else round(each.expires - start),
            }
            for each in stored
        ]
        lines = "".join(case["received"])
        if stored and ("partitioned" in lines.lower() or not lines.isascii()):
            # Firefox's interface does not delete these: the same lines do, reached by a page that is not sent them.
            deleting = [f"{line}; Max-Age=0" for line in case["received"]]
            self.visit(browser, [Step(case["get_urls"][-1]), Step(case["set_url"], deleting)])
        return {**case, "at": start, "sent": sent, "jar": jar}

    def expect(self, steps: list[Step]) -> None:
        """Be ready for these requests and no others."""
        with self._lock:
            self._expected, self._cookies = list(steps), []

    def came(self) -> list[str]:
        """Return the Cookie header of each request, "" where there was none; all that was expected must have come."""
        with self._lock:
            assert not self._expected, f"never asked for: {self._expected}"
            return self._cookies

    def answer(self, url: str, cookie: str) -> bytes:
        """Return the whole response to a request for `url`."""
        with self._lock:
            if not self._expected or self._expected[0].url != url:
                return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            step = self._expected.pop(0)
            self._cookies.append(cookie)
            following = self._expected[0].url if self._expected and not step.page else None
        page = step.page.encode("utf-8") or b'<!doctype html><link rel="icon" href="data:,"><title>.</title>'
        head = ["HTTP/1.1 302 Found", f"Location: {following}"] if following else ["HTTP/1.1 200 OK"]
        head += ["Content-Type: text/html; charset=utf-8", f"Content-Length: {len(page)}", "Cache-Control: no-store"]
        head += [f"Set-Cookie: {line}" for line in step.lines]
        return "\r\n".join([*head, "", ""]).encode("latin-1") + page


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Run the server; its certificate, which fits no host, is written into `folder`."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-out", certificate, "-keyout", key],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Proxy(socketserver.StreamRequestHandler):
        # By hand, since http.server would not let every octet through, in either direction.
        def handle(self) -> None:
            scheme, read, write = "http", self.rfile, self.wfile
            with suppress(OSError), ExitStack() as open_until_the_end:  # the browser may hang up at any time
                while request := read.readline():
                    method, target, _version = request.decode("latin-1").split(" ", 2)
                    headers = {}
                    while (line := read.readline().decode("latin-1").rstrip("\r\n")) != "":
                        name, _, value = line.partition(":")
                        headers[name.lower()] = value.strip(" ")
                    read.read(int(headers.get("content-length", 0)))
                    if method == "CONNECT":
                        if not target.endswith(f":{HTTPS_PORT}"):
                            return
                        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                        secure = open_until_the_end.enter_context(
                            context.wrap_socket(self.connection, server_side=True)
                        )
                        read = open_until_the_end.enter_context(secure.makefile("rb"))
                        write = open_until_the_end.enter_context(secure.makefile("wb", 0))
                        scheme = "https"
                        continue
                    url = target if target.startswith("http") else f"{scheme}://{headers['host']}{target}"
                    write.write(running.answer(url, headers.get("cookie", "")))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Proxy) as server:
        running = World(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
