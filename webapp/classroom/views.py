"""The pages for instructors."""

from typing import Any

import segno
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp import wire
from webapp.address import location
from webapp.house import house
from webapp.security import open_form

from . import reset as clearing
from . import rooms
from .forms import JoinForm

bp = Blueprint("classroom", __name__, url_prefix="/teach")
_AGAIN_AFTER = 3  # seconds until the notes ask for the present step again


@bp.get("")
def teach() -> str:
    """Show what helps in front of a class, and the lessons."""
    room = rooms.own()
    address = room and request.host_url.rstrip("/") + url_for(".notes", code=room.code)
    return render_template(
        "classroom/teach.html",
        lessons=house().lessons,
        room=room,
        address=address,
        picture=address and Markup(segno.make(address, micro=False).svg_inline(scale=4, light="#fff")),
        only_here=location().is_loopback,
        done=clearing.is_done(),
    )


@bp.post("/room")
@open_form
def open_room() -> Response:
    """Open a room for notes on another device."""
    rooms.open_room()
    return redirect(url_for(".teach", _anchor="notes"), 303)


@bp.post("/room/close")
@open_form
def close_room() -> Response:
    """End the room."""
    rooms.close_room()
    return redirect(url_for(".teach", _anchor="notes"), 303)


@bp.get("/join")
def join() -> str | tuple[str, int] | Response:
    """Ask for the code of a room, and lead there."""
    form = JoinForm(request.args if "code" in request.args else None)
    if "code" not in request.args:
        return render_template("classroom/join.html", form=form)
    room = rooms.find(form.code.data)
    return redirect(url_for(".notes", code=room.code), 303) if room else _unknown(form)


@bp.get("/notes/<code>")
def notes(code: str) -> str | tuple[str, int] | Response:
    """Show what to say at the step that the class is at, and what comes next; the page comes again by itself."""
    wire.leave_out()
    room = rooms.find(code)
    if room is None:
        return _unknown(JoinForm(formdata=None, code=code[:20]))
    lesson = house().lessons.get(room.lesson)
    step = room.step if lesson and room.step <= len(lesson.steps) else 0
    response = current_app.make_response(
        render_template("classroom/notes.html", room=room, lesson=lesson, number=step, pause=_AGAIN_AFTER)
    )
    response.headers["Refresh"] = str(_AGAIN_AFTER)
    return response


@bp.get("/<key>")
def lesson(key: str) -> str:
    """Show a lesson as an instructor needs it: steps with their answers, what it needs, what goes wrong."""
    return render_template("classroom/teach_lesson.html", lesson=_find(key))


@bp.get("/<key>/handout")
def handout(key: str) -> str:
    """Show a lesson as pages to be printed."""
    return render_template("classroom/handout.html", lesson=_find(key), address=f"{request.host_url}learn/{key}")


@open_form
def reset_place(following: str) -> Response:
    """Clear what visitors made at this place, and take the same request on to the next."""
    clearing.clear_place(request.path)
    return redirect(following, 307)


@bp.post("/reset")
@open_form
def reset() -> Response:
    """Make this browser as it was before its first visit, but for what the instructor's screen needs."""
    clearing.clear_all()
    wire.leave_out()
    return redirect(url_for(".teach"), 303)


def _find(key: str) -> Any:
    return house().lessons.get(key) or abort(404)


def _unknown(form: JoinForm) -> tuple[str, int]:
    return render_template("classroom/join.html", form=form, unknown=True), 404
