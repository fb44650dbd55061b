"""What is claimed of browsers, as data: facts.toml, read when it is first asked for."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where all that the model says of an engine comes from: how, of which versions, as of which month (YYYY-MM)."""

    kind: Literal["measured", "tests", "documents"]
    versions: str
    date: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of an engine, under the id `engine.key`. facts.toml says what the fields hold."""

    id: str
    engine: str
    claim: str
    versions: str
    source: str
    date: str
    doubt: str = ""
    knobs: dict[str, Any] = field(default_factory=dict)
    steps: tuple[list[Any], ...] = ()


@cache
def _read() -> dict[str, dict[str, dict[str, Any]]]:
    text = Path(__file__).with_suffix(".toml").read_text("utf-8")
    return tomllib.loads(re.sub("<([0-9]+) (.)>", lambda found: int(found[1]) * found[2], text))


def source(engine: str) -> Source:
    """Return where an engine comes from."""
    return Source(**_read()["engines"][engine])


def facts() -> dict[str, Fact]:
    """Return every fact by its id."""
    return {
        f"{engine}.{key}": Fact(f"{engine}.{key}", engine, **fact)
        for engine, claims in _read().items()
        if engine != "engines"
        for key, fact in claims.items()
    }
