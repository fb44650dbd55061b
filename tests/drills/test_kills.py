"""`kill -9` under load: what was answered is kept, and the site is there again at once."""

import http.client
import random
import threading
import time
from statistics import median

import pytest
from sqlalchemy import select, text

from tests.serving import wait_until
from webapp.classroom.rooms import ROOMS
from webapp.security.tokens import token_hash

WRITERS = 8


def write(port: int, kept: list[str]) -> None:
    """Open rooms until nobody answers, and note the token of each that was answered for."""
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Length": "0", "Host": f"localhost:{port}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        while True:
            connection.request("POST", "/teach/room", headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 303, answer.status
            [line] = [line for line in answer.headers.get_all("Set-Cookie") if line.startswith("room=")]
            kept.append(line.partition(";")[0].removeprefix("room="))
    except (OSError, http.client.HTTPException):
        connection.close()


def kill(site, engine, times: int) -> tuple[int, list[float]]:
    """Kill the site so often under its writers; return how many writes were answered, and how long each start took."""
    answered, starts, chance = 0, [], random.Random(7)
    for _ in range(times):
        starts.append(site.start())
        kept: list[list[str]] = [[] for _ in range(WRITERS)]
        threads = [threading.Thread(target=write, args=(site.port, each)) for each in kept]
        for thread in threads:
            thread.start()
        wait_until(lambda kept=kept: sum(map(len, kept)) > 2 * WRITERS)
        time.sleep(chance.uniform(0, 0.2))
        site.kill()
        for thread in threads:
            thread.join()
        tokens = [token for each in kept for token in each][-ROOMS.info["bound"].rows // 2 :]
        with engine.connect() as connection:
            found = set(connection.scalars(select(ROOMS.c.notes)))
            if engine.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        lost = [token for token in tokens if token_hash(token_hash(token)) not in found]
        assert lost == [], f"{len(lost)} of {len(tokens)} writes are lost"
        answered += len(tokens)
    return answered, starts


@pytest.mark.parametrize(
    "kind",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.whole("its server is another process, which lives on"))],
    indirect=True,
)
def test_three_kills(site, engine):
    """Three times eight writers are cut off: no write that was answered is lost, the database is whole."""
    answered, starts = kill(site, engine, 3)
    print(f"{answered} writes, none lost; a start takes {median(starts):.2f} s")


@pytest.mark.whole("it starts the site a hundred times")
def test_a_hundred_kills(site, engine):
    """A hundred times: none lost, and the site is there again within two seconds."""
    answered, starts = kill(site, engine, 100)
    print(f"{answered} writes, none lost; a start takes {median(starts):.2f} s, {max(starts):.2f} at most")
    assert answered > 1000 and median(starts) < 2
