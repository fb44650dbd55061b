"""What the visitor looked at: one small cookie a thing, so that tabs opened at once don't overwrite each other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from webapp import clock
from webapp.cookies import Family

_SECOND = timedelta(seconds=1)  # cookies name whole seconds
_CLOCKS_APART = timedelta(minutes=5)  # servers behind one balancer never agree to the second


def next_moment(before: Iterable[datetime]) -> datetime:
    """Return now, or a second after the latest moment before: of what happened within a second the last stays first."""
    return max([clock.now(), *(at + _SECOND for at in before)])


def is_later(at: datetime, moment: datetime) -> bool:
    """Tell whether something happened later than a moment that a cookie names, after the whole of its second."""
    return at >= moment + _SECOND


def is_made_up(at: datetime) -> bool:
    """Tell whether a moment of a cookie is still to come, and so was never written here."""
    return at > clock.now() + _CLOCKS_APART


def note_view(family: Family, key: str) -> None:
    """Remember that the visitor looks at a thing now."""
    family.add(key, next_moment(at for other, at in views(family) if other != key))


def views(family: Family) -> list[tuple[str, datetime]]:
    """Return (key, time), the newest first; a cookie with a time that we never wrote is deleted."""
    seen = family.items()
    made_up = {key for key, at in seen if is_made_up(at)}
    drop(family, made_up)
    return [(key, at) for key, at in seen if key not in made_up]


def drop(family: Family, keys: Iterable[str]) -> None:
    """Delete the cookies of things that are not, or no longer, there."""
    for key in keys:
        family[key].delete()
