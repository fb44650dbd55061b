"""Many requests that leave at the same moment, from a process of its own: what they cost keeps no measuring thread.

A hundred threads beside those that measure would keep these from their turn, and count as the server's slowness.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from multiprocessing import get_context
from typing import NamedTuple


class Reply(NamedTuple):
    """The answer to one request, and how many seconds after it was sent it was there."""

    status: int
    headers: Message
    page: bytes
    waited: float


@contextmanager
def storm(port: int, requests: list[bytes]) -> Iterator["Future[list[Reply]]"]:
    """Send the requests to this machine from the moment on when the block begins; wait for all answers at its end."""
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (5,)) as pool:
        pool.submit(os.getpid).result()  # until it runs
        yield pool.submit(_send_all, port, requests)


def _send_all(port: int, requests: list[bytes]) -> list[Reply]:
    async def all_at_once() -> list[Reply]:
        return await asyncio.gather(*(_come_in(port, request) for request in requests))

    return asyncio.run(all_at_once())


async def _come_in(port: int, request: bytes) -> Reply:
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head, _, page = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    first, _, rest = head.partition(b"\r\n")
    return Reply(int(first.split()[1]), message_from_bytes(rest), page, time.monotonic() - began)
