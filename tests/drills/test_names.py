"""Names on a network: machines of their own, joined by a cable, one of them with the real server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from run import ROOT
from webapp.classroom.announce import ROLES

LAPTOP, PHONE = "198.51.100.1", "198.51.100.2"
APP = """
import os
NAMES = os.environ.get("CRUMB_LOCAL_NAMES", "{}").encode()

def app(environ, start_response):
    start_response("200 OK", [])
    return [NAMES]
"""
ASK = """
import json, sys, time, urllib.request
from zeroconf import AddressResolverIPv4, IPVersion, Zeroconf

network = Zeroconf(interfaces=[sys.argv[1]], ip_version=IPVersion.V4Only)

for line in sys.stdin:
    asked = AddressResolverIPv4(line.strip() + ".")
    found = asked.request(network, 1500)
    print(json.dumps(asked.parsed_addresses() if found else []), flush=True)
"""


def ip(*arguments: str) -> None:
    """Set up the network; CalledProcessError where that is not allowed."""
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@pytest.fixture
def machines() -> Iterator[Callable[..., subprocess.Popen]]:
    """A function that starts Python on one of two machines, `laptop` and `phone`; all of it ends with the test."""
    own = f"crumb{os.getpid()}"
    names = {"laptop": f"{own}a", "phone": f"{own}b"}
    try:
        for name in names.values():
            ip("netns", "add", name)
        ip("link", "add", "cable", "netns", names["laptop"], "type", "veth", "peer", "cable", "netns", names["phone"])
    except (OSError, subprocess.CalledProcessError):
        for name in names.values():
            with suppress(OSError):
                subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        pytest.skip("needs network namespaces: root, and the command ip")
    started = []
    for (_, name), address, other in zip(names.items(), (LAPTOP, PHONE), (PHONE, LAPTOP), strict=True):
        ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
        for device in ("lo", "cable"):
            ip("-n", name, "link", "set", device, "up")
        ip("-n", name, "route", "add", "default", "via", other)

    def start(machine: str, *arguments: str, **environment: str) -> subprocess.Popen:
        command = ["ip", "netns", "exec", names[machine], sys.executable, *arguments]
        started.append(
            subprocess.Popen(
                command, cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )
        )  # fmt: skip
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for name in names.values():
        ip("netns", "del", name)


@pytest.fixture
def serve(machines, tmp_path) -> Callable[..., subprocess.Popen]:
    """A function that starts the server on a machine as `run.py` does for a class, with an app that tells its names."""
    (tmp_path / "telling.py").write_text(APP)

    def start(machine: str, **environment: str) -> subprocess.Popen:
        given = {"HOST": "0.0.0.0", "PORT": "8000", "CRUMB_URL": "http://localhost:8000", "PYTHONPATH": str(tmp_path)}
        return machines(machine, "serve.py", "--listen=0.0.0.0:8000", "telling:app", **given | environment)

    return start


def ask(phone: subprocess.Popen, name: str) -> list[str]:
    """Return the addresses that a machine finds for a name."""
    phone.stdin.write(f"{name}\n")
    phone.stdin.flush()
    return json.loads(phone.stdout.readline())


def told(machines, machine: str) -> dict[str, str]:
    """Return the names that the app of a machine was made with, once it answers."""
    at = LAPTOP if machine == "phone" else "127.0.0.1"
    code = f"import urllib.request; print(urllib.request.urlopen('http://{at}:8000').read().decode())"
    for _ in range(60):
        answer = machines(machine, "-c", code).communicate()[0].splitlines()[-1]
        if answer.startswith("{"):
            return json.loads(answer)
        time.sleep(0.5)
    raise AssertionError(answer)


def test_a_phone_finds_every_name_until_the_end(machines, serve):
    """Another machine finds each name, the app was made with these, the terminal says the first; the end takes all."""
    server = serve("laptop")
    assert server.stdout.readline() == "This network knows Crumb as http://crumb.local:8000\n"
    assert told(machines, "phone") == {role: f"{role}.local" for role in ROLES}
    phone = machines("phone", "-c", ASK, PHONE)
    assert [ask(phone, f"{role}.local") for role in ROLES] == [[LAPTOP]] * len(ROLES)
    assert ask(phone, "crumb-2.local") == []
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0
    time.sleep(1.5)  # who heard the goodbye forgets a second later (RFC 6762 section 10.1)
    assert [ask(phone, f"{role}.local") for role in ROLES] == [[]] * len(ROLES)


def test_a_name_of_another_machine_is_left_to_it(machines, serve):
    """Where one name is another machine's, all take the next number, and the other keeps its own."""
    code = (
        "import time; from webapp.classroom.announce import Voice;"
        f"Voice('{PHONE}', 80).tell({{'crumb': 'shop.local'}}); print('told', flush=True); time.sleep(99)"
    )
    other = machines("phone", "-c", code)
    assert other.stdout.readline() == "told\n"
    server = serve("laptop")
    assert server.stdout.readline() == "This network knows Crumb as http://crumb-2.local:8000\n"
    assert told(machines, "phone") == {role: f"{role}-2.local" for role in ROLES}
    laptop = machines("laptop", "-c", ASK, LAPTOP)
    assert (ask(laptop, "shop.local"), ask(laptop, "shop-2.local")) == ([PHONE], [LAPTOP])


def test_it_starts_offline(machines, serve):
    """Without a network a line says so, and the app answers."""
    machines("laptop", "-c", "import subprocess; subprocess.run(['ip', 'link', 'set', 'cable', 'down'])").wait()
    assert serve("laptop").stdout.readline() == "no names: this machine is in no network\n"
    assert told(machines, "laptop") == {}


def test_names_that_are_set_are_left_alone(machines, serve):
    """Whoever names the names by the setting has settled it: the app gets these, and the network is told none."""
    serve("laptop", CRUMB_LOCAL_NAMES='{"crumb": "crumb.test"}')
    assert told(machines, "laptop") == {"crumb": "crumb.test"}
    assert ask(machines("phone", "-c", ASK, PHONE), "crumb.local") == []
