"""What is written on a site but not posted: one cookie a place, so that no text takes the room of another.

The texts are sent to the site alone; that there is one, and since when, is known on every page.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any, NamedTuple

from flask import request

from webapp.cookies import Category, Cookie, Family
from webapp.house import Waiting
from webapp.i18n import N_, ago, gettext
from webapp.invisible import is_blank
from webapp.security import same_origin

from .recents import next_moment, views

LARGEST = 3000  # octets of UTF-8: in base64 and with its name still below the 4096 that a cookie may have
MOST = 3  # of a site: as large as they may be, they leave more than half of the 32 KB that a request may bring
# How the cookies of every draft are declared, one like the other.
KEPT: Any = {
    "category": Category.NECESSARY,
    "max_age": timedelta(hours=12),
    "private": True,
    "does": N_("what you have begun to write"),
}


class Draft(NamedTuple):
    """A text that is not posted yet; `place` says in the site's own words where it belongs."""

    place: str
    text: str


def says(key: str, value: str | Draft) -> str:
    """Return what the cookie of a draft says: its first words."""
    text = value.text if isinstance(value, Draft) else value
    return gettext("You wrote: “%(value)s”.", value=shorten(text, 60, placeholder="…") or text[:60])


class TextCodec:
    """A text as UTF-8 in base64url without padding (RFC 4648 section 5)."""

    def encode(self, value: str) -> str:
        """Return the text for the wire; ValueError when it is empty or too large."""
        octets = value.encode()
        if not 0 < len(octets) <= LARGEST:
            raise ValueError(f"{len(octets)} octets are no draft that fits a cookie")
        return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()

    def decode(self, text: str) -> str:
        """Return the draft; ValueError when no `encode` could have written this text."""
        try:
            value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        except (binascii.Error, UnicodeError, ValueError) as error:
            raise ValueError("the draft is cut off") from error
        if self.encode(value) != text:
            raise ValueError("the draft is not written the way it is written here")
        return value


class PlacedCodec:
    """`t12.SGVsbG8`: a draft that says its place itself, as versions up to 0.2 kept the only one there was."""

    def __init__(self, places: str) -> None:
        self.places = places
        self._text = TextCodec()

    def encode(self, value: Draft) -> str:
        """Return the text for the wire; ValueError for a place that is none."""
        if not re.fullmatch(self.places, value.place, re.ASCII):
            raise ValueError(f"{value.place[:40]!r} is no place")
        return f"{value.place}.{self._text.encode(value.text)}"

    def decode(self, text: str) -> Draft:
        """Return the draft and its place."""
        place, _, letters = text.partition(".")
        draft = Draft(place, self._text.decode(letters))
        self.encode(draft)
        return draft


class Begun(NamedTuple):
    """A draft as a list shows it: where one goes on writing, the text, and when it was kept."""

    url: str
    text: str
    at: datetime


class Drafts:
    """The drafts of a site: its `texts`, whose index says when, and the `old` cookie that held the only one."""

    def __init__(self, texts: Family[str], old: Cookie[Draft]) -> None:
        self.texts, self.old = texts, old
        self.begun: Family[datetime] = texts.index

    def all(self) -> list[tuple[Draft, datetime]]:
        """Return every draft of this browser with the time when it was kept, the newest first."""
        if old := self.old.get():
            self.old.delete()
            if old.place not in self.texts.held():
                self._write(*old)
        begun = dict(views(self.begun))
        texts = {place: text for place in self.texts.held() if (text := self.texts[place].get()) is not None}
        for place in [*texts.keys() - begun.keys()][: MOST - len(begun)]:  # the index was deleted or made up
            begun[place] = next_moment(begun.values())
            self.begun.add(place, begun[place])
        for place in begun.keys() - texts.keys():
            self.begun[place].delete()
        return [(Draft(place, texts[place]), at) for place, at in views(self.begun) if place in texts]

    def begun_at(self, way_to: Callable[[str], str], without: str = "") -> list[Begun]:
        """Return what a page lists, but for one place; `way_to` returns where the draft for a place goes on."""
        return [Begun(way_to(draft.place), draft.text, at) for draft, at in self.all() if draft.place != without]

    def waiting(self, way_to: Callable[[str], str]) -> list[Waiting]:
        """Return what other pages say of the drafts: they know where each goes on, and since when it waits."""
        return [Waiting(gettext("A text that you began"), way_to(place), ago(at)) for place, at in views(self.begun)]

    def gone(self, way_to: Callable[[str], str]) -> str | None:
        """Return where the draft was written that had to go, as the address says that a page of ours led to."""
        place = request.args.get("gone", "")
        return way_to(place) if self.texts.pattern.fullmatch(place) and same_origin() else None

    def text(self, place: str) -> str | None:
        """Return the draft for a place."""
        return next((draft.text for draft, _ in self.all() if draft.place == place), None)

    def keep(self, place: str, text: str) -> list[str] | None:
        """Keep a text for a place, none where it is empty; return the places whose drafts had to go, the oldest ones.

        None when it does not fit a cookie; KeyError for a place that is none.
        """
        self.texts[place]  # a KeyError, before anything is written
        self.all()
        text = text.replace("\r\n", "\n")
        if is_blank(text):
            self.forget(place)
            return []
        return self._write(place, text) if len(text.encode()) <= LARGEST else None

    def begin(self, place: str, text: str) -> None:
        """Keep a text for a place that has none, asked from any page; where there is no room for it, do nothing."""
        held = self.texts.held()
        if place not in held and len(held) < MOST:
            self._write(place, text)

    def is_full_for(self, place: str) -> bool:
        """Tell whether to keep a text for a place would cost another its own."""
        others = [draft for draft, _ in self.all() if draft.place != place]
        return len(others) >= MOST

    def forget(self, place: str) -> None:
        """Delete the draft for a place; those for others stay."""
        if self.text(place) is not None:
            self.texts[place].delete()
            self.begun[place].delete()

    def _write(self, place: str, text: str) -> list[str]:
        self.texts[place].set(text)
        self.begun.add(place, next_moment(at for other, at in views(self.begun) if other != place))
        gone = set(self.texts.held()) - {place for place, _ in views(self.begun)}
        for other in gone:
            self.texts[other].delete()
        return sorted(gone)


def made_room() -> str:
    """Return the sentence that a draft had to go."""
    return gettext("More than %(number)s drafts are not kept, so the oldest had to go.", number=MOST)


def telling(address: str, gone: list[str]) -> str:
    """Return the address of a page, so that it says which draft had to go, if one had to."""
    path, hash, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}gone={gone[0]}{hash}{anchor}" if gone else address
