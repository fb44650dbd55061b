"""What a certificate states: the steps that somebody's cookie says they have done, and no more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .lesson import CHALLENGE, Lesson


@dataclass(frozen=True)
class Done:
    """A lesson of which something was done: how many of its steps, and whether its challenge."""

    lesson: Lesson
    steps: int
    challenge: bool


def certify(lessons: Iterable[Lesson], done: Mapping[str, Collection[int]]) -> list[Done]:
    """Return what was done of the lessons and steps that there are; whatever else the cookie says is left out."""
    found = []
    for lesson in lessons:
        numbers = done.get(lesson.key, ())
        steps, challenge = len(lesson.among(numbers)), CHALLENGE in numbers and lesson.challenge is not None
        if steps or challenge:
            found.append(Done(lesson, steps, challenge))
    return found
