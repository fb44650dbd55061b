"""Hashes are made in one place, a few at a time."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from flask import Flask

from run import ROOT
from serve import PASSWORDS
from tests.accounts.conftest import PASSWORD
from tests.browsing import Browser, Page
from tests.serving import wait_until
from webapp.accounts import hashing, passwords

NEW = "three white loaves"


class Watched:
    """A hasher that notes which thread asks it, and waits where it is told to."""

    def __init__(self, plain: PasswordHasher) -> None:
        self.plain = plain
        self.threads: list[str] = []
        self.open = threading.Event()
        self.open.set()

    def _note(self) -> None:
        self.threads.append(threading.current_thread().name)
        assert self.open.wait(20)

    def hash(self, password: bytes) -> str:
        """Hash, once it may."""
        self._note()
        return self.plain.hash(password)

    def verify(self, password_hash: str, password: bytes) -> bool:
        """Verify, once it may."""
        self._note()
        return self.plain.verify(password_hash, password)

    def check_needs_rehash(self, password_hash: str) -> bool:
        """Take no time for this."""
        return False


@pytest.fixture
def watched(monkeypatch) -> Watched:
    """The hasher of this test."""
    hasher = Watched(passwords._hasher())
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    return hasher


def ask(browser: Browser, path: str) -> Page:
    """Fill in the form of a page that asks for a password, rightly, with another name and password where it can be."""
    browser.get(path)
    form = "#log-in" if path == "/login" else "main form:has([type=password])"
    fields = {"username": "Nora" if path == "/login" else "Paul", "current": PASSWORD}
    fields["password"] = NEW if path in ("/account/password", "/register") else PASSWORD
    fields["confirm"] = True if path == "/account/close" else NEW
    there = {tag["name"] for tag in browser.page.form(form).select("[name]")}
    return browser.submit(form, **{name: value for name, value in fields.items() if name in there})


def asking(app: Flask, browser: Browser) -> set[str]:
    """Return every page that asks for a password, of those that a browser is led to."""
    paths = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "POST" in rule.methods]
    found = [path for path in paths if path.startswith(("/login", "/register", "/account"))]
    pages = [browser.get(path) for path in found]
    return {urlsplit(page.url).path for page in pages if page.select("main form [type=password]")}


@pytest.fixture
def returned(enter) -> Callable[[], Browser]:
    """A function that gives a browser whom `remember` has brought back, so that it is asked for the password."""

    def give() -> Browser:
        browser = enter(remember=True)
        browser.close()
        return browser

    return give


def test_every_page_that_asks_for_a_password_hashes_in_a_few_threads(app, enter, returned, watched):
    """Log-in, registration, the question before sensitive pages, another password, closing: each by those threads."""
    paths = asking(app, enter()) | asking(app, returned())
    assert paths == PASSWORDS  # at the server these have a line of their own
    for path in sorted(paths, key=lambda path: path == "/account/close"):
        browser = returned() if path == "/account/confirm" else enter()
        watched.threads.clear()
        assert ask(browser, path).status == 200
        assert watched.threads and all(name.startswith("hash_") for name in watched.threads), path
        if path == "/account/password":
            with app.app_context():
                app.test_cli_runner().invoke(args=["users", "password", "Nora", "--password", PASSWORD])


def test_commands_hash_there_too(app, nora, watched):
    """So do the commands that take a password."""
    run = app.test_cli_runner()
    for command in (["add", "Paul"], ["password", "Nora"]):
        watched.threads.clear()
        assert run.invoke(args=["users", *command, "--password", NEW]).exit_code == 0
        assert [name.partition("_")[0] for name in watched.threads] == ["hash"]


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (3, 2), (8, 7)])
def test_one_core_is_left_to_the_pages(app, watched, monkeypatch, cores, threads):
    """However many ask at once, fewer hash than there are cores, but one does."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)), raising=False)
    monkeypatch.setattr(hashing, "_executor", cache(hashing._executor.__wrapped__))
    watched.open.clear()
    with ThreadPoolExecutor(threads + 4) as pool:
        asked = [pool.submit(passwords.is_right, None, PASSWORD) for _ in range(threads + 4)]
        wait_until(lambda: len(watched.threads) == threads)
        watched.open.set()
        assert not any(future.result() for future in asked)
    assert len(set(watched.threads)) <= threads


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has a priority of its own")
def test_who_hashes_gives_way_to_pages():
    """A thread that hashes has a lower priority than one that answers."""
    assert hashing.hashed(os.nice, 0) == min(os.nice(0) + 5, 19)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_forked_process_hashes():
    """A server that forks after it has hashed hashes on: threads are not inherited."""
    code = (
        "import os, signal\n"
        "from webapp.accounts.hashing import hashed\n"
        "assert hashed(int, '1') == 1\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    signal.alarm(10)\n"
        "    os._exit(hashed(int, '7'))\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, timeout=30)
