"""Rooms: what an instructor shows, and their notes, which follow it on another device.

The browser that shows holds a token in a cookie. The hash of it is the token that opens the notes: it tells nothing of
the cookie, and the instructor's page can show it at any time. The database knows the notes by the hash of that.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy import Column, ColumnElement, Integer, String, Table, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from webapp import clock
from webapp.database import METADATA, Bound, Moment, note, reading, writing
from webapp.database.bounds import too_many
from webapp.database.migrate import first_line
from webapp.security.tokens import token_hash
from webapp.signals import step_begun

from .cookies import LASTS, ROOM

_log = logging.getLogger(__name__)


# One room; `notes` is the hash of the token that opens its notes, `lesson` is None before the first step.
ROOMS = Table(
    "rooms",
    METADATA,
    Column("notes", String(64), primary_key=True),
    Column("begun", Moment, nullable=False, index=True),
    Column("lesson", String(12)),
    Column("step", Integer),
    info={"bound": Bound(by="begun", lasts=LASTS, rows=1000)},
)


@dataclass(frozen=True)
class Room:
    """A room: the token that opens its notes, when it ends, and the lesson and step that it is at."""

    notes: str
    ends: datetime
    lesson: str | None
    step: int | None


def open_room() -> None:
    """Open a room for this browser; the one that it had ends."""
    token = secrets.token_urlsafe(16)
    with writing() as db:
        db.execute(delete(ROOMS).where(_is_of(ROOM.get() or "")))
        db.execute(insert(ROOMS), {"notes": token_hash(token_hash(token)), "begun": clock.now()})
        db.execute(delete(ROOMS).where(too_many(ROOMS)))
    ROOM.set(token)


def close_room() -> None:
    """End the room of this browser."""
    if token := ROOM.get():
        with writing() as db:
            db.execute(delete(ROOMS).where(_is_of(token)))
        ROOM.delete()


def own() -> Room | None:
    """Return the room of this browser."""
    token = ROOM.get()
    return token and find(token_hash(token))


def find(notes: str) -> Room | None:
    """Return the room whose notes a token opens; None where there is none, or not any more."""
    row = (
        reading()
        .execute(
            select(ROOMS.c.begun, ROOMS.c.lesson, ROOMS.c.step).where(
                ROOMS.c.notes == token_hash(notes), ROOMS.c.begun > clock.now() - LASTS
            )
        )
        .one_or_none()
    )
    return row and Room(notes, row.begun + LASTS, row.lesson, row.step)


def _is_of(token: str) -> ColumnElement[bool]:
    return ROOMS.c.notes == token_hash(token_hash(token))


@step_begun.connect
def _follow(sender: Flask, lesson: str, step: int) -> None:
    if token := ROOM.get():
        try:
            note(update(ROOMS).where(_is_of(token)).values(lesson=lesson, step=step))
        except SQLAlchemyError as error:  # a lesson goes on without its notes
            _log.error("the room could not follow: %s", first_line(error))
