"""The outcome of a run as a few letters, so that an address can hold it."""

import base64
import re
import zlib
from dataclasses import dataclass, field, replace

from webapp.useragent import ENGINES

from .probes import ANSWERS, CROWD_SIZE, PROBES

_ENGINES = tuple(ENGINES)
_KEYS = zlib.crc32(",".join([*_ENGINES, *PROBES]).encode()) & 0xFFFF  # tells a code of other probes
_BITS = 3 + 10 + 6 + 9 + 2 * len(PROBES)
_OCTETS = 2 + (_BITS + 7) // 8


@dataclass(frozen=True)
class Outcome:
    """The answers that a browser has given; of the crowd `stayed` came back.

    `engine` is what it says it is, and `version` its (major, minor), both 0 where it says none.
    """

    engine: str = "spec"
    answers: dict[str, str] = field(default_factory=dict)
    stayed: int = 0
    version: tuple[int, int] = (0, 0)

    def __getitem__(self, key: str) -> str:
        return self.answers.get(key, "unknown")

    def plus(self, answers: dict[str, str]) -> "Outcome":
        """Return the outcome with further answers."""
        return replace(self, answers={**self.answers, **answers})


def encode(outcome: Outcome) -> str:
    """Return the outcome in base64url: two octets that stand for the probes, then all the rest as one number."""
    major, minor = outcome.version
    number = ((_ENGINES.index(outcome.engine) << 10 | major) << 6 | minor) << 9 | outcome.stayed
    for key in PROBES:
        number = number << 2 | ANSWERS.index(outcome[key])
    octets = _KEYS.to_bytes(2) + number.to_bytes(_OCTETS - 2)
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def decode(code: str) -> Outcome:
    """Return what `encode` wrote; ValueError for any other text."""
    if not re.fullmatch("[A-Za-z0-9_-]{1,99}", code, re.ASCII):
        raise ValueError("not base64url")
    octets = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    number, answers = int.from_bytes(octets[2:]), {}
    for key in reversed(PROBES):
        number, answer = divmod(number, 4)
        answers[key] = ANSWERS[answer]
    number, stayed = divmod(number, 512)
    number, minor = divmod(number, 64)
    engine, major = divmod(number, 1024)
    if engine >= len(_ENGINES) or stayed > CROWD_SIZE:
        raise ValueError("no such engine, or too many cookies")
    outcome = Outcome(_ENGINES[engine], answers, stayed, (major, minor))
    if encode(outcome) != code:
        raise ValueError("of other probes, or not in the one form")
    return outcome
