"""Rooms: a short code by which another device follows the lesson that an instructor shows."""

import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, Bound, note, reading, writing
from webapp.database.bounds import too_many
from webapp.database.migrate import first_line
from webapp.security.tokens import token_hash
from webapp.signals import step_begun

from .cookies import LASTS, ROOM

LETTERS = "BCDFGHJKMNPQRSTVWXZ"  # no vowels, so no words; none that reads like another, or like a figure
CODE = f"[{LETTERS}]{{6}}"
_log = logging.getLogger(__name__)


class TeachingRoom(Base):
    """One room; `holder` is the hash of the token in the `room` cookie, `lesson` is None before the first step."""

    __tablename__ = "rooms"
    bound = Bound(by="begun", lasts=LASTS, rows=1000)

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64), unique=True)
    begun: Mapped[datetime] = mapped_column(index=True)
    lesson: Mapped[str | None] = mapped_column(String(12))
    step: Mapped[int | None]


@dataclass(frozen=True)
class Room:
    """A room, and the lesson and step that it is at."""

    code: str
    ends: datetime
    lesson: str | None
    step: int | None


def open_room() -> None:
    """Open a room for this browser; the one that it had ends."""
    now, token, code = clock.now(), secrets.token_urlsafe(16), "".join(secrets.choice(LETTERS) for _ in range(6))
    with writing() as db:
        db.execute(delete(TeachingRoom).where(TeachingRoom.holder == token_hash(ROOM.get() or "")))
        db.execute(insert(TeachingRoom), {"code": code, "holder": token_hash(token), "begun": now})
        db.execute(delete(TeachingRoom).where(too_many(TeachingRoom)))
    ROOM.set(token)


def close_room() -> None:
    """End the room of this browser."""
    if token := ROOM.get():
        with writing() as db:
            db.execute(delete(TeachingRoom).where(TeachingRoom.holder == token_hash(token)))
        ROOM.delete()


def own() -> Room | None:
    """Return the room of this browser."""
    token = ROOM.get()
    return token and _read(TeachingRoom.holder == token_hash(token))


def find(code: str) -> Room | None:
    """Return the room of a code as somebody typed it; None where there is none, or not any more."""
    code = re.sub(r"[\s-]", "", code).upper()
    return _read(TeachingRoom.code == code) if re.fullmatch(CODE, code) else None


def _read(which) -> Room | None:
    row = (
        reading()
        .execute(
            select(TeachingRoom.code, TeachingRoom.begun, TeachingRoom.lesson, TeachingRoom.step).where(
                which, TeachingRoom.begun > clock.now() - LASTS
            )
        )
        .one_or_none()
    )
    return row and Room(row.code, row.begun + LASTS, row.lesson, row.step)


@step_begun.connect
def _follow(sender: Flask, lesson: str, step: int) -> None:
    if token := ROOM.get():
        try:
            own = TeachingRoom.holder == token_hash(token)
            note(update(TeachingRoom).where(own).values(lesson=lesson, step=step))
        except SQLAlchemyError as error:  # a lesson goes on without its notes
            _log.error("the room could not follow: %s", first_line(error))
