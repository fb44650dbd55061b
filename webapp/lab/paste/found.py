"""What was pasted, and what is found in it. Header text is one character an octet, as everywhere."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from webapp.cookies import pair
from webapp.cookies.header import parse
from webapp.useragent.urls import locate

# Each attribute that a browser knows, as it is written, by its name in lower case.
ATTRIBUTES = {
    name.lower(): name
    for name in ("Expires", "Max-Age", "Domain", "Path", "Secure", "HttpOnly", "SameSite", "Partitioned", "Priority")
}


@dataclass(frozen=True)
class Found:
    """One cookie: `set` by a header line, `kept` in a store, or `sent` with a request.

    `line` is its Set-Cookie line: of a kept one the line that would set it, of a sent one name and value alone. `url`
    is where it was set, belongs or went, without query; "" where that is not told.
    """

    kind: Literal["set", "kept", "sent"]
    line: str
    url: str = ""


class Source:
    """The text as each reader needs it; readers leave words in `notes`."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").strip()
        self.notes: dict[str, None] = {}

    @cached_property
    def octets(self) -> str:
        """The text as the octets of its UTF-8."""
        return octets(self.text)

    @cached_property
    def rows(self) -> list[str]:
        """The lines, as octets, without the space around them."""
        return [row.strip(" \t") for row in re.split("\r\n|\r|\n", self.octets)]

    @cached_property
    def json(self) -> Any:
        """The text read as JSON; None for what is none, or nested too deep."""
        try:
            return json.loads(self.text) if self.text.startswith(("{", "[")) else None
        except (ValueError, RecursionError):
            return None


def octets(text: str) -> str:
    """Return a text as the octets of its UTF-8."""
    return text.encode("utf-8", "replace").decode("latin-1")


def address(url: str) -> str:
    """Return an address without its query, which may hold secrets; "" for what is none."""
    location = locate(url)
    return location.origin + location.path if location else ""


def sent(header: str, url: str) -> list[Found]:
    """Return the cookies of a Cookie header."""
    return [Found("sent", pair(*each), url) for each in parse(header)]
