"""What a certificate states: the steps that somebody's cookie says they have done, and no more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .lesson import CHALLENGE, Lesson


@dataclass(frozen=True)
class Done:
    """A lesson of which something was done: how many of its steps, whether its challenge, how many were but shown."""

    lesson: Lesson
    steps: int
    challenge: bool
    shown: int = 0


def certify(lessons: Iterable[Lesson], done: Mapping[str, Collection[int]]) -> list[Done]:
    """Return what was done of the lessons and steps that there are; whatever else the cookie says is left out."""
    found = []
    for lesson in lessons:
        numbers = done.get(lesson.key, ())
        challenge = CHALLENGE in numbers and lesson.challenge is not None
        steps, shown = len(lesson.among(numbers)), len(lesson.shown(numbers))
        if steps or challenge or shown:
            found.append(Done(lesson, steps, challenge, shown))
    return found
