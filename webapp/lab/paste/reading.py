"""Recognises what was pasted, and reads the cookies in it: no network, no clock, and no text raises."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import commands, files, headers
from .found import Found, Source

# The first that takes a text reads it; each returns None for what is not its own.
READERS: dict[str, Callable[[Source], list[Found] | None]] = {
    "har": files.har,
    "state": files.state,
    "objects": files.objects,
    "netscape": files.netscape,
    "verbose": headers.verbose,
    "curl": commands.curl,
    "headers": headers.lines,
    "code": commands.code,
    "values": headers.values,
    "pairs": headers.pairs,
}
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


@dataclass(frozen=True)
class Paste:
    """What was pasted: a key of READERS ("" where none took it), each cookie once, and words on how they were read.

    `problem` is the word for why there is no cookie: empty, binary, har-empty, har-clean, none, json or unknown.
    """

    format: str = ""
    cookies: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""


def read(text: str) -> Paste:
    """Return the cookies in a text, in their order: those that were set or kept first, those that were sent last."""
    source = Source(text)
    if not source.text:
        return Paste(problem="empty")
    if len(_NO_TEXT.findall(source.text)) > len(source.text) / 20 + 1:
        return Paste(problem="binary")
    for name, reads in READERS.items():
        if (found := reads(source)) is not None:
            return _paste(name, found, list(source.notes))
    broken = source.text.startswith(("{", "[")) and source.json is None
    return Paste(problem="json" if broken else "unknown")


def _paste(name: str, found: list[Found], notes: list[str]) -> Paste:
    if not found:
        return Paste(name, problem=next((note for note in notes if note.startswith("har-")), "none"))
    once: dict[tuple[str, ...], Found] = {}
    for each in found:
        # One that was sent to several addresses is one cookie; the first of them is told.
        once.setdefault((each.kind, each.line, "" if each.kind == "sent" else each.url), each)
    return Paste(name, tuple(sorted(once.values(), key=lambda each: each.kind == "sent")), tuple(notes))
