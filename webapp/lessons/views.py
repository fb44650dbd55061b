"""The pages of the course, and the buttons of the bar."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.forms import OpenForm
from webapp.house import house
from webapp.security import safe_path

from . import path
from .cookies import LEARNT
from .lesson import Lesson

bp = Blueprint("lessons", __name__, url_prefix="/learn")


@bp.get("", strict_slashes=False)
def index() -> str:
    """Show the course, and what the visitor has done of it."""
    return _course(OpenForm(formdata=None))


@bp.get("/<key>", defaults={"number": 0})
@bp.get("/<key>/<int:number>")
def lesson(key: str, number: int) -> str:
    """Show a lesson and its steps; from each the lesson can begin."""
    return _lesson(_find(key, number or 1), number, OpenForm(formdata=None))


@bp.post("/<key>/<int:number>")
def begin(key: str, number: int) -> tuple[str, int] | Response:
    """Go to a step, on the page where it is done."""
    lesson, form = _find(key, number), OpenForm()
    if not form.validate():
        return _lesson(lesson, number, form), 422
    return redirect(path.begin(lesson, number).at, 303)


@bp.post("/<key>/restart")
def restart(key: str) -> tuple[str, int] | Response:
    """Take back what was done in a lesson, and its cookies, and go to its first step."""
    lesson, form = _find(key, 1), OpenForm()
    if not form.validate():
        return _lesson(lesson, 0, form), 422
    path.forget([lesson])
    return redirect(path.begin(lesson, 1).at, 303)


@bp.post("/guess")
def guess() -> tuple[str, int] | Response:
    """Keep a prediction."""
    form = OpenForm()
    if not form.validate():
        return _course(form), 422
    if request.form.get("answer") in ("0", "1", "2", "3"):
        path.guess(int(request.form["answer"]))
    return redirect(safe_path(request.form.get("next"), url_for(".index")), 303)


@bp.post("/leave")
def leave() -> tuple[str, int] | Response:
    """End the lesson under way."""
    form = OpenForm()
    if not form.validate():
        return _course(form), 422
    left = path.under_way()
    path.leave()
    return redirect(url_for(".lesson", key=left[0].key) if left else url_for(".index"), 303)


@bp.post("/restart")
def restart_all() -> tuple[str, int] | Response:
    """Take back all that was done, and the cookies of all lessons."""
    form = OpenForm()
    if not form.validate():
        return _course(form), 422
    path.forget(list(house().lessons.values()))
    return redirect(url_for(".index"), 303)


@bp.route("/carry/<progress>", methods=["GET", "POST"])
def carry(progress: str) -> str | tuple[str, int] | Response:
    """Take over what was done at another machine: the address holds it."""
    try:
        brought = LEARNT.codec.decode(progress)
    except ValueError:
        abort(404)
    brought = {key: steps for key, steps in brought.items() if key in house().lessons}
    form = OpenForm()
    if not form.validate_on_submit():
        page = render_template("lessons/carry.html", form=form, lessons=house().lessons, done=brought)
        return (page, 422) if form.is_submitted() else page
    here = LEARNT.get()
    LEARNT.set({key: here.get(key, frozenset()) | brought.get(key, frozenset()) for key in {**here, **brought}})
    return redirect(url_for(".index"), 303)


def _find(key: str, number: int) -> Lesson:
    lesson = house().lessons.get(key)
    if lesson is None or not 1 <= number <= len(lesson.steps):
        abort(404)
    return lesson


def _course(form: OpenForm) -> str:
    done = LEARNT.get()
    return render_template(
        "lessons/course.html",
        form=form,
        lessons=house().lessons,
        done=done,
        under_way=path.under_way(),
        carried=LEARNT.codec.encode(done),
    )


def _lesson(lesson: Lesson, number: int, form: OpenForm) -> str:
    return render_template(
        "lessons/lesson.html",
        form=form,
        lesson=lesson,
        number=number,
        done=LEARNT.get().get(lesson.key, frozenset()),
        under_way=path.under_way(),
    )
