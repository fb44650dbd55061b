"""What the visitor searched for: one small cookie a search; the same words again are the same cookie."""

from datetime import datetime
from typing import NamedTuple

from webapp import clock
from webapp.cookies import current_jar
from webapp.i18n import gettext
from webapp.sites.recents import drop, next_moment
from webapp.sites.written import tidy

from .cookies import PAUSE, SEARCHES, search_key
from .goods import TAGS

LONGEST = SEARCHES.codec.codec.longest


class Search(NamedTuple):
    """One search as it was typed; `cookie` and `value` are what told us, as they stand in the `Cookie` header."""

    id: str
    text: str
    cookie: str
    value: str
    at: datetime


def note_search(query: str) -> None:
    """Remember a search, unless the visitor paused that, or it has no words, or is too long to be kept whole."""
    text = " ".join(tidy(query).split())
    key = search_key(text)
    if PAUSE.get() or not key or len(text) > LONGEST:
        return
    SEARCHES.add(key, (next_moment(search.at for search in recent_searches() if search.id != key), text))


def have_searched() -> None:
    """Remember a search, for honey, where this browser has made none: a lesson begins with one."""
    honey = TAGS["honey"]
    text = gettext(honey)
    if not recent_searches():
        SEARCHES.add(search_key(text), (clock.now(), text))


def recent_searches() -> list[Search]:
    """Return what this browser searched for, the newest first; a cookie that we never wrote is deleted."""
    held, cookie = SEARCHES.items(), current_jar().wire_name(SEARCHES)
    forged = {key for key, (at, text) in held if clock.is_made_up(at) or key != search_key(text)}
    drop(SEARCHES, forged)
    return [
        Search(id=key, text=text, cookie=cookie + key, value=SEARCHES.codec.encode((at, text)), at=at)
        for key, (at, text) in held
        if key not in forged
    ]


def forget(key: str) -> None:
    """Forget one search, all for an empty key; a key that no search has is none of ours."""
    if not key:
        SEARCHES.clear()
    for search in recent_searches():
        if search.id == key:
            SEARCHES[key].delete()
