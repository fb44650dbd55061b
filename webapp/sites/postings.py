"""Posting: not too often, and never twice what was sent twice.

Each posting form carries a random token. The first request with it writes and leaves a row with the address it led to;
a later one with the same token is answered by that address. The same rows tell how much an account has posted lately.
"""

import math
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
)
from wtforms import HiddenField
from wtforms.validators import Regexp

from webapp import clock
from webapp.database import METADATA, Bound, Moment, writing
from webapp.forms import Form, LaterError
from webapp.i18n import N_, ngettext

from .people import USERS

# At most so many postings of one account within a time. A class that posts together stays far below.
LIMITS = ((6, timedelta(minutes=1)), (60, timedelta(hours=1)))


# One posting of one account; `path` is where the answer led.
POSTINGS = Table(
    "postings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("once", String(22), nullable=False),
    Column("at", Moment, nullable=False),
    Column("path", String(200), nullable=False),
    UniqueConstraint("user_id", "once"),
    Index("postings_at", "user_id", "at"),
    info={"bound": Bound(by="at", lasts=timedelta(days=1), why="`LIMITS` says how many an account may add")},
)


def _new_token() -> str:
    return secrets.token_urlsafe(16)


class PostingForm(Form):
    """A form that posts something; `once` makes a second copy of the same request harmless."""

    once = HiddenField(
        default=_new_token,
        validators=[
            Regexp(r"^[A-Za-z0-9_-]{22}\Z", message=N_("Something in the form was cut off. Please send it again."))
        ],
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check the form; where the token itself was cut off, the page comes back with another one."""
        valid = super().validate(*args, **kwargs)
        if self.once.errors:
            self.once.data = self.once.default()
        return valid

    @property
    def tokens(self) -> tuple[str, str]:
        """What its two hidden fields hold: the proof that the page was ours, and `once`."""
        return self.csrf_token.current_token, self.once.data


class Blank:
    """A form of this kind that nobody has written into: but for its tokens the same for everybody.

    So a page keeps the HTML of its fields, and the form itself is made for that alone (13 % of a thread).
    """

    errors = ()

    def __init__(self, kind: type[PostingForm], csrf_token: str) -> None:
        self.kind, self.tokens = kind, (csrf_token, _new_token())

    def problems(self) -> tuple[()]:
        """Return what is wrong with it, which is nothing."""
        return ()


class TooOftenError(LaterError):
    """Somebody has sent too much within `span`; `wait` is how long until they may again."""

    def __init__(self, wait: timedelta, span: timedelta) -> None:
        super().__init__(wait)
        self.span = span

    @property
    def problem(self) -> str:
        """What to say, in the visitor's language."""
        if self.span <= timedelta(minutes=1):
            return ngettext(
                "You are fast: that was a lot within a minute. Please send it again in %(num)s second.",
                "You are fast: that was a lot within a minute. Please send it again in %(num)s seconds.",
                self.seconds,
            )
        return ngettext(
            "That was a lot within an hour. Please send it again in %(num)s minute.",
            "That was a lot within an hour. Please send it again in %(num)s minutes.",
            math.ceil(self.seconds / 60),
        )


def post_once(user_id: int, once: str, write: Callable[[Connection], str]) -> str:
    """Let `write` write and return the address it gives, or the one that the same request was given before.

    TooOftenError when the account is past one of `LIMITS`; nothing is written then.
    """
    now = clock.now()
    with writing() as db:
        # One posting of an account at a time: on PostgreSQL two would both find the token unused.
        db.execute(select(USERS.c.id).where(USERS.c.id == user_id).with_for_update())
        own = POSTINGS.c.user_id == user_id
        earlier = db.scalar(select(POSTINGS.c.path).where(own, POSTINGS.c.once == once))
        if earlier is not None:
            return earlier
        waits = []
        for most, span in LIMITS:
            number, oldest = db.execute(
                select(func.count(), func.min(POSTINGS.c.at)).where(own, POSTINGS.c.at > now - span)
            ).one()
            if number >= most:
                waits.append((oldest + span - now, span))
        if waits:
            raise TooOftenError(*max(waits))
        path = write(db)
        db.execute(insert(POSTINGS).values(user_id=user_id, once=once, at=now, path=path))
    return path
