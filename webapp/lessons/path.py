"""Somebody's way through the course: where they are, what they have done, and the cookies that a step begins with."""

from dataclasses import replace

from flask import current_app, request

from webapp.cookies import Family, registry
from webapp.house import house
from webapp.sandbox import Sandbox
from webapp.signals import step_begun
from webapp.wire import recorded
from webapp.wire.record.exchange import Exchange

from .cookies import LEARNT, LESSON, Place
from .judge import Judgement, judge
from .lesson import Lesson, Open, Step


def under_way() -> tuple[Lesson, Place] | None:
    """Return the lesson that the visitor is in, and where; None for nobody's, or for one that is gone by now."""
    place = LESSON.get()
    lesson = place and house().lessons.get(place.lesson)
    return (lesson, place) if lesson and place.step <= len(lesson.steps) else None


def judgement(*now: Exchange) -> Judgement:
    """Return what the wire says of the step under way: the record since it began, and what happens `now`."""
    lesson, place = under_way()
    since = [exchange for number, exchange in recorded().items() if number > place.since]
    seen = [exchange for exchange in (*since, *now) if not house().is_aside(exchange.path)]
    return judge(lesson.steps[place.step - 1], seen)


def first_address(step: Step) -> str | None:
    """Return where a step is done; None where this installation has no host for a role of the lab's."""
    first = step.acts[0]
    try:
        address = first.path.format(**house().roles) if isinstance(first, Open) else step.at
    except KeyError:
        return None
    return request.script_root + address if address.startswith("/") else address


def begin(lesson: Lesson, number: int) -> Step:
    """Go to a step, and set what is missing of the cookies that stand when it begins; what was done is noted."""
    note()
    step = lesson.steps[number - 1]
    for line in step.state:
        _set(line)
    LESSON.set(Place(lesson.key, number, max(recorded(), default=0)))
    step_begun.send(current_app._get_current_object(), lesson=lesson.key, step=number)
    return step


def note() -> None:
    """Keep in the visitor's cookie that the step under way is done, if it is."""
    if under_way() and judgement().state == "done":
        lesson, place = under_way()
        done = LEARNT.get()
        LEARNT.set({**done, lesson.key: done.get(lesson.key, frozenset()) | {place.step}})


def guess(answer: int) -> None:
    """Keep the visitor's prediction for the step under way."""
    if under_way():
        LESSON.set(replace(LESSON.get(), guess=answer))


def leave() -> None:
    """End the lesson under way; what was done stays."""
    note()
    LESSON.delete()


def forget(chosen: list[Lesson]) -> None:
    """Take back what was done in lessons, and the cookies that they made."""
    keys = {lesson.key for lesson in chosen}
    LEARNT.set({key: steps for key, steps in LEARNT.get().items() if key not in keys})
    LESSON.delete()
    for lesson in chosen:
        for line in lesson.makes:
            _delete(line)


def _set(line: str) -> None:
    name, _, value = line.partition(";")[0].partition("=")
    cookie = registry().find(name)
    if isinstance(cookie, Sandbox):
        cookie.send_all([line])  # where visitors have filled the place for such cookies, the step goes on without
        return
    cookie = cookie[name.removeprefix(cookie.name)] if isinstance(cookie, Family) else cookie
    if cookie.get() == cookie.default:
        cookie.set(cookie.codec.decode(value))


def _delete(line: str) -> None:
    name, _, attributes = line.partition(";")
    cookie = registry().find(name)
    if isinstance(cookie, Sandbox):
        cookie.send_all([f"{name}=; Max-Age=0;{attributes}"])
    elif isinstance(cookie, Family):
        key = name.removeprefix(cookie.name)
        cookie[key].delete() if key else cookie.clear()
    else:
        cookie.delete()
