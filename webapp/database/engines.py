"""The two engines of an app."""

from typing import NamedTuple

from flask import Flask
from sqlalchemy import Engine

from webapp.house import house


class Engines(NamedTuple):
    """One engine for transactions, one whose statements stand each on its own."""

    to_write: Engine
    to_read: Engine


def engines(app: Flask | None = None) -> Engines:
    """Return the engines of an app, else of the current one."""
    return house(app).kept(Engines)
