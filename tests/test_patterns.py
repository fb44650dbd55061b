"""No pattern of the house takes long over a text: no two wildcards side by side, and each eats its own repeats."""

import ast
import re
import time
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from re import _compiler, _constants, _parser
from typing import Any

import webapp
from tests.test_house import PYTHON, ROOT

LONG = 8 * 1024  # octets; the longest text that a field or a header brings has eight times as many
LETTERS = ["a", "1", " ", "=", ";", '"', *map(chr, range(0x180)), "\u202e", "🍞"]
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_AROUND = (_constants.ASSERT, _constants.ASSERT_NOT)
_LONG_ENOUGH = 100  # times that make a repeat a wildcard


@cache
def patterns(app) -> dict[re.Pattern, tuple[str, set[str]]]:
    """Return each pattern with where it stands, and how it is asked: those of modules, of calls and of declarations."""
    found: dict[re.Pattern, tuple[str, set[str]]] = {}
    code = "\n".join(path.read_text("utf-8") for path in PYTHON)
    for info in walk_packages(webapp.__path__, "webapp."):
        for name, value in vars(import_module(info.name)).items() if ".migrations." not in info.name else ():
            if isinstance(value, re.Pattern):
                found[value] = f"{info.name}.{name}", {*re.findall(rf"\b{name}\.(\w+)", code)}
    for path in PYTHON:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and re.fullmatch(r"re\.(?!escape)\w+", ast.unparse(call.func)):
                rest = map(ast.unparse, (*call.args[1:], *call.keywords))
                flags = [part for part in rest if re.fullmatch(r"(flags=)?(re\.[A-Z]+( \| )?)+", part)]
                written = f"re.compile({', '.join([ast.unparse(call.args[0]), *flags])})"
                try:
                    pattern = eval(written, {"re": re, **vars(import_module(module))})
                except (NameError, AttributeError):  # its text is a variable, of a declaration say
                    assert not isinstance(call.args[0], ast.Constant), written
                else:
                    found.setdefault(pattern, (f"{module}:{call.lineno}", set()))[1].add(call.func.attr)
    for cookie in app.extensions["cookies"].registry:
        texts = [getattr(cookie, "key", None), getattr(cookie.codec, "pattern", None)]
        found |= {re.compile(text, re.ASCII): (f"the cookie {cookie.name}", {"fullmatch"}) for text in texts if text}
    return {pattern: each for pattern, each in found.items() if isinstance(pattern.pattern, str)}


def letters(item: Any, parsed: _parser.SubPattern) -> set[str]:
    """Return the letters of LETTERS that one part of a pattern matches alone."""
    alone = _compiler.compile(_parser.SubPattern(parsed.state, [item]), parsed.state.flags)
    return {letter for letter in LETTERS if alone.fullmatch(letter)}


def parts(item: Any) -> Iterator[Any]:
    """Yield the sequences that stand in a part of a pattern."""
    kind, value = item
    if kind is _constants.SUBPATTERN:
        yield value[-1]
    elif kind in _REPEATS:
        yield value[2]
    elif kind is _constants.BRANCH:
        yield from value[1]
    elif kind in _AROUND:
        yield value[1]


def side_by_side(items: Iterable[Any], parsed: _parser.SubPattern, before: set[str]) -> tuple[set[str], bool]:
    """Return the letters that a wildcard at the end of these parts takes, and whether two stood side by side.

    `before` are those that a wildcard in front of them takes.
    """
    found = False
    for item in items:
        kind, value = item
        if kind in _REPEATS and value[1] >= _LONG_ENOUGH:
            own = letters((kind, (1, 1, value[2])), parsed)
            inner, inside = side_by_side(value[2], parsed, set())
            # A wildcard in a wildcard is its own neighbour, where nothing has to stand between.
            again = bool(inner) and side_by_side(value[2], parsed, inner)[1]
            found |= inside or again or bool(own & before)
            before = own | (before if value[0] == 0 else set())
        elif kind is _constants.POSSESSIVE_REPEAT:  # gives nothing back
            before = before if value[0] == 0 else set()
        elif kind is _constants.AT or kind in _AROUND:
            continue
        else:
            ends = [side_by_side(each, parsed, before) for each in parts(item)]
            found |= any(each for _, each in ends)
            empty = kind in _REPEATS and value[0] == 0
            before = set().union(before if empty else (), *(letters for letters, _ in ends))
    return before, found


def example(items: Iterable[Any], parsed: _parser.SubPattern) -> str:
    """Return a short text that these parts match, or nearly."""
    text = ""
    for item in items:
        kind, value = item
        within = next(parts(item), None)
        if kind in _REPEATS:
            text += example(value[2], parsed) * max(value[0], 1)
        elif within is not None:
            text += "" if kind in _AROUND else example(within, parsed)
        elif found := letters(item, parsed):
            text += min(found, key=LETTERS.index)
    return text


def repeats(items: Iterable[Any], parsed: _parser.SubPattern, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what stands before it, one round of it) for each wildcard, and each letter of some that it takes."""
    for item in items:
        kind, value = item
        if kind in _REPEATS and value[1] >= _LONG_ENOUGH:
            yield before, example(value[2], parsed)
            alone = letters((kind, (1, 1, value[2])), parsed)
            yield from ((before, letter) for letter in [*LETTERS[:6], *"\t/-,."] if letter in alone)
        for within in parts(item):
            yield from repeats(within, parsed, before)
        before += example([item], parsed)


def test_no_two_wildcards_stand_side_by_side(app):
    """Where two could part the same letters between them in many ways, every way is tried."""
    found = patterns(app)
    parsed = {pattern: _parser.parse(pattern.pattern, pattern.flags) for pattern in found}
    wrong = [found[pattern][0] for pattern, each in parsed.items() if side_by_side(each, each, set())[1]]
    assert wrong == []
    for text in (r"[ \t]*(/.*?)[ \t]*", "a*a*", "(a+)+", "(?:a|b*)*", "a*(?:x?)(a+)b", "a*(b|a*)"):
        parsed = _parser.parse(text)
        assert side_by_side(parsed, parsed, set())[1], text
    for text in (r"[ \t]*=[ \t]*", "a*b*", "(a+,)+", "a*+a*", "(a{1,9}){1,9}"):
        parsed = _parser.parse(text)
        assert not side_by_side(parsed, parsed, set())[1], text


def test_each_pattern_eats_its_own_repeats(app):
    """8 KB of a pattern's own repeats, with an end that does not fit, cost next to nothing as it is asked."""
    number, slow = 0, set()
    for pattern, (place, asks) in patterns(app).items():
        parsed = _parser.parse(pattern.pattern, pattern.flags)
        for ask in {asks_of if asks_of in ("fullmatch", "match") else "search" for asks_of in asks - {"compile"}}:
            for before, unit in {*repeats(parsed, parsed), ("", example(parsed, parsed))}:
                for end in ("", "\0", "\n", "!x"):
                    began = time.process_time()
                    getattr(pattern, ask)(before + unit * (LONG // max(len(unit), 1)) + end)
                    number += 1
                    if time.process_time() - began > 0.1:
                        slow.add((place, ask, unit))
    assert number > 1000
    assert slow == set()
