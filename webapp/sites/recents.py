"""What the visitor looked at: one small cookie a thing, so that tabs opened at once don't overwrite each other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from webapp import clock
from webapp.cookies import Family

_SECOND = timedelta(seconds=1)
_CLOCKS_APART = timedelta(minutes=5)  # servers behind one balancer never agree to the second


def note_view(family: Family, key: str) -> None:
    """Remember that the visitor looks at a thing now.

    Cookies name whole seconds: a view within the second of the one before counts as a second later, and stays first.
    """
    before = (at for other, at in views(family) if other != key)
    family.add(key, max([clock.now(), *(at + _SECOND for at in before)]))


def views(family: Family) -> list[tuple[str, datetime]]:
    """Return (key, time), the newest first; a cookie with a time that we never wrote is deleted."""
    seen, latest = family.items(), clock.now() + _CLOCKS_APART
    drop(family, [key for key, at in seen if at > latest])
    return [(key, at) for key, at in seen if at <= latest]


def drop(family: Family, keys: Iterable[str]) -> None:
    """Delete the cookies of things that are not, or no longer, there."""
    for key in keys:
        family[key].delete()
