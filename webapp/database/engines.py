"""The three engines of an app."""

from typing import NamedTuple

from flask import Flask
from sqlalchemy import Engine

from webapp.house import house


class Engines(NamedTuple):
    """One engine for transactions, two whose statements stand each on its own; nobody should wait for the last."""

    to_write: Engine
    to_read: Engine
    to_note: Engine


class Patience(NamedTuple):
    """Seconds that each of them waits for a lock, and for a connection."""

    to_write: float = 5
    to_read: float = 5
    to_note: float = 0.1


PATIENCE = Patience()


def engines(app: Flask | None = None) -> Engines:
    """Return the engines of an app, else of the current one."""
    return house(app).kept(Engines)
