"""Where hashes of passwords wait, and the forms that need them: a class that logs in at once keeps no page waiting."""

import ctypes
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import Any

from flask import g, has_request_context, request

from webapp.forms import LaterError
from webapp.i18n import gettext

WAITING = 32  # half of the threads that serve.py has: the other half never waits for a hash
_turns = BoundedSemaphore(WAITING)
_desk = Lock()
_making = Lock()
_PATIENCE = 5  # seconds; the desk is a courtesy


class BusyError(LaterError):
    """As many wait for hashes as may; nothing was counted, checked or changed."""

    status = 503

    def __init__(self) -> None:
        super().__init__(timedelta(seconds=2))

    @property
    def problem(self) -> str:
        """What to say, in the visitor's language."""
        return gettext("Many people are logging in right now. Please send it again in a few seconds.")


@contextmanager
def turn() -> Iterator[None]:
    """Take the place of one who may wait for hashes; BusyError where none is left."""
    if not _turns.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _turns.release()


def hashed(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work` returns, done by one of the threads that hash: `_workers` says how many."""
    with _making:  # the first two at once would make two
        executor = _executor()
    future = executor.submit(work, *arguments)
    if not has_request_context():
        return future.result()
    leave_desk()
    try:
        return future.result()
    finally:
        take_desk()


def take_desk() -> None:
    """Let the forms of accounts be worked on one after the other, but for the time that they wait for a hash.

    A hundred threads that all want to run Python take turns with each other page, and none gets anywhere.
    """
    if request.method == "POST":
        g.at_desk = _desk.acquire(timeout=_PATIENCE)


def leave_desk(error: BaseException | None = None) -> None:
    """Let the next form have its turn."""
    if g.pop("at_desk", False):
        _desk.release()


@cache
def _executor() -> ThreadPoolExecutor:
    # Each hash takes 19 MiB, which glibc would keep for each thread that ever asked: from 1 MiB on it gives back
    # (M_MMAP_THRESHOLD, mallopt(3)).
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(-3, 1024 * 1024)
    return ThreadPoolExecutor(_workers(), "hash")


def _workers() -> int:
    # One core is left to the pages. Threads of a lower priority on all cores would starve where another program is
    # busy: a class of 60 waited 46 s then, on two cores with ten others at work, and 20 s for one thread of the usual.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores - 1, 1)


if hasattr(os, "register_at_fork"):  # a process that was forked has none of these threads
    os.register_at_fork(after_in_child=_executor.cache_clear)
