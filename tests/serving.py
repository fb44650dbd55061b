"""The server as `run.py` starts it, for tests that tell it something: on a free port of the loopback interface."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from run import SERVER


class Served:
    """A server that runs as `run.py` starts it, in a folder that has its `serve.py`; what it says is in `log`."""

    def __init__(self, folder: Path, application: str = "wsgi:app", **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        place = Path(environment.get("CRUMB_INSTANCE", folder))
        place.mkdir(exist_ok=True)
        self.log = place / f"log.{self.port}"
        self.connections: list[http.client.HTTPConnection] = []
        environment = {"CRUMB_URL": f"http://localhost:{self.port}", **environment}
        command = [sys.executable, *SERVER, f"--listen=127.0.0.1:{self.port}", application]
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

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer to a request, and its body, from the site under localhost."""
        connection = self.connect()
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        return answer, answer.read()

    def end(self, number: int = signal.SIGTERM) -> float:
        """Tell it to end; return the moment when it took no more connections, which is within two seconds."""
        self.process.send_signal(number)
        until = time.monotonic() + 2
        while self.listens():
            assert time.monotonic() < until, "it still takes connections"
        return time.monotonic()

    def kill(self) -> None:
        """End it at once, and hang up."""
        self.process.kill()
        self.process.wait()
        for connection in self.connections:
            connection.close()
