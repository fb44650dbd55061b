"""How long log-ins last."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Row

from webapp.cookies import LEEWAY

from .cookies import REMEMBER

IDLE = timedelta(hours=24)
LONGEST = timedelta(days=30)
# Shorter than the remember cookie lives, else the cookie that could renew the session would end together with it.
LONGEST_REMEMBERED = timedelta(days=15)
REMEMBERED = timedelta(days=90)
GRACE = timedelta(seconds=60) + LEEWAY  # by the clock of another server than the one that wrote the row, perhaps
SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
DRAWN = timedelta(days=1)  # an account with a drawn name, from when it was made
NEW = timedelta(minutes=1)  # it is told its name as long, and who presses its button twice does it sooner


def session_end(remembered: bool, rotated_at: datetime, last_seen_at: datetime, created_at: datetime) -> datetime:
    """Return when the session of a device ends if nothing more is heard of it."""
    longest = LONGEST_REMEMBERED if remembered else LONGEST
    return min(last_seen_at + IDLE, rotated_at + longest, created_at + REMEMBERED)


def remember_end(rotated_at: datetime, created_at: datetime) -> datetime:
    """Return when the remember cookie of a device ends: 30 days from its last renewal, 90 from the log-in."""
    return min(rotated_at + REMEMBER.max_age, created_at + REMEMBERED)


def bounded(row: Row, end: datetime) -> datetime:
    """Return when a log-in ends: with its account at the latest, where the account's name was drawn."""
    return min(end, row.since + DRAWN) if row.drawn else end


def standing(row: Row, end: datetime, now: datetime, demo_accounts: bool) -> Literal["ended", "over", "live"]:
    """Return whether a device was ended, is over by itself (or by the setting, a demo account's), or lives."""
    if row.ended_at:
        return "ended"
    return "live" if now < end and (demo_accounts or not row.demo) else "over"
