"""Codecs turn a typed value into readable text for the wire and back; what does not decode is a ValueError.

Every encoded text stays in `[A-Za-z0-9._~%-]`, part of RFC 6265bis section 4.1.1's cookie-octet, so that
nothing has to be quoted and a learner can read the header line.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote, unquote

_WIRE_TEXT = re.compile(r"[A-Za-z0-9._~%-]*")
_SECONDS = re.compile("[1-9][0-9]{0,10}")
_WHOLE = re.compile("0|[1-9][0-9]{0,11}")


T = TypeVar("T")


class Codec(Protocol[T]):
    """What a declaration asks of its codec; `decode(encode(value)) == value` for every value it accepts."""

    def encode(self, value: T) -> str:
        """Return the text for the wire; ValueError when the value is none of this codec's."""

    def decode(self, text: str) -> T:
        """Return the value; ValueError when no `encode` could have written this text."""


class Choice:
    """One of a few words, such as a theme."""

    def __init__(self, *options: str) -> None:
        self.options = options

    def encode(self, value: str) -> str:
        if value not in self.options:
            raise ValueError(f"{value!r} is none of {', '.join(self.options)}")
        return value

    decode = encode


class Switch:
    """True or False, written `on` or `off`."""

    def encode(self, value: bool) -> str:
        return "on" if value else "off"

    def decode(self, text: str) -> bool:
        if text not in ("on", "off"):
            raise ValueError(f"{text!r} is neither on nor off")
        return text == "on"


class Timestamp:
    """A moment, whole seconds since 1970 in UTC."""

    def encode(self, value: datetime) -> str:
        return str(int(value.timestamp()))

    def decode(self, text: str) -> datetime:
        return _moment(text)


@lru_cache(maxsize=4096)  # what a browser holds comes with page after page
def _moment(text: str) -> datetime:
    if not _SECONDS.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no whole number of seconds")
    return datetime.fromtimestamp(int(text), UTC)


_TIMESTAMP = Timestamp()


@dataclass(frozen=True)
class Token:
    """Text that matches a pattern in full, such as a random token; it travels as it is."""

    pattern: str

    def encode(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value, re.ASCII) or not _WIRE_TEXT.fullmatch(value):
            raise ValueError(f"the text does not match {self.pattern}")
        return value

    decode = encode


@dataclass(frozen=True)
class Text:
    """Any text of at most `longest` characters, percent-encoded as UTF-8 where the wire's alphabet ends."""

    longest: int

    def encode(self, value: str) -> str:
        if len(value) > self.longest:
            raise ValueError(f"the text is longer than {self.longest} characters")
        return quote(value, safe="")

    def decode(self, text: str) -> str:
        value = unquote(text, errors="strict")
        if self.encode(value) != text:
            raise ValueError("the text is not percent-encoded the way it is written here")
        return value


@dataclass(frozen=True)
class Number:
    """A whole number from `least` to `most`, neither below zero."""

    least: int
    most: int

    def encode(self, value: int) -> str:
        if not self.least <= value <= self.most:
            raise ValueError(f"{value} is not between {self.least} and {self.most}")
        return str(value)

    def decode(self, text: str) -> int:
        if not _WHOLE.fullmatch(text):
            raise ValueError(f"{text[:40]!r} is no whole number")
        self.encode(int(text))
        return int(text)


@dataclass(frozen=True)
class Stamped(Generic[T]):
    """A moment and a value of another codec, as (moment, value): of several, the newest is the largest.

    `unsaid` is the one value that a moment by itself stands for.
    """

    codec: Codec[T]
    unsaid: T | None = None

    def encode(self, value: tuple[datetime, T]) -> str:
        moment = _TIMESTAMP.encode(value[0])
        return moment if value[1] == self.unsaid else f"{moment}.{self.codec.encode(value[1])}"

    def decode(self, text: str) -> tuple[datetime, T]:
        moment, dot, rest = text.partition(".")
        if not dot and self.unsaid is not None:
            return _TIMESTAMP.decode(moment), self.unsaid
        if not dot:
            raise ValueError(f"{text[:40]!r} has no dot between its moment and its value")
        return _TIMESTAMP.decode(moment), self.codec.decode(rest)


class Opaque:
    """The text of a cookie that others write and read; it is described here, never interpreted."""

    def encode(self, value: str) -> str:
        return value

    decode = encode
