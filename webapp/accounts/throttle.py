"""Slowing down who guesses: a few checked passwords an account, many an address, since a class shares one.

A browser that has logged in to the account before carries the `known` cookie and is counted by itself, so that a
guesser elsewhere can't lock the owner out (OWASP: Slow Down Online Guessing Attacks with Device Cookies).
"""

import hmac
import math
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import current_app, request
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.database import writing
from webapp.forms import LaterError
from webapp.i18n import ngettext

from .cookies import KNOWN
from .models import FailedLogin

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 300


class TooManyError(LaterError):
    """Too many passwords were checked; `wait` is how long until the next may be."""

    @property
    def problem(self) -> str:
        """What to say, in the visitor's language."""
        return ngettext(
            "Too many wrong passwords. Please try again in %(num)s minute.",
            "Too many wrong passwords. Please try again in %(num)s minutes.",
            math.ceil(self.seconds / 60),
        )


def bucket(known_as: str | None) -> str:
    """Return what this browser is counted under for an account: by itself where it is known, else with all others."""
    account, _, browser = (KNOWN.get() or "").partition(".")
    return browser if account and account == known_as else ""


def make_known(known_as: str) -> None:
    """Note in the browser that it has logged in to this account; one that was known keeps its own count."""
    KNOWN.set(f"{known_as}.{bucket(known_as) or secrets.token_urlsafe(8)}")


def count(key: str, bucket: str) -> None:
    """Count a password that is about to be checked, as failed until `forget` is called; TooManyError at the limit.

    It is counted before the check: a thousand guesses at once must not all be checked before the first is counted.
    """
    now = clock.now()
    account, address = _hash("account", key), _hash("address", request.remote_addr or "")
    with writing() as db:
        if db.get_bind().dialect.name == "postgresql":
            # Under SQLite the transaction has the database to itself; here two would both count nine.
            for name in (account, address):
                db.execute(select(func.pg_advisory_xact_lock(int(name[:15], 16))))
        db.execute(delete(FailedLogin).where(FailedLogin.at <= now - WINDOW))
        counted = select(func.count(), func.min(FailedLogin.at)).where(FailedLogin.at > now - WINDOW)
        by_account = counted.where(FailedLogin.account_hash == account, FailedLogin.bucket == bucket)
        by_address = counted.where(FailedLogin.address_hash == address)
        if left := wait(db.execute(by_account).one(), db.execute(by_address).one(), now):
            raise TooManyError(left)
        db.execute(insert(FailedLogin).values(account_hash=account, bucket=bucket, address_hash=address, at=now))


def wait(by_account: Sequence[Any], by_address: Sequence[Any], now: datetime) -> timedelta | None:
    """Return how long a password has to wait, None for not at all: each way, how many were counted, and the oldest."""
    for limit, (number, oldest) in ((PER_ACCOUNT, by_account), (PER_ADDRESS, by_address)):
        if number >= limit:
            return oldest + WINDOW - now
    return None


def forget(db: Session, key: str, bucket: str) -> None:
    """Drop what was counted against an account in a bucket: the password was right."""
    db.execute(
        delete(FailedLogin).where(FailedLogin.account_hash == _hash("account", key), FailedLogin.bucket == bucket)
    )


def _hash(kind: str, text: str) -> str:
    # Keyed, since addresses and names can be tried through; and people type passwords into the wrong field.
    message = f"{kind}:{text}".encode("utf-8", "surrogatepass")
    return hmac.new(current_app.config["SECRET_KEY"].encode(), message, sha256).hexdigest()
