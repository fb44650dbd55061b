"""What a log may not have in it, and the log of a whole run of the tests."""

import logging
import re
from collections.abc import Iterable

from webapp.logs import Lines

# What opens doors, as the browsers of this run have typed it or hold it.
SECRETS: set[str] = set()
_LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ ([0-9a-f]{8}|-) [\w.]+: .*(\n    .*)*")


class Log(logging.Handler):
    """A log that keeps its lines, as the site writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(Lines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


def betrayed(lines: Iterable[str], secrets: set[str]) -> list[str]:
    """Return the lines with a secret in them, and those that do not begin as each line of the site does."""
    words = {secret for secret in secrets if re.fullmatch(r"[\w-]+", secret)}
    phrases = secrets - words
    return [
        line
        for line in lines
        if not words.isdisjoint(re.findall(r"[\w-]+", line))
        or any(phrase in line for phrase in phrases)
        or not _LINE.fullmatch(line)
    ]
