"""Slowing down who guesses: a few checked passwords an account, many an address, since a class shares one.

A browser that has logged in to the account before carries the `known` cookie and is counted by itself alone, so that
no guesser, elsewhere or behind the same address, can lock the owner out (OWASP: Slow Down Online Guessing Attacks with
Device Cookies). The password of a demo account can't be guessed: its log-ins, and new accounts, count for the address.
An account with a drawn name counts as long as it lives.
"""

import math
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from webapp import clock
from webapp.database import writing
from webapp.forms import LaterError
from webapp.i18n import ngettext
from webapp.security.tokens import address_hash, keyed_hash

from .cookies import KNOWN
from .tables import COUNTED

WINDOW = timedelta(minutes=15)
DAY = COUNTED.info["bound"].lasts
PER_ACCOUNT = 10
DRAWN_PER_ADDRESS = 600  # ten classes of 60, or one that deletes its cookies ten times
PER_ADDRESS = 300  # a class of 60 with three typos each, and one more try of all at once, are 240
# Buckets of their own; all others are browsers that are known, and "" whoever is not.
DEMO, NEWCOMER, DRAWN = "demo", "newcomer", "drawn"
_MADE = (NEWCOMER, DRAWN)


class TooManyError(LaterError):
    """Too many were counted in a bucket; `wait` is how long until the next may be."""

    def __init__(self, wait: timedelta, bucket: str) -> None:
        super().__init__(wait)
        self.bucket = bucket

    @property
    def problem(self) -> str:
        """What to say, in the visitor's language."""
        minutes = math.ceil(self.seconds / 60)
        if self.bucket in _MADE:
            return ngettext(
                "Too many accounts were made from your network today. Please try again in %(num)s hour.",
                "Too many accounts were made from your network today. Please try again in %(num)s hours.",
                math.ceil(minutes / 60),
            )
        if self.bucket == DEMO:
            return ngettext(
                "Too many log-ins came from your network. Please try again in %(num)s minute.",
                "Too many log-ins came from your network. Please try again in %(num)s minutes.",
                minutes,
            )
        return ngettext(
            "Too many wrong passwords. Please try again in %(num)s minute.",
            "Too many wrong passwords. Please try again in %(num)s minutes.",
            minutes,
        )


def bucket(known_as: str | None) -> str:
    """Return what this browser is counted under for an account: by itself where it is known, else with all others."""
    account, _, browser = (KNOWN.get() or "").partition(".")
    return browser if account and account == known_as else ""


def make_known(known_as: str) -> None:
    """Note in the browser that it has logged in to this account; one that was known keeps its own count."""
    KNOWN.set(f"{known_as}.{bucket(known_as) or secrets.token_urlsafe(8)}")


def count(key: str, bucket: str) -> None:
    """Count a password that is about to be checked, or an account to be made, until `forget` is called.

    TooManyError at a limit. It is counted before the check: a thousand guesses at once must not all be checked before
    the first is counted.
    """
    with writing() as db:
        count_within(db, key, bucket)


def count_within(db: Connection, key: str, bucket: str) -> None:
    """Count as a part of what else a transaction does."""
    now = clock.now()
    account, address = keyed_hash("account", key), address_hash()
    one_at_a_time(db, account, address)  # or two would both count nine
    old = or_(COUNTED.c.at <= now - DAY, (COUNTED.c.at <= now - WINDOW) & COUNTED.c.bucket.not_in(_MADE))
    db.execute(delete(COUNTED).where(old))
    counted = select(func.count(), func.min(COUNTED.c.at)).where(COUNTED.c.bucket == bucket)
    by_account = db.execute(counted.where(COUNTED.c.account_hash == account)).one()
    by_address = db.execute(counted.where(COUNTED.c.address_hash == address)).one()
    if left := wait(bucket, by_account, by_address, now):
        raise TooManyError(left, bucket)
    db.execute(insert(COUNTED).values(account_hash=account, bucket=bucket, address_hash=address, at=now))


def one_at_a_time(db: Connection, *hashes: str) -> None:
    """Let one transaction at a time go on that names one of these; under SQLite each has the database to itself."""
    if db.dialect.name == "postgresql":
        for each in hashes:
            db.execute(select(func.pg_advisory_xact_lock(int(each[:15], 16))))


def wait(bucket: str, by_account: Sequence[Any], by_address: Sequence[Any], now: datetime) -> timedelta | None:
    """Return how long one has to wait, None for not at all: each way, how many of the bucket were counted, the oldest.

    A browser that is known is held to its own count for the account, and to nobody else's.
    """
    both = ((WINDOW, PER_ACCOUNT, by_account), (WINDOW, PER_ADDRESS, by_address))
    made = {NEWCOMER: ((DAY, PER_ADDRESS, by_address),), DRAWN: ((DAY, DRAWN_PER_ADDRESS, by_address),)}
    limits = {"": both, DEMO: both[1:], **made}.get(bucket, both[:1])
    return max((oldest + time - now for time, most, (number, oldest) in limits if number >= most), default=None)


def forget(db: Connection, key: str, bucket: str) -> None:
    """Drop what was counted against an account in a bucket: the password was right."""
    db.execute(delete(COUNTED).where(COUNTED.c.account_hash == keyed_hash("account", key), COUNTED.c.bucket == bucket))
