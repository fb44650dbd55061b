"""The cookies of the course: where somebody is, and what they have done."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from webapp.cookies import Category, Cookie
from webapp.house import house
from webapp.i18n import N_, gettext

from .lesson import CHALLENGE

KEY = "[a-z]{2,12}"
MOST_STEPS = 8


@dataclass(frozen=True)
class Place:
    """A step under way, 0 at the end of a lesson: `since` is the number of the last exchange before it.

    In a step that takes many pages, that of a later one, by which so many `parts` of the step were done.
    `said` has a sign for each step of the lesson from the first: the number of the answer that was given to its
    question, a letter in its place where it was then asked to be shown; `s` where it was shown without an answer, `-`
    for neither.
    """

    lesson: str
    step: int
    since: int
    said: str = ""
    parts: int = 0

    def answer(self, number: int) -> int | None:
        """Return the answer that was given to the question of a step, None for none."""
        sign = self.said[number - 1 : number]
        return next((signs.index(sign) for signs in (_SAID, _SAID_AND_SHOWN) if sign and sign in signs), None)

    @property
    def shown(self) -> bool:
        """Tell whether somebody asked to be shown how the step under way is done."""
        return self.said[self.step - 1 : self.step] in tuple(f"{_SAID_AND_SHOWN}s")

    def say(self, answer: int) -> "Place":
        """Return the place with an answer to the question of the step under way."""
        return self._with((_SAID_AND_SHOWN if self.shown else _SAID)[answer])

    def show(self) -> "Place":
        """Return the place with its step shown."""
        answer = self.answer(self.step)
        return self._with("s" if answer is None else _SAID_AND_SHOWN[answer])

    def _with(self, sign: str) -> "Place":
        signs = list(self.said.ljust(self.step, "-"))
        signs[self.step - 1] = sign
        return replace(self, said="".join(signs))


_SAID, _SAID_AND_SHOWN = "0123", "abcd"


class PlaceCodec:
    """A place, written `lesson.step.since`, with what was said behind a tilde: `lesson.step.since~01-s`.

    Parts that are done stand behind the step: `lesson.step-parts.since`.
    Until 0.2 the one answer to the step under way stood behind a dot.
    """

    def encode(self, value: Place) -> str:
        said = value.said.rstrip("-")
        step = f"{value.step}-{value.parts}" if value.parts else value.step
        return f"{value.lesson}.{step}.{value.since}{said and '~'}{said}"

    def decode(self, text: str) -> Place:
        found = re.fullmatch(
            rf"({KEY})\.([0-{CHALLENGE}])(?:-([1-9][0-9]?))?\.(0|[1-9][0-9]{{0,15}})(?:\.([0-3])|~([-sa-d0-3]{{1,{CHALLENGE}}}))?",
            text,
            re.ASCII,
        )
        if not found:
            raise ValueError(f"{text[:40]!r} is no place in the course")
        place = Place(found[1], int(found[2]), int(found[4]), found[6] or "", int(found[3] or 0))
        return place.say(int(found[5])) if found[5] and place.step else place


class DoneCodec:
    """The steps done in each lesson, written `lesson.steps~lesson.steps`; of the steps, the first is the lowest bit.

    The challenge is the bit behind those of as many steps as a lesson may have. A step that was only shown, at an
    address where it can't be done, is its number below zero; where there are such, a second `.steps` has them.
    """

    def encode(self, value: Mapping[str, frozenset[int]]) -> str:
        found = []
        for lesson, steps in sorted(value.items()):
            done = {step for step in steps if step > 0}
            shown = {-step for step in steps if step < 0} - done
            if steps:
                found.append(f"{lesson}.{_bits(done)}" + (f".{_bits(shown)}" if shown else ""))
        return "~".join(found)

    def decode(self, text: str) -> dict[str, frozenset[int]]:
        done = {}
        for part in text.split("~") if text else ():
            found = re.fullmatch(rf"({KEY})\.([0-9a-f]{{2,3}})(?:\.([0-9a-f]{{2,3}}))?", part, re.ASCII)
            if not found:
                raise ValueError(f"{part[:40]!r} is no lesson with its steps")
            done[found[1]] = frozenset([*_steps(found[2]), *(-step for step in _steps(found[3] or "0"))])
        if self.encode(done) != text:
            raise ValueError("the lessons are not in the one form they are written in")
        return done


def _bits(steps: Iterable[int]) -> str:
    return f"{sum(1 << step - 1 for step in steps):02x}"


def _steps(bits: str) -> list[int]:
    return [step for step in range(1, CHALLENGE + 1) if int(bits, 16) >> step - 1 & 1]


def _is_at(key: str, place: Place) -> str:
    lesson = house().lessons.get(place.lesson)
    title = gettext(lesson.title) if lesson else place.lesson
    if not place.step:
        return gettext("You were in the lesson “%(title)s”.", title=title)
    return gettext("You are in the lesson “%(title)s”, at step %(step)s.", title=title, step=place.step)


def _has_done(key: str, done: Mapping[str, frozenset[int]]) -> str:
    steps = sum(0 < step < CHALLENGE for steps in done.values() for step in steps)
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
    purpose=N_("The steps of each lesson that you have done, and those that were shown. Only your browser keeps them."),
    does=N_("the steps that are ticked"),
    says=_has_done,
    aside=True,
    category=Category.NECESSARY,
    max_age=timedelta(days=400),
    codec=DoneCodec(),
    default={},
)
