"""The boards of the forum, in the order in which it shows them, and what the town has written there before you came."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from webapp import content


@dataclass(frozen=True, slots=True)
class Board:
    """One subject of the forum.

    `slug` is part of addresses and cookie names: two to twelve of a-z; `picture` is a path below the static folder.
    """

    slug: str
    title: str
    description: str
    picture: str


@dataclass(frozen=True, slots=True)
class SeedReply:
    """An answer by one of the town's people, written `ago` before the site's first start; `text` is Markdown."""

    author: str
    ago: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class SeedThread:
    """A thread by one of the town's people, on the board with that slug, with its replies from old to new.

    It was opened `ago` before the site's first start; `title` is plain and at most 80 characters, `text` is Markdown.
    """

    board: str
    title: str
    author: str
    ago: timedelta
    text: str
    replies: tuple[SeedReply, ...] = ()


_HERE = Path(__file__).parent
BOARDS: dict[str, Board] = content.read(_HERE / "boards.toml", dict[str, Board])
THREADS: tuple[SeedThread, ...] = tuple(
    thread
    for board in BOARDS
    for thread in content.read(_HERE / f"{board}.toml", tuple[SeedThread, ...], "threads", board=board)
)
