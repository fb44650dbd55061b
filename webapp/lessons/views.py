"""The pages of the course, and the buttons of the bar."""

import re

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import clock
from webapp.address import parties
from webapp.house import house
from webapp.security import allow_forms_to, open_form, safe_path

from . import path
from .certificate import certify
from .cookies import LEARNT, LESSON
from .lesson import CHALLENGE, Lesson

bp = Blueprint("lessons", __name__, url_prefix="/learn")
bp.context_processor(lambda: {"CHALLENGE": CHALLENGE})


@bp.get("")
def index() -> str:
    """Show the course, and what the visitor has done of it."""
    done = path.learnt()
    return render_template(
        "lessons/course.html",
        parts=path.parted(done),
        done=done,
        under_way=path.under_way(),
        carried=LEARNT.codec.encode(done),
    )


@bp.get("/certificate")
def certificate() -> str:
    """Show what was done as a page to be printed; a name that is typed there stays in the browser."""
    done = certify(house().lessons.values(), path.learnt())
    return render_template("lessons/certificate.html", done=done, today=clock.now())


@bp.get("/<key>", defaults={"number": 0})
@bp.get("/<key>/<int:number>")
def lesson(key: str, number: int) -> str:
    """Show a lesson and its steps; from each the lesson can begin."""
    lesson = _find(key, number or 1)
    return render_template(
        "lessons/lesson.html",
        lesson=lesson,
        number=number,
        done=path.learnt().get(lesson.key, frozenset()),
        under_way=path.under_way(),
    )


@bp.post("/<key>/<int:number>")
@open_form
def begin(key: str, number: int) -> Response:
    """Go to a step, on the page where it is done."""
    return redirect(request.script_root + path.begin(_find(key, number), number).at, 303)


@bp.post("/<key>/restart")
@open_form
def restart(key: str) -> Response:
    """Take back what was done in a lesson, and its cookies, and go to its first step."""
    lesson = _find(key, 1)
    path.forget([lesson])
    return redirect(request.script_root + path.begin(lesson, 1).at, 303)


@bp.post("/<key>/<int:number>/said")
@open_form
def said(key: str, number: int) -> Response:
    """Keep an answer to the question of a step, or that it was to be shown."""
    lesson, answer = _find(key, number), request.form.get("answer")
    question = lesson.step(number).question
    if answer == "show":
        path.said(lesson, number, None)
    elif question and answer in map(str, range(len(question.answers))):
        path.said(lesson, number, int(answer))
    return redirect(safe_path(request.form.get("next"), url_for(".index")), 303)


@bp.get("/<key>/end")
def end(key: str) -> str:
    """Show what somebody can say after a lesson, its challenge, and the way on."""
    lesson, place = _find(key, 1), LESSON.get()
    done = path.learnt()
    parts = path.parted(done)
    elsewhere = [origin for role, origin in parties().items() if role in lesson.elsewhere]
    if elsewhere:
        allow_forms_to(" ".join(elsewhere))
    return render_template(
        "lessons/end.html",
        lesson=lesson,
        place=place if place and place.lesson == key else None,
        done=done.get(key, frozenset()),
        following=min((each for each in parts[1] if each != lesson), key=lambda each: each.order, default=None),
        parts=parts,
        elsewhere=elsewhere,
        makes=dict.fromkeys(re.sub(r"\.$", ".…", line.partition(";")[0]) for line in lesson.makes),
    )


@bp.post("/<key>/end")
@open_form
def finish(key: str) -> Response:
    """Go to the end of a lesson; whoever was in it is there no more, and what they said stands until the next."""
    lesson = _find(key, 1)
    path.finish(lesson)
    return redirect(url_for(".end", key=lesson.key), 303)


@bp.post("/<key>/clean")
@open_form
def clean(key: str) -> Response:
    """Take away the cookies that a lesson made, at other hosts too; what was done stays."""
    lesson = _find(key, 1)
    path.clean([lesson])
    return redirect(house().way_past(lesson.elsewhere, url_for(".end", key=key, gone=1)), 303)


@bp.post("/leave")
@open_form
def leave() -> Response:
    """End the lesson under way."""
    left = path.under_way()
    path.leave()
    return redirect(url_for(".lesson", key=left[0].key) if left else url_for(".index"), 303)


@bp.post("/restart")
@open_form
def restart_all() -> Response:
    """Take back all that was done, and the cookies of all lessons."""
    path.forget(list(house().lessons.values()))
    return redirect(url_for(".index"), 303)


@bp.route("/carry/<progress>", methods=["GET", "POST"])
@open_form
def carry(progress: str) -> str | Response:
    """Take over what was done at another machine: the address holds it."""
    try:
        brought = LEARNT.codec.decode(progress)
    except ValueError:
        abort(404)
    brought = {key: steps for key, steps in brought.items() if key in house().lessons}
    if not brought:
        abort(404)
    if request.method != "POST":
        return render_template("lessons/carry.html", lessons=house().lessons, done=brought)
    here = LEARNT.get()
    LEARNT.set({key: here.get(key, frozenset()) | brought.get(key, frozenset()) for key in {**here, **brought}})
    return redirect(url_for(".index"), 303)


def _find(key: str, number: int) -> Lesson:
    lesson = house().lessons.get(key)
    if lesson is None or lesson.step(number) is None:
        abort(404)
    return lesson
