"""A class's network in one machine: the laptop is a network namespace of its own, whoever runs the tests a student."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which

from run import ROOT, answers
from tests.serving import PATH, free_port, wait_until

LAPTOP, STUDENT = "10.77.0.1", "10.77.0.2"
IP = which("ip", path=PATH)
CAN = os.geteuid() == 0 and IP is not None  # a network namespace needs both


@contextmanager
def laptop(folder: Path) -> Iterator[str]:
    """Let a class in, as an instructor does on the laptop, and yield the address that it then prints for the class."""
    name, port, log = f"crumb-{os.getpid()}", free_port(), folder / "laptop.log"
    within = ["netns", "exec", name, IP]
    try:
        for words in (
            ["netns", "add", name],
            ["link", "add", f"s{os.getpid()}", "type", "veth", "peer", "name", "lan", "netns", name],
            ["addr", "add", f"{STUDENT}/24", "dev", f"s{os.getpid()}"],
            ["link", "set", f"s{os.getpid()}", "up"],
            [*within, "addr", "add", f"{LAPTOP}/24", "dev", "lan"],
            [*within, "link", "set", "lan", "up"],
            [*within, "link", "set", "lo", "up"],
            [*within, "route", "add", "default", "via", STUDENT],
        ):
            subprocess.run([IP, *words], check=True)
        environment = {"PATH": PATH, "HOST": "0.0.0.0", "PORT": str(port), "CRUMB_INSTANCE": str(folder / "instance")}
        command = [IP, "netns", "exec", name, sys.executable, "run.py"]
        with started(command, log, environment):
            wait_until(lambda: answers(LAPTOP, port))
            wait_until(lambda: f"http://{LAPTOP}:{port}" in log.read_text())
            yield f"http://{LAPTOP}:{port}"
    finally:
        subprocess.run([IP, "netns", "del", name], check=False)  # and its end of the cable, so the other one too


@contextmanager
def relay(address: str, folder: Path) -> Iterator[str]:
    """Run the relay as a student does; yield the address that it says to open."""
    log = folder / "relay.log"
    with started([sys.executable, "webapp/classroom/join.py", address], log, {"PATH": PATH}):
        wait_until(lambda: "http://localhost" in log.read_text())
        yield "http://localhost" + log.read_text().partition("http://localhost")[2].split()[0].rstrip(".,")


@contextmanager
def started(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[None]:
    """Run a program until the block is left, as Ctrl-C ends it; what it says is in `log`."""
    with log.open("wb") as output:
        program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                program.terminate()
            program.wait(30)
