"""What the social finds written when it opens."""

from dataclasses import dataclass
from datetime import timedelta


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
