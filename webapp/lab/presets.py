"""Lines to begin with: one preset for a rule, or a few for one with two sides, by what they are about."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from webapp import content


@dataclass(frozen=True)
class Preset:
    """What stands in the form when somebody chooses it.

    `ask` is the path, below the result's, that is asked after; `failing` sends the lines with an error.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    ask: str = ""
    failing: bool = False


@dataclass(frozen=True)
class _Topic:
    title: str
    presets: tuple[Preset, ...]


def spelled(line: str) -> str:
    """Return the line with as many x as it says: `<4088 x>`."""
    return re.sub(r"<(\d+) x>", lambda found: "x" * int(found[1]), line)


def _written_out(preset: Preset) -> Preset:
    return replace(preset, lines=tuple(map(spelled, preset.lines)))


TOPICS: dict[str, tuple[Preset, ...]] = {
    topic.title: tuple(map(_written_out, topic.presets))
    for topic in content.read(Path(__file__).with_suffix(".toml"), tuple[_Topic, ...], "topics")
}
PRESETS = {preset.key: preset for presets in TOPICS.values() for preset in presets}
