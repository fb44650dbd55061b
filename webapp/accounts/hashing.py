"""Where hashes of passwords are made: a class that logs in at once leaves a core to the pages."""

import ctypes
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import Any

_making = Lock()


def hashed(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work` returns, done by one of the threads that hash: `_workers` says how many."""
    with _making:  # the first two at once would make two
        executor = _executor()
    return executor.submit(work, *arguments).result()


@cache
def _executor() -> ThreadPoolExecutor:
    # Each hash takes 19 MiB, which glibc would keep for each thread that ever asked: from 1 MiB on it gives back
    # (M_MMAP_THRESHOLD, mallopt(3)).
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(-3, 1024 * 1024)
    return ThreadPoolExecutor(_workers(), "hash", _yield_to_pages)


def _workers() -> int:
    # One core is left to the pages.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(cores - 1, 1)


def _yield_to_pages() -> None:
    # Where other programs keep the cores busy, a third of the usual turns: a page waits half as long, a class twice.
    if sys.platform == "linux":  # the only one on which a thread has a priority of its own
        os.nice(5)


if hasattr(os, "register_at_fork"):  # a process that was forked has none of these threads
    os.register_at_fork(after_in_child=_executor.cache_clear)
