"""An instructor's own lessons: files in a folder outside, each in one language, read when the site starts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import repeat
from pathlib import Path
from runpy import run_path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from babel import UnknownLocaleError

from webapp.address import ROLES
from webapp.i18n import Spoken, locale
from webapp.useragent import ENGINES

from .cookies import KEY, MOST_STEPS
from .lesson import Lesson, Seen, Step
from .needs import NEEDS

_TEXTS = {
    "title", "idea", "exit", "do", "watch", "why", "note", "hint", "ask", "answers", "text", "part", "stays", "troubles"
}  # fmt: skip


def load(folder: str, taken: Mapping[str, Lesson]) -> dict[str, Lesson]:
    """Return the lessons in the files of a folder, by their keys, beside those that are `taken`.

    SystemExit with a sentence for each thing that is wrong: the file, the step, and what to do.
    """
    lessons: dict[str, Lesson] = {}
    wrong: list[str] = []
    for file in sorted(Path(folder).glob("*.py")):
        try:
            lesson, language = _read(file)
            problems = list(_wrong_kinds(lesson)) or list(_problems(lesson, file.stem, taken))
            if not problems:
                lessons[lesson.key] = _spoken(lesson, language)
        except (Exception, SystemExit) as error:  # whatever a file of somebody else's does
            problems = [f"it can't be read: {type(error).__name__}: {error}"]
        wrong += [f"{file.name}: {problem}" for problem in problems]
    if wrong:
        raise SystemExit("\n".join(wrong))
    return dict(sorted(lessons.items(), key=lambda entry: entry[1].order))


def _read(file: Path) -> tuple[Lesson, str]:
    names = run_path(str(file))
    lesson = names.get("LESSON")
    if not isinstance(lesson, Lesson):
        raise ValueError("a lesson's file says LESSON = Lesson(...)")
    language = names.get("LANGUAGE", "en")
    try:
        locale(language)
    except (UnknownLocaleError, ValueError, TypeError):
        raise ValueError(f"LANGUAGE = {language!r} is no language; write its code, such as 'de'") from None
    return lesson, language


def _wrong_kinds(thing: Any, where: str = "") -> Iterator[str]:
    """Yield what is of another kind than its word asks for, such as a text in the place of a tuple."""
    for name, kind in get_type_hints(type(thing)).items():
        value = getattr(thing, name)
        if not _is_of(value, kind):
            words = "a tuple, such as (one,) or (one, two)" if get_origin(kind) is tuple else f"of the kind {kind}"
            yield f"{where}{name} is {value!r}, and has to be {words}"
            continue
        for number, part in enumerate(value if isinstance(value, tuple) else (value,), 1):
            if is_dataclass(part):
                step = f"{'step' if name == 'steps' else name} {number}: "
                yield from _wrong_kinds(part, where + (step if isinstance(value, tuple) else f"{name}: "))


def _is_of(value: Any, kind: Any) -> bool:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return any(_is_of(value, part) for part in parts)
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        kinds = repeat(parts[0]) if parts[-1] is Ellipsis else parts
        return (parts[-1] is Ellipsis or len(value) == len(parts)) and all(map(_is_of, value, kinds))
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            _is_of(key, parts[0]) and _is_of(value[key], parts[1]) for key in value
        )
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _spoken(thing: Any, language: str) -> Any:
    """Return the same with all of its texts in that language."""
    if isinstance(thing, tuple):
        return tuple(_spoken(each, language) for each in thing)
    if isinstance(thing, str):
        text = Spoken(thing)
        text.language = language
        return text
    if not is_dataclass(thing):
        return thing
    changed = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        texts = field.name in _TEXTS or (field.name == "needs" and isinstance(thing, Lesson))
        if texts or (not isinstance(value, str) and _holds_words(value)):
            changed[field.name] = _spoken(value, language)
    return replace(thing, **changed)


def _holds_words(value: Any) -> bool:
    return is_dataclass(value) or (isinstance(value, tuple) and any(map(is_dataclass, value)))


def _problems(lesson: Lesson, name: str, taken: Mapping[str, Lesson]) -> Iterator[str]:
    if lesson.key != name:
        yield f"its key is {lesson.key!r}; write key={name!r}, as the file is called"
    if not re.fullmatch(KEY, lesson.key):
        yield f"its key is {lesson.key!r}; call the file by 2 to 12 letters from a to z"
    if lesson.key in taken:
        yield f"there is a lesson {lesson.key!r} already; call yours otherwise"
    if not (lesson.title and lesson.idea and lesson.minutes > 0):
        yield "it needs a title, an idea, and minutes"
    if lesson.hard not in (1, 2, 3):
        yield f"hard={lesson.hard} is none of 1, 2 and 3"
    if not 1 <= len(lesson.steps) <= MOST_STEPS:
        yield f"it has {len(lesson.steps)} steps; from 1 to {MOST_STEPS} are shown"
    for number, step in enumerate(lesson.steps, 1):
        yield from (f"step {number}: {problem}" for problem in _problems_of_step(step))
    if lesson.challenge:
        yield from (f"challenge: {problem}" for problem in _problems_of_step(lesson.challenge))


def _is_empty(seen: Seen) -> bool:
    return replace(seen, part="") == Seen()


def _problems_of_step(step: Step) -> Iterator[str]:
    if not step.at.startswith("/") or step.at.startswith("//"):
        yield f"at={step.at!r} is no page of this site; begin it with one /"
    if not all(step.wishes(engine) for engine in ENGINES) or any(map(_is_empty, step.seen)):
        yield "it waits for nothing; write into seen what has to cross the wire"
    if any(_is_empty(instead.seen) for instead in step.instead):
        yield "an instead fits whatever happens; write into its seen what learners do"
    if not step.acts:
        yield "nothing does it; write into acts what a learner does, so that it can be tried"
    for need in step.needs:
        if need not in NEEDS:
            yield f"needs={need!r} is no need; there are {', '.join(NEEDS)}"
    for role in step.hosts:
        if role not in ROLES:
            yield f"hosts={role!r} is no role of the lab's; there are {', '.join(ROLES)}"
    question = step.question
    if question and not 2 <= len(question.answers) <= 4:
        yield f"its question has {len(question.answers)} answers; write 2 to 4"
    elif question and not 0 <= question.right < len(question.answers):
        yield f"right={question.right} is none of its answers; they are counted from 0"
