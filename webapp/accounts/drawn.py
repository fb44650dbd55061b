"""Accounts with a drawn name: one click makes one, without a password; it goes at log-out, or after a day."""

import secrets
from collections.abc import Iterator, Sequence

from flask import Flask
from sqlalchemy import Connection, Row, func, select

from webapp import clock
from webapp.database import reading, writing
from webapp.forms import LaterError
from webapp.i18n import N_, gettext
from webapp.security.tokens import keyed_hash, token_hash
from webapp.signals import sweeping

from . import closing, throttle, users
from .lifetimes import DRAWN, NEW
from .tables import USERS

# What bakers have in their hands, in small letters, and no word that laughs at whoever gets it. A language has its own.
WORDS = N_(
    "rye loaf crumb crust dough yeast flour oven bagel muffin scone biscuit brioche pretzel waffle pancake "
    "cinnamon honey butter sugar almond walnut raisin sesame poppy barley wheat vanilla ginger apple cherry lemon"
)
MOST = 10_000
_NAMES_A_LENGTH = 8
_LONGEST = 6  # digits


class FullError(LaterError):
    """There are as many of these accounts as may be; `wait` is until the oldest goes."""

    status = 503

    @property
    def problem(self) -> str:
        """What to say, in the visitor's language."""
        return gettext(
            "All accounts for a day are taken right now. Please try again later, or register with a name of your own."
        )


def names(words: Sequence[str]) -> Iterator[str]:
    """Yield names to choose the first free one from, such as `rye-7`: short ones, then longer ones."""
    for length in range(1, _LONGEST + 1):
        for _ in range(_NAMES_A_LENGTH):
            yield f"{secrets.choice(words)}-{secrets.randbelow(10**length - 1) + 1}"


def draw(once: str) -> Row:
    """Make an account and return it; for a form that was sent twice, known by `once`, the one that it has made.

    TooManyError where too many live that were made from this network, FullError where too many live in all.
    """
    now, asked = clock.now(), token_hash(once or secrets.token_urlsafe(16))
    living = USERS.c.drawn.is_not(None), USERS.c.created_at > now - DRAWN
    with writing() as db:
        throttle.one_at_a_time(db, keyed_hash("drawn", ""))
        made = select(USERS).where(USERS.c.drawn == asked, USERS.c.created_at > now - NEW)
        if found := db.execute(made).first():
            return found
        number, oldest = db.execute(select(func.count(), func.min(USERS.c.created_at)).where(*living)).one()
        if number >= MOST:
            raise FullError(oldest + DRAWN - now)
        name = _free(db, names(gettext(WORDS).split()))
        throttle.count_within(db, name, throttle.DRAWN)
        return users.make(db, name, drawn=asked)


def _free(db: Connection, wanted: Iterator[str]) -> str:
    wanted = list(wanted)
    taken = set(db.scalars(select(USERS.c.key).where(USERS.c.key.in_(wanted))))
    return next(name for name in wanted if name not in taken)


@sweeping.connect
def _end(app: Flask) -> None:
    """Close the accounts whose day is over."""
    over = select(USERS.c.id, USERS.c.key).where(USERS.c.drawn.is_not(None), USERS.c.created_at <= clock.now() - DRAWN)
    for user_id, key in reading().execute(over).all():
        with writing() as db:
            closing.close(db, user_id, key, throttle.DRAWN)
