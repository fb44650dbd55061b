"""The pages for instructors."""

from hashlib import sha256
from typing import Any

import segno
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp import wire
from webapp.address import THERE, location, parties
from webapp.house import house
from webapp.security import allow_pictures_from, open_form
from webapp.useragent.urls import locate
from webapp.wire.show.source import coloured

from . import doors, rooms
from . import reset as clearing

bp = Blueprint("classroom", __name__, url_prefix="/teach")
entry = Blueprint("entry", __name__, url_prefix="/join")
_AGAIN_AFTER = 3  # seconds until the notes ask for the present step again


@bp.get("")
def teach() -> str:
    """Show how a class gets in, what helps in front of it, and the lessons."""
    url = doors.class_url()
    return render_template(
        "classroom/teach.html",
        lessons=house().lessons,
        needs_of=_needs_of,
        room=rooms.own(),
        door=url and doors.door(locate(url)),
        named=doors.name_url(),
        digest=sha256(doors.relay(url or location().origin)).hexdigest(),
        outside=_outside,
        picture=_picture,
        done=clearing.is_done(),
        parties=parties(),
    )


@bp.post("/room")
@open_form
def open_room() -> Response:
    """Open a room for notes on another device."""
    rooms.open_room()
    return redirect(url_for(".teach"), 303)


@bp.post("/room/close")
@open_form
def close_room() -> Response:
    """End the room."""
    rooms.close_room()
    return redirect(url_for(".teach"), 303)


@entry.get("")
def join() -> str:
    """Let a learner in: where the class's address leads. It says by which door they came, and what that one lacks."""
    return _join()


def _join(problem: str | None = None) -> str:
    url, named, roles, here = doors.class_url(), doors.name_url(), parties(), location().origin
    allow_pictures_from(roles.values())
    return render_template(
        "classroom/join.html",
        problem=problem,
        door=doors.door(location()),
        pictures={role: origin + THERE for role, origin in roles.items()},
        named=None if roles or named == here else named,
        at=here,
        before=None if here == url else url,
        tried=doors.tried(),
        source=coloured(doors.relay(url).decode()) if url and url.startswith("http:") else "",
    )


@entry.post("/try")
@open_form
def try_secure() -> Response:
    """Let the browser show whether it keeps a Secure cookie at this address."""
    if problem := doors.try_secure():
        return current_app.make_response((_join(problem), 422))
    return redirect(url_for(".join", tried="yes", _anchor="secure"), 303)


@entry.get("/join.py")
def relay() -> Response:
    """Give the relay as a file, to be read and compared before it is run."""
    wire.leave_out()
    response = current_app.make_response(doors.relay(doors.class_url() or location().origin))
    response.content_type = "text/x-python; charset=utf-8"
    response.headers.set("Content-Disposition", "attachment", filename="join.py")
    return response


@bp.get("/join")
def moved() -> Response:
    """Lead on to where learners are let in."""
    return redirect(url_for("entry.join"), 301)


@bp.get("/notes/<token>")
def notes(token: str) -> tuple[str, int] | Response:
    """Show what to say at the step that the class is at, and what comes next; the page comes again by itself."""
    wire.leave_out()
    room = rooms.find(token)
    if room is None:
        return render_template("classroom/ended.html"), 404
    lesson = house().lessons.get(room.lesson)
    response = current_app.make_response(
        render_template("classroom/notes.html", lesson=lesson, number=room.step, pause=_AGAIN_AFTER)
    )
    response.headers["Refresh"] = str(_AGAIN_AFTER)
    return response


@bp.get("/<key>")
def lesson(key: str) -> str:
    """Show a lesson as an instructor needs it: steps with their answers, what it needs, what goes wrong."""
    return render_template("classroom/teach_lesson.html", lesson=_find(key), needs_of=_needs_of)


@bp.get("/<key>/handout")
def handout(key: str) -> str:
    """Show a lesson as pages to be printed."""
    return render_template(
        "classroom/handout.html", lesson=_find(key), reached=doors.class_url(), outside=_outside, picture=_picture
    )


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
    return redirect(url_for(".teach", done="yes"), 303)


def _find(key: str) -> Any:
    return house().lessons.get(key) or abort(404)


def _needs_of(lesson: Any) -> dict[Any, bool | None]:
    """Return what the steps of a lesson need, and whether it is there for all of them, None where nobody knows."""
    steps = {name: [step for step in lesson.steps if name in step.needs] for name in house().needs}
    met = {need: {need.met(step) for step in steps[name]} for name, need in house().needs.items() if steps[name]}
    return {need: next(each for each in (False, None, True) if each in told) for need, told in met.items()}


def _outside(path: str) -> str:
    """Return the address at which another device opens a path; this machine's own where none can."""
    return (doors.class_url() or location().origin) + path


def _picture(address: str) -> Markup:
    """Return an address as a QR code, as large as its place."""
    return Markup(segno.make(address, micro=False).svg_inline(omitsize=True, light="#fff"))
