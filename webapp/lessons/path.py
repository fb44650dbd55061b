"""Somebody's way through the course: where they are, what they have done, and the cookies that a step begins with."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from flask import Flask, current_app, request
from werkzeug.exceptions import ServiceUnavailable

from webapp import wire
from webapp.address import parties
from webapp.cookies import Family, registry
from webapp.house import house
from webapp.sandbox import Sandbox
from webapp.signals import choice_made, step_begun
from webapp.wire.record.exchange import Exchange
from webapp.wire.record.store import KEPT

from .cookies import LEARNT, LESSON, Place
from .judge import Judgement, judge
from .lesson import Lesson, Open, Step
from .needs import is_out_of_reach

_RESTS = 60  # seconds until it is worth to ask again


def under_way() -> tuple[Lesson, Place, Step] | None:
    """Return the lesson that the visitor is in, where, and its step; None for nobody's, or for one that is gone."""
    place = LESSON.get()
    lesson = place and house().lessons.get(place.lesson)
    step = lesson and lesson.step(place.step)
    return (lesson, place, step) if step else None


def judgement(*now: Exchange) -> Judgement:
    """Return what the wire says of the step under way: the record since it began, and what happens `now`."""
    _, place, step = under_way()
    kept, out_of_reach = wire.recorded(), is_out_of_reach(step)
    if kept is None:
        return Judgement("waiting", blind=not out_of_reach)
    since = [exchange for exchange in (*_since(place, kept), *now) if not house().is_aside(exchange.path)]
    judged = judge(step, since, place.parts)
    # What is done may have ended what it took.
    return judged if judged.state == "done" or not out_of_reach else Judgement("waiting")


def keep() -> None:
    """Keep in the visitor's cookie how far the step under way is, before the record lets go of what showed it."""
    place, kept = LESSON.get(), wire.recorded() or {}
    if len(_since(place, kept)) > KEPT // 2 and (parts := judgement().parts) != place.parts:
        LESSON.set(replace(place, since=max(kept), parts=parts))


def _since(place: Place, kept: Mapping[int, Exchange]) -> list[Exchange]:
    return [exchange for number, exchange in kept.items() if number > place.since]


def first_address(step: Step) -> str | None:
    """Return where a step is done; None where this installation has no host for a role of the lab's."""
    first = step.acts[0]
    try:
        address = first.path.format(**parties()) if isinstance(first, Open) else step.at
    except (KeyError, IndexError, ValueError):  # a role that nobody has; or braces of somebody else's
        return None
    return request.script_root + address if address.startswith("/") else address


def begin(lesson: Lesson, number: int) -> Step:
    """Go to a step, and set what is missing of what stands when it begins; what was done before is noted.

    ServiceUnavailable while the record can't be reached: what counts from here on could not be told from what was.
    """
    note()
    step, place = lesson.step(number), LESSON.get()
    _prepare(step)
    said = place.said if place and place.lesson == lesson.key else ""
    kept = wire.recorded()
    if kept is None:
        raise ServiceUnavailable(retry_after=_RESTS)
    LESSON.set(Place(lesson.key, number, max(kept, default=0), said))
    _tell(lesson, number)
    return step


def learnt() -> Mapping[str, frozenset[int]]:
    """Return what is done and what was shown of each lesson: the step under way as soon as it is, not when one goes on.

    What can't be done here counts as shown: by a recording, or by why it would be so.
    """
    kept = LEARNT.get()
    if not under_way():
        return kept
    lesson, place, step = under_way()
    steps = kept.get(lesson.key, frozenset())
    if judgement().state == "done":
        steps = steps - {-place.step} | {place.step}
    elif is_out_of_reach(step) and place.step not in steps:
        steps = steps | {-place.step}
    return {**kept, lesson.key: steps} if steps else kept


def note() -> None:
    """Keep in the visitor's cookie what is done and shown of the step under way.

    ServiceUnavailable while nobody can tell: who went on would lose it.
    """
    if under_way() and judgement().blind:
        raise ServiceUnavailable(retry_after=_RESTS)
    if (now := learnt()) != LEARNT.get():
        LEARNT.set(now)


def said(lesson: Lesson, number: int, answer: int | None) -> None:
    """Keep the visitor's answer to the question of a step, with None that it was to be shown.

    Another tab may be in another lesson: whoever answers is in this one from now on.
    """
    place = LESSON.get()
    if not place or (place.lesson, place.step) != (lesson.key, number):
        begin(lesson, number)
        place = LESSON.get()
    LESSON.set(place.show() if answer is None else place.say(answer))


def leave() -> None:
    """End the lesson under way; what was done stays."""
    note()
    if under_way():
        _tell(under_way()[0], 0)
    LESSON.delete()


def finish(lesson: Lesson) -> None:
    """End a lesson at its end; what was said in it stays, so that the end can tell."""
    note()
    place = LESSON.get()
    LESSON.set(Place(lesson.key, 0, 0, place.said if place and place.lesson == lesson.key else ""))
    _tell(lesson, 0)


def is_finished(lesson: Lesson, done: Mapping[str, frozenset[int]]) -> bool:
    """Tell whether all steps of a lesson are done, or were shown where they can't be."""
    steps = done.get(lesson.key, frozenset())
    return len(lesson.among(steps) | lesson.shown(steps)) == len(lesson.steps)


def parted(done: Mapping[str, frozenset[int]]) -> tuple[list[Lesson], list[Lesson], list[Lesson]]:
    """Return the lessons that are finished, those that stand on finished ones alone, and the others."""
    lessons = house().lessons
    finished = [lesson for lesson in lessons.values() if is_finished(lesson, done)]
    left = [lesson for lesson in lessons.values() if lesson not in finished]
    ready = [lesson for lesson in left if all(lessons[key] in finished for key in lesson.after if key in lessons)]
    return finished, ready, [lesson for lesson in left if lesson not in ready]


def forget(chosen: list[Lesson]) -> None:
    """Take back what was done in lessons, and the cookies that they made."""
    keys = {lesson.key for lesson in chosen}
    LEARNT.set({key: steps for key, steps in LEARNT.get().items() if key not in keys})
    LESSON.delete()
    clean(chosen)


def clean(chosen: list[Lesson]) -> None:
    """Take away the cookies that lessons made."""
    for lesson in chosen:
        for line in lesson.makes:
            _delete(line)


def _tell(lesson: Lesson, number: int) -> None:
    step_begun.send(current_app._get_current_object(), lesson=lesson.key, step=number)


def _prepare(step: Step, *, again: bool = False) -> None:
    for line in step.state:
        _set(line, again=again)
    if step.bench in house().benches:
        house().benches[step.bench]()


@choice_made.connect
def _prepare_again(sender: Flask) -> None:
    """Set what the choice before had held back, or kept for the browser's session only."""
    if under_way():
        _prepare(under_way()[2], again=True)


def _set(line: str, *, again: bool) -> None:
    name, _, value = line.partition(";")[0].partition("=")
    cookie = registry().find(name)
    if cookie is None:
        return  # a lesson of somebody's own may name what is not there; its check says so
    if isinstance(cookie, Sandbox):
        cookie.send_all([line])  # where visitors have filled the place for such cookies, the step goes on without
        return
    cookie = cookie[name.removeprefix(cookie.name)] if isinstance(cookie, Family) else cookie
    held = cookie.get()
    if held == cookie.default:
        with suppress(ValueError):
            cookie.set(cookie.codec.decode(value))
    elif again:
        cookie.set(held)


def _delete(line: str) -> None:
    name, _, attributes = line.partition(";")
    cookie = registry().find(name)
    if isinstance(cookie, Sandbox):
        cookie.send_all([f"{name}=; Max-Age=0;{attributes}"])
    elif isinstance(cookie, Family):
        key = name.removeprefix(cookie.name)
        cookie[key].delete() if key else cookie.clear()
    elif cookie:
        cookie.delete()
