"""The one way in which an account ends."""

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.signals import account_closing

from . import throttle
from .models import User


def close(db: Session, user_id: int, key: str, bucket: str) -> None:
    """Delete an account and everything that belongs to it, and what was counted against it in a bucket."""
    throttle.forget(db, key, bucket)
    account_closing.send(current_app._get_current_object(), session=db, user_id=user_id)
    db.execute(delete(User).where(User.id == user_id))
