"""Walkthroughs: a bar on top of the real pages says what to do, and turns to done by what crossed the wire.

A lesson is one file in `course/`, found by looking.
"""

from importlib import import_module
from math import ceil
from pkgutil import iter_modules

from flask import Flask, render_template, url_for
from flask_login import current_user

from webapp import clock, wire
from webapp.cookies.direct import this_request
from webapp.house import Feature, Group, Place, Waiting, house
from webapp.i18n import N_, current_language, speaker
from webapp.wire.record.exchange import Exchange

from . import course
from .commands import lessons_commands
from .cookies import LEARNT, LESSON
from .lesson import Lesson
from .needs import NEEDS, is_out_of_reach, missing
from .own import load
from .path import first_address, is_finished, judgement, keep, under_way
from .recorded import recorded
from .views import bp

__all__ = ["LEARNT", "LESSON", "init_app"]


def init_app(app: Flask) -> Feature:
    """Hand over the pages, the lessons that are there, and the bar on every page of somebody who is in one."""
    wire.fill_in(app, "lesson", _bar)
    app.cli.add_command(lessons_commands)
    return Feature(
        title=N_("Lessons"),
        blueprints=(bp,),
        cookies=(LESSON, LEARNT),
        places=(Place(endpoint="lessons.index", title=N_("Learn"), menu=Group.COURSE),),
        above=_place_of_bar,
        waiting=_waiting,
        asking=_asking,
        aside=True,
        style="course.css",
        lessons=_lessons(app.config["LESSONS"]),
        needs=NEEDS,
    )


def _lessons(folder: str) -> dict[str, Lesson]:
    files = (import_module(f"{course.__name__}.{module.name}") for module in iter_modules(course.__path__))
    ours = {lesson.key: lesson for lesson in sorted((file.LESSON for file in files), key=lambda lesson: lesson.order)}
    return ours | (load(folder, ours) if folder else {})


def _place_of_bar() -> str:
    """Keep how far the step is, and return the bar's place; pages of the course have none, they say all of it."""
    if under_way() is None:
        return ""
    keep()
    return "" if this_request().blueprint == bp.name else "lessons/place.html"


def _asking() -> bool:
    """Tell whether the question of the step under way waits for its answer."""
    if not under_way():
        return False
    _, place, step = under_way()
    answered = place.shown or place.answer(place.step) is not None
    return bool(step.question) and not answered and not is_out_of_reach(step) and judgement().state == "waiting"


def _waiting() -> list[Waiting]:
    """Return the lesson to go on with; one that is under way says so itself, in its bar."""
    done = LEARNT.get()
    if not done or under_way():
        return []
    lessons, speak = house().lessons, speaker(current_language())
    left = [lesson for lesson in lessons.values() if not is_finished(lesson, done)]
    if not left:
        return []
    title = speak.gettext("Lesson %(number)s, %(title)s", number=left[0].order, title=speak.gettext(left[0].title))
    finished, all = speak.number(len(lessons) - len(left)), speak.number(len(lessons))
    more = speak.gettext("%(done)s of %(all)s lessons done", done=finished, all=all)
    return [Waiting(title, url_for("lessons.lesson", key=left[0].key), more)]


def _bar(exchange: Exchange) -> str:
    lesson, place, step = under_way()
    judged, until = judgement(exchange), current_user.late_until
    out_of_reach = is_out_of_reach(step) and judged.state != "done"
    return render_template(
        "lessons/bar.html",
        lesson=lesson,
        place=place,
        step=step,
        judgement=judged,
        wishes=step.wishes(exchange.engine),
        NEEDS=NEEDS,
        needs=[] if judged.parts else missing(step),  # a part may end what it took to begin: a log-out does
        address=first_address(step),
        out_of_reach=out_of_reach,
        recording=recorded(lesson.key, place.step) if out_of_reach else (),
        left=until and max(ceil((until - clock.now()).total_seconds()), 0),
    )
