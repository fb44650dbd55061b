"""What crossed the wire when a browser on localhost did a step, for visitors at an address where it can't be done.

`.venv/bin/python -m tests.browser.lesson_record` writes recorded.json, from a real Chromium.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("recorded.json")


@dataclass(frozen=True)
class Recorded:
    """One exchange: the host without its port, the pairs of the Cookie header, and the answer's Set-Cookie lines.

    Of a key that is another one each time the place is kept: `…1` is the first one of a step, `…2` the second. `more`
    counts what is left out of pairs and lines.
    """

    host: str
    method: str
    path: str
    sent: tuple[str, ...]
    written: tuple[str, ...]
    more: tuple[int, int]


@cache
def _all() -> dict[str, tuple[Recorded, ...]]:
    steps = json.loads(FILE.read_text("utf-8"))
    return {
        step: tuple(Recorded(*[tuple(part) if isinstance(part, list) else part for part in each]) for each in exchanges)
        for step, exchanges in steps.items()
    }


def recorded(lesson: str, number: int) -> tuple[Recorded, ...]:
    """Return the exchanges of a step, in their order; none of a lesson of somebody's own."""
    return _all().get(f"{lesson}.{number}", ())
