"""The people of the town, and what they had written before you came, the newest first."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from webapp import content


@dataclass(frozen=True, slots=True)
class SeedComment:
    """A comment by one of the town's people, written `ago` before the site's first start."""

    author: str
    ago: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class SeedPost:
    """A post by one of the town's people, with its comments from old to new; `likes` are names of others of them.

    It was written `ago` before the site's first start.
    """

    author: str
    ago: timedelta
    text: str
    likes: tuple[str, ...] = ()
    comments: tuple[SeedComment, ...] = ()


_HERE = Path(__file__).parent
ABOUT: dict[str, str] = content.read(_HERE / "people.toml", dict[str, str], "about")
POSTS: tuple[SeedPost, ...] = (
    *content.read(_HERE / "lately.toml", tuple[SeedPost, ...], "posts"),
    *content.read(_HERE / "earlier.toml", tuple[SeedPost, ...], "posts"),
)
