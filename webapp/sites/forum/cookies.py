"""The cookies of the forum."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_

LARGEST_DRAFT = 3000  # octets of UTF-8: in base64 and with its name still below the 4096 that a cookie may have


@dataclass(frozen=True)
class Draft:
    """A text that is not posted yet.

    `place` is where it belongs: `t12` a reply to thread 12, `e34` an edit of post 34, `n-swap` a new thread on the
    board swap; of the latter, and of an edit that has one, the first line of `text` is the title.
    """

    place: str
    text: str


class DraftCodec:
    """`t12.SGVsbG8`: the place, and the text as UTF-8 in base64url without padding (RFC 4648 section 5)."""

    _SHAPE = re.compile(r"([te][1-9][0-9]{0,9}|n-[a-z]{2,12})\.([A-Za-z0-9_-]+)", re.ASCII)

    def encode(self, value: Draft) -> str:
        """Return the text for the wire; ValueError for a place that is none, and for a text that is too large."""
        octets = value.text.encode()
        text = f"{value.place}.{base64.urlsafe_b64encode(octets).rstrip(b'=').decode()}"
        if len(octets) > LARGEST_DRAFT or not self._SHAPE.fullmatch(text):
            raise ValueError(f"no draft of {len(octets)} octets for {value.place[:40]!r} fits a cookie")
        return text

    def decode(self, text: str) -> Draft:
        """Return the draft; ValueError when no `encode` could have written this text."""
        shape = self._SHAPE.fullmatch(text)
        if not shape:
            raise ValueError(f"{text[:40]!r} is no draft")
        place, letters = shape.groups()
        try:
            draft = Draft(place, base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode())
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError("the draft is cut off") from error
        if self.encode(draft) != text:
            raise ValueError("the draft is not written the way it is written here")
        return draft


SORT = Cookie(
    name="forum_sort",
    purpose=N_("The order in which you like to see the threads of the forum."),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Choice("active", "new"),
    default="active",
)
RECENT = Family(
    name="recent_forum.",
    key="[1-9][0-9]{0,9}",
    limit=12,
    purpose=N_("One thread you opened in the forum, and when, so that you see what is new in it since."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
READ = Family(
    name="read_board.",
    key="[a-z]{2,12}",
    limit=8,
    purpose=N_("When you marked a board of the forum as read."),
    category=Category.HISTORY,
    max_age=timedelta(days=400),
    codec=codecs.Timestamp(),
)
DRAFT = Cookie(
    name="draft",
    purpose=N_("What you are writing in the forum and have not posted yet, as long as it fits into one cookie."),
    category=Category.NECESSARY,
    max_age=timedelta(hours=12),
    private=True,
    path="/forum/",
    codec=DraftCodec(),
)
