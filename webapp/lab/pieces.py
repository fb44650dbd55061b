"""A `Set-Cookie` line by its parts: to change some of them, and to show what was changed."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile, takewhile

from webapp.useragent import Step

Piece = tuple[str | None, str | None]  # what stood between two semicolons, and what stands there now

# Attributes of today, and of RFC 2109 and 2965, which some servers still write.
_ATTRIBUTES = {
    *("expires", "max-age", "domain", "path", "secure", "httponly", "samesite", "partitioned", "priority"),
    *("version", "comment", "commenturl", "discard", "port"),
}
# What a line loses by each rule that ignores an attribute.
_IGNORES = {
    "expires-unreadable": "expires",
    "max-age-unreadable": "max-age",
    "same-site-unknown": "samesite",
    "path-ignored": "path",
}


def attribute(part: str) -> str:
    """Return the name of the attribute that a part is, in small letters."""
    return part.partition("=")[0].strip(" \t").lower()


def tail(line: str, name: str = "") -> list[str]:
    """Return the parts that were meant as the value's: they follow its semicolon at once, and nobody knows them.

    `name` is the attribute whose value is meant, "" for the pair in front.
    """
    parts = line.split(";")
    if name:
        parts = [*dropwhile(lambda part: attribute(part) != name, parts[1:])]
    return list(takewhile(lambda part: attribute(part[:1]) and attribute(part) not in _ATTRIBUTES, parts[1:]))


def change(line: str, changes: Mapping[str, str | None]) -> list[Piece]:
    """Return a line with some attributes written otherwise, or (None) not at all; "" is the pair in front.

    Of an attribute that is written twice the last one counts (RFC 6265bis section 5.7): the others go.
    """
    pair, *parts = line.split(";")
    pieces: list[Piece] = [(pair, changes.get("", pair))]
    last = {attribute(part): place for place, part in enumerate(parts)}
    for place, part in enumerate(parts):
        name = attribute(part)
        if not name or name not in changes:
            pieces.append((part, part))
        elif (text := changes[name]) is None or last[name] != place:
            pieces.append((part, None))
        else:
            pieces.append((part, part if part.strip() == text else f" {text}"))
    pieces += [(None, f" {text}") for name, text in changes.items() if name and text and name not in last]
    return pieces


def lost(line: str, steps: Iterable[Step]) -> list[Piece]:
    """Return a line without what a browser ignored of it, by the steps that changed it."""
    changes: dict[str, str | None] = {}
    for step in steps:
        if step.rule.key == "semicolon":
            changes |= {attribute(part): None for part in tail(line)}
        elif step.rule.key == "other-value":
            changes[""] = str(step.values["pair"])
        elif name := _IGNORES.get(step.rule.key):
            changes[name] = None
    return change(line, changes)


def written(pieces: Iterable[Piece]) -> str:
    """Return the line as it is now."""
    return ";".join(new for _, new in pieces if new is not None)


def marks(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield a line bit by bit, each with "del" for what is gone, "ins" for what is new, "" for what stays."""
    for place, (old, new) in enumerate(pieces):
        before, after = (";" * bool(place) + text if text is not None else "" for text in (old, new))
        start = _alike(before, after)
        end = _alike(before[start:][::-1], after[start:][::-1])
        yield "", after[:start]
        yield "del", before[start : len(before) - end]
        yield "ins", after[start : len(after) - end]
        yield "", after[len(after) - end :]


def _alike(first: str, second: str) -> int:
    """Return in how many letters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda each: each[0] == each[1], zip(first, second, strict=False)))
