"""Content beside the code that reads it: a TOML file becomes frozen dataclasses, and each word in it is checked.

A mistake in such a file stops the start and says where it stands.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, get_args, get_origin

# What stands under these keys is read by people, and translated: tables and arrays below them included.
TEXTS = {"about", "description", "name", "story", "text", "title"}
_WORDS = {list: "an array", dict: "a table", str: "text", int: "a whole number", bool: "true or false"}


def read(path: Path, kind: Any, key: str = "", /, **given: Any) -> Any:
    """Return what a file holds, or its one `key`: a dataclass, a `tuple[kind, ...]` or a `dict[str, kind]` of them.

    The name of a table in a dict is the first field of its dataclass, and `given` are fields that all have in common;
    a `timedelta` is a table such as `{days = 1, hours = 3}`. ValueError names file and entry of what does not fit.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    if not key:
        return _made(kind, found, f"{path}:", given)
    if set(found) != {key}:
        raise ValueError(f"{path}: it has {', '.join(found) or 'nothing'} where it should have {key} alone")
    return _made(kind, found[key], f"{path}: {key}", given)


def _made(kind: Any, value: Any, where: str, given: dict[str, Any]) -> Any:
    shape = get_origin(kind) or kind
    expected = {tuple: list, str: str, int: int, bool: bool}.get(shape, dict)
    if type(value) is not expected:
        raise ValueError(f"{where} is {value!r} where it should be {_WORDS[expected]}")
    if shape is tuple:
        return tuple(_made(get_args(kind)[0], each, f"{where} {n}", given) for n, each in enumerate(value, 1))
    if shape is dict:
        inner = get_args(kind)[1]
        first = fields(inner)[0].name if is_dataclass(inner) else None
        return {
            name: _made(inner, each, f"{where} {name}", {**given, first: name} if first else given)
            for name, each in value.items()
        }
    if is_dataclass(kind):
        return _entry(kind, value, where, given)
    if shape is not timedelta:
        return value
    if not value or any(unit not in ("days", "hours", "minutes") or type(n) is not int for unit, n in value.items()):
        raise ValueError(f"{where} is {value!r} where it should have days, hours, minutes as whole numbers")
    return timedelta(**value)


def _entry(kind: Any, table: dict[str, Any], where: str, given: dict[str, Any]) -> Any:
    known = {field.name: field for field in fields(kind) if field.name not in given}
    missing = [name for name, field in known.items() if field.default is MISSING and name not in table]
    if missing or table.keys() - known:
        wrong = ", ".join([*(f"no {name}" for name in missing), *(f"an unknown {n}" for n in table if n not in known)])
        raise ValueError(f"{where} has {wrong}")
    made = {name: _made(known[name].type, value, f"{where} {name}", {}) for name, value in table.items()}
    return kind(**given, **made)


def extract(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[int, None, str, list]]:
    """Yield the texts of a TOML file, for Babel."""
    for text in _texts(tomllib.load(file), False):
        yield 1, None, text, []


def _texts(value: Any, read_by_people: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, read_by_people or key in TEXTS)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, read_by_people)
    elif isinstance(value, str) and read_by_people:
        yield value
