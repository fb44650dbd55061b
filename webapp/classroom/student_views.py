"""The page with the second browser, and what that browser sees."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import wire
from webapp.cookies import registry
from webapp.security import allow_own_frames, open_form, safe_path
from webapp.useragent import ENGINES
from webapp.wire.record.masking import mask

from . import students
from .forms import StudentForm

bp = Blueprint("student", __name__, url_prefix="/teach/student")
# Not aside as the rest is: what is done with a copied log-in is what a lesson watches.
copied = Blueprint("copied", __name__, url_prefix="/teach/student/copied")
_PREFIX = "/teach/student/at"


@bp.before_request
@copied.before_request
def _no_third_browser() -> None:
    if students.is_one():
        abort(404)


@bp.get("")
def student() -> tuple[str, int]:
    """Show the second browser at the page `at`; where there is none yet, offer one."""
    return _page(StudentForm(formdata=None))


@bp.post("")
@open_form
def begin() -> tuple[str, int] | Response:
    """Open a second browser, or begin again with an empty one."""
    form = StudentForm()
    if not form.validate():
        return _page(form, 422)
    students.begin(form.engine.data)
    return redirect(url_for(".student"), 303)


@bp.post("/close")
@open_form
def close() -> Response:
    """Close the second browser and start it again: its session cookies go."""
    if student := students.own():
        student.agent.close()
        student.keep()
    return redirect(url_for(".student"), 303)


@copied.post("")
@open_form
def copy() -> Response:
    """Copy this browser's log-in into a second browser that has nothing else."""
    if not students.copyable():
        return redirect(url_for("student.student"), 303)
    students.copy()
    return redirect(url_for(".show"), 303)


@copied.get("")
def show() -> tuple[str, int] | Response:
    """Show the second browser that holds a copy at the page `at`."""
    student = students.own()
    return (
        _page(StudentForm(formdata=None)) if student and student.copied else redirect(url_for("student.student"), 303)
    )


@bp.get("/store")
def store() -> Response:
    """Show what the second browser holds; the page comes again by itself."""
    wire.leave_out()
    student = students.own() or abort(404)
    cookies = [(cookie, mask(registry(), cookie.name, cookie.value)) for cookie in student.cookies()]
    response = current_app.make_response(render_template("classroom/store.html", cookies=cookies))
    response.headers["Refresh"] = "2"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    return response


@bp.route("/at/", defaults={"path": ""}, methods=["GET", "POST"])
@bp.route("/at/<path:path>", methods=["GET", "POST"])
def at(path: str) -> Response:
    """Let the second browser ask for a page of this site; what it sends is judged there, as it comes."""
    wire.leave_out()
    return students.ask(students.own() or abort(404), _PREFIX)


def _page(form: StudentForm, status: int = 200) -> tuple[str, int]:
    student, address = students.own(), safe_path(request.args.get("at"))
    if student and form.engine.data not in ENGINES:
        form.engine.data = student.agent.engine.name
    page = render_template(
        "classroom/student.html",
        form=form,
        student=student,
        copyable=[name for name, _ in students.copyable()],
        engine=student and student.agent.engine.title,
        address=address,
        frame=_PREFIX + address,
    )
    allow_own_frames()
    return page, status
