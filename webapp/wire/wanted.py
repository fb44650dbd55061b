"""Whether exchanges are recorded, and what shows a page's own exchange within it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .exchange import Exchange


@dataclass(frozen=True)
class Recorder:
    """Whether a visitor wants the dock, and what writes the parts of a page that wait for its own exchange."""

    wanted: Callable[[], bool]
    parts: dict[str, Callable[[Exchange], str]] = field(default_factory=dict)
