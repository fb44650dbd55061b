"""What the visitor looked at: one small cookie a thing, so that tabs opened at once don't overwrite each other."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from webapp import clock
from webapp.cookies import Family

_SECOND = timedelta(seconds=1)  # cookies name whole seconds


def next_moment(before: Iterable[datetime]) -> datetime:
    """Return now, or a second after the latest moment before: of what happened within a second the last stays first."""
    return max([clock.now(), *(at + _SECOND for at in before)])


def end_of(moment: datetime) -> datetime:
    """Return when the second is over that a cookie names: what happened from then on, happened later."""
    return moment + _SECOND


def note_view(family: Family, key: str, *more: Any) -> None:
    """Remember that the visitor looks at a thing now, and what `more` the cookies of this family say."""
    moment = next_moment(at for other, at, *_ in views(family) if other != key)
    family.add(key, (moment, *more) if more else moment)


def views(family: Family) -> list[tuple[Any, ...]]:
    """Return (key, time) and what more a cookie says, newest first; one with a time that we never wrote is deleted."""
    seen = [(key, *(value if isinstance(value, tuple) else (value,))) for key, value in family.items()]
    made_up = list(takewhile(lambda view: clock.is_made_up(view[1]), seen))
    drop(family, [key for key, *_ in made_up])
    return seen[len(made_up) :]


def drop(family: Family, keys: Iterable[str]) -> None:
    """Delete the cookies of things that are not, or no longer, there."""
    for key in keys:
        family[key].delete()
