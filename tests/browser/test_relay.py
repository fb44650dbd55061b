"""Lessons through the relay: a student's browser is at localhost, and nothing is missing there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256

import pytest

from run import ROOT, SERVER
from tests.browser import chromium
from tests.browser.serving import site
from tests.classroom.test_relay import Relay
from tests.lessons.playing import LESSONS
from tests.serving import PATH, free_port, wait_until

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: .ci/run does that")
from tests.browser.test_lessons import play_through

LAPTOP, STUDENT = "10.213.7.1", "10.213.7.2"
REST = pytest.mark.whole("the relay passes bytes, and lessons with other hosts tell whether all of them come")


@pytest.fixture(scope="module")
def relayed(tmp_path_factory) -> Iterator[str]:
    """The address that a relay opens on a student's machine, at another port than the laptop's."""
    port = free_port()
    with site(tmp_path_factory.mktemp("class") / "instance", port, CRUMB_URL="http://localhost"):
        relay = Relay(f"http://127.0.0.1:{port}")
        try:
            yield f"http://localhost:{relay.port}"
        finally:
            said = relay.end()
    assert said == ("", "")


@pytest.mark.parametrize("key", [pytest.param(key, marks=() if key == "forged" else REST) for key in LESSONS])
def test_a_lesson_can_be_played_through_the_relay(start, relayed, key):
    """Each step is done as it is on the laptop itself: Secure, prefixes and the other parties are there."""
    play_through(start(relayed), key)


@pytest.fixture
def two_machines() -> Iterator[tuple[list[str], list[str]]]:
    """What begins a command on the laptop, and on a student's machine: two network namespaces with a cable between."""
    if not (shutil.which("ip") and hasattr(os, "geteuid") and os.geteuid() == 0):
        pytest.skip("needs root and `ip` of iproute2, to make two machines of one")
    names = [f"{name}{os.getpid()}" for name in ("laptop", "student")]
    laptop, student = ([shutil.which("ip"), "netns", "exec", name] for name in names)
    try:
        for name in names:
            ip("netns", "add", name)
        ip("link", "add", "cable", "netns", names[0], "type", "veth", "peer", "name", "cable", "netns", names[1])
        for name, address in zip(names, (LAPTOP, STUDENT), strict=True):
            ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            for device in ("lo", "cable"):
                ip("-n", name, "link", "set", device, "up")
        yield laptop, student
    finally:
        for name in names:
            ip("netns", "delete", name)


def ip(*arguments: str) -> None:
    """Run a command of `ip`."""
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@pytest.mark.whole("it makes two machines of one, which takes root")
def test_a_student_on_another_machine(two_machines, playwright, tmp_path, monkeypatch):
    """Saved from the class's address, compared with the sum at the front and run as it is, the relay leads to a lesson.

    It is done on the student's machine to the end, and no other machine comes in by that relay.
    """
    laptop, student = two_machines
    url = f"http://{LAPTOP}:8000"
    environment = {"PATH": PATH, "CRUMB_INSTANCE": str(tmp_path / "instance"), "CRUMB_CLASS_URL": url}
    command = [*laptop, sys.executable, *SERVER, "--listen=0.0.0.0:8000", "wsgi:app"]

    def get(machine: list[str], address: str) -> bytes:
        code = f"import sys, urllib.request as r; sys.stdout.buffer.write(r.urlopen({address!r}, timeout=5).read())"
        return subprocess.run([*machine, sys.executable, "-c", code], capture_output=True, check=False).stdout

    wrapper = tmp_path / "chromium"
    wrapper.write_text(f'#!/bin/sh\nexec {" ".join(student)} {chromium.CHROMIUM} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setattr(chromium, "CHROMIUM", str(wrapper))
    with ExitStack() as ends:
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        ends.callback(lambda: (server.terminate(), server.wait(30)))
        wait_until(lambda: get(student, f"{url}/healthz") == b"ok\n", 60)
        file = tmp_path / "join.py"
        file.write_bytes(get(student, f"{url}/join/join.py"))
        assert sha256(file.read_bytes()).hexdigest().encode() in get(laptop, "http://localhost:8000/teach")
        relay = Relay(file=file, before=student)
        ends.callback(relay.end)
        assert relay.port == 8000
        assert get(student, "http://127.0.0.1:8000/healthz") == b"ok\n"
        assert get(laptop, f"http://{STUDENT}:8000/healthz") == b""
        browser = chromium.Chromium("http://localhost:8000", tmp_path / "profile", playwright)
        ends.callback(browser.close)
        browser.open("/join")
        assert browser.attribute("[data-door]", "data-door") == "localhost"
        play_through(browser, "forged")
