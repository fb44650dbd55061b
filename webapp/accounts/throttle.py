"""Slowing down who guesses: a few checked passwords an account, many an address, since a class shares one.

A browser that has logged in to the account before carries the `known` cookie and is counted by itself, so that a
guesser elsewhere can't lock the owner out (OWASP: Slow Down Online Guessing Attacks with Device Cookies).
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from flask import current_app, request
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.database import writing

from .cookies import KNOWN
from .models import FailedLogin

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 300


class TooManyError(Exception):
    """Too many passwords were checked; `wait` is how long until the next may be."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait


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
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            # Under SQLite the transaction has the database to itself; here two would both count nine.
            for name in (account, address):
                session.execute(select(func.pg_advisory_xact_lock(int(name[:15], 16))))
        session.execute(delete(FailedLogin).where(FailedLogin.at <= now - WINDOW))
        for limit, mine in (
            (PER_ACCOUNT, (FailedLogin.account_hash == account, FailedLogin.bucket == bucket)),
            (PER_ADDRESS, (FailedLogin.address_hash == address,)),
        ):
            number, oldest = session.execute(
                select(func.count(), func.min(FailedLogin.at)).where(*mine, FailedLogin.at > now - WINDOW)
            ).one()
            if number >= limit:
                raise TooManyError(oldest + WINDOW - now)
        session.execute(insert(FailedLogin).values(account_hash=account, bucket=bucket, address_hash=address, at=now))


def forget(session: Session, key: str, bucket: str) -> None:
    """Drop what was counted against an account in a bucket: the password was right."""
    session.execute(
        delete(FailedLogin).where(FailedLogin.account_hash == _hash("account", key), FailedLogin.bucket == bucket)
    )


def _hash(kind: str, text: str) -> str:
    # Keyed, since addresses and names can be tried through; and people type passwords into the wrong field.
    message = f"{kind}:{text}".encode("utf-8", "surrogatepass")
    return hmac.new(current_app.config["SECRET_KEY"].encode(), message, sha256).hexdigest()
