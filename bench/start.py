"""Processor time from nothing to an app that can answer."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from bench.figure import Figure

_ROUNDS = 7
_HELLO = "from flask import Flask; app = Flask('hello'); app.add_url_rule('/', 'hello', lambda: 'Hello')"


def figures() -> Iterator[Figure]:
    """Measure the start, the database and the assets being there, against a Flask app that says hello."""
    programs = ("from wsgi import app", _HELLO)
    for program in programs:
        _cost(program)
    rounds = [[_cost(program) for program in programs] for _ in range(_ROUNDS)]
    ours, hello = (median(costs) for costs in zip(*rounds, strict=True))
    yield Figure("cold start", 3, ours / hello, "Flask hello")


def _cost(program: str) -> float:
    """Return the processor seconds of a Python that runs the program and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
