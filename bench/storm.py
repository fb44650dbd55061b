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
    """The last answer to one request, and how many seconds after the first sending it was there."""

    status: int
    headers: Message
    page: bytes
    waited: float


@contextmanager
def storm(port: int, requests: list[bytes], again: bool) -> Iterator["Future[list[Reply]]"]:
    """Send the requests to this machine from the moment on when the block begins; wait for all answers at its end.

    With `again` whoever is told by 503 to come again does, after as many seconds as that says.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), os.nice, (5,)) as pool:
        pool.submit(os.getpid).result()  # until it runs
        yield pool.submit(_send_all, port, requests, again)


def _send_all(port: int, requests: list[bytes], again: bool) -> list[Reply]:
    async def all_at_once() -> list[Reply]:
        return await asyncio.gather(*(_come_in(port, request, again) for request in requests))

    return asyncio.run(all_at_once())


async def _come_in(port: int, request: bytes, again: bool) -> Reply:
    began = time.monotonic()
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        head, _, page = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        first, _, rest = head.partition(b"\r\n")
        reply = Reply(int(first.split()[1]), message_from_bytes(rest), page, time.monotonic() - began)
        if not again or reply.status != 503:
            return reply
        await asyncio.sleep(int(reply.headers["Retry-After"]))
