"""What is written but not posted, in one cookie of a site: a log-in in between or a closed tab loses nothing."""

import base64
import binascii
import re
from dataclasses import dataclass

from webapp.cookies import Cookie

LARGEST = 3000  # octets of UTF-8: in base64 and with its name still below the 4096 that a cookie may have


@dataclass(frozen=True)
class Draft:
    """A text that is not posted yet; `place` says in the site's own words where it belongs."""

    place: str
    text: str


class DraftCodec:
    """`t12.SGVsbG8`: the place, and the text as UTF-8 in base64url without padding (RFC 4648 section 5).

    `places` is the pattern of the places that a site has.
    """

    def __init__(self, places: str) -> None:
        self.places = places
        self._shape = re.compile(rf"({places})\.([A-Za-z0-9_-]+)", re.ASCII)

    def encode(self, value: Draft) -> str:
        """Return the text for the wire; ValueError for a place that is none, and for a text that is too large."""
        octets = value.text.encode()
        text = f"{value.place}.{base64.urlsafe_b64encode(octets).rstrip(b'=').decode()}"
        if len(octets) > LARGEST or not self._shape.fullmatch(text):
            raise ValueError(f"no draft of {len(octets)} octets for {value.place[:40]!r} fits a cookie")
        return text

    def decode(self, text: str) -> Draft:
        """Return the draft; ValueError when no `encode` could have written this text."""
        shape = self._shape.fullmatch(text)
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


def keep(cookie: Cookie, place: str, text: str) -> bool:
    """Keep a text as the draft for a place; an empty one deletes it. False when it does not fit a cookie.

    ValueError for a place that is none.
    """
    text = text.replace("\r\n", "\n")
    cookie.codec.encode(Draft(place, "x"))
    if not text.strip():
        forget(cookie, place)
        return True
    try:
        cookie.set(Draft(place, text))
    except ValueError:
        return False
    return True


def kept(cookie: Cookie, place: str) -> str | None:
    """Return the draft for a place."""
    draft = cookie.get()
    return draft.text if draft and draft.place == place else None


def forget(cookie: Cookie, place: str) -> None:
    """Delete the draft for a place; one for another place stays."""
    if kept(cookie, place) is not None:
        cookie.delete()
