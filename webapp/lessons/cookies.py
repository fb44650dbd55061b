"""The cookies of the course: where somebody is, and what they have done."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from webapp.cookies import Category, Cookie
from webapp.house import house
from webapp.i18n import N_, gettext

KEY = "[a-z]{2,12}"
MOST_STEPS = 8


@dataclass(frozen=True)
class Place:
    """A step under way: `since` is the number of the last exchange before it, `guess` the answer given to it."""

    lesson: str
    step: int
    since: int
    guess: int | None = None


class PlaceCodec:
    """A place, written `lesson.step.since`, with a guess `lesson.step.since.guess`."""

    def encode(self, value: Place) -> str:
        guess = "" if value.guess is None else f".{value.guess}"
        return f"{value.lesson}.{value.step}.{value.since}{guess}"

    def decode(self, text: str) -> Place:
        found = re.fullmatch(rf"({KEY})\.([1-{MOST_STEPS}])\.(0|[1-9][0-9]{{0,15}})(?:\.([0-3]))?", text, re.ASCII)
        if not found:
            raise ValueError(f"{text[:40]!r} is no place in the course")
        return Place(found[1], int(found[2]), int(found[3]), found[4] and int(found[4]))


class DoneCodec:
    """The steps done in each lesson, written `lesson.steps~lesson.steps`; of the steps, the first is the lowest bit."""

    def encode(self, value: Mapping[str, frozenset[int]]) -> str:
        return "~".join(
            f"{lesson}.{sum(1 << step - 1 for step in steps):02x}" for lesson, steps in sorted(value.items()) if steps
        )

    def decode(self, text: str) -> dict[str, frozenset[int]]:
        done = {}
        for part in text.split("~") if text else ():
            if not re.fullmatch(rf"{KEY}\.[0-9a-f]{{2}}", part, re.ASCII):
                raise ValueError(f"{part[:40]!r} is no lesson with its steps")
            lesson, _, steps = part.partition(".")
            done[lesson] = frozenset(step for step in range(1, MOST_STEPS + 1) if int(steps, 16) >> step - 1 & 1)
        if self.encode(done) != text:
            raise ValueError("the lessons are not in the one form they are written in")
        return done


def _is_at(key: str, place: Place) -> str:
    lesson = house().lessons.get(place.lesson)
    title = gettext(lesson.title) if lesson else place.lesson
    return gettext("You are in the lesson “%(title)s”, at step %(step)s.", title=title, step=place.step)


def _has_done(key: str, done: Mapping[str, frozenset[int]]) -> str:
    steps = sum(map(len, done.values()))
    return gettext("Lessons begun: %(lessons)s; steps done: %(steps)s.", lessons=len(done), steps=steps)


LESSON = Cookie(
    name="lesson",
    purpose=N_("The lesson you are in, and its step, so that every page can show what to do next."),
    does=N_("what to do next in the lesson"),
    says=_is_at,
    aside=True,
    category=Category.NECESSARY,
    max_age=timedelta(days=30),
    codec=PlaceCodec(),
)
LEARNT = Cookie(
    name="learnt",
    purpose=N_("The steps of each lesson that you have done. Only your browser keeps them."),
    does=N_("the steps that are ticked"),
    says=_has_done,
    aside=True,
    category=Category.NECESSARY,
    max_age=timedelta(days=400),
    codec=DoneCodec(),
    default={},
)
