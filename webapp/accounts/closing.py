"""The one way in which an account ends."""

from flask import current_app
from sqlalchemy import Connection, delete

from webapp.signals import account_closing

from . import throttle
from .tables import USERS


def close(db: Connection, user_id: int, key: str, bucket: str) -> None:
    """Delete an account and everything that belongs to it, and what was counted against it in a bucket."""
    throttle.forget(db, key, bucket)
    account_closing.send(current_app._get_current_object(), db=db, user_id=user_id)
    db.execute(delete(USERS).where(USERS.c.id == user_id))
