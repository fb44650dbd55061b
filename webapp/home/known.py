"""What the cookies of one request tell the site."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from webapp.cookies import Category, Cookie

_SHOWN = 60  # characters of a value that fit a line of the first page


@dataclass
class Clue:
    """One declaration that the browser sent a cookie of: the names on the wire, and the value where it may be shown."""

    cookie: Cookie
    value: str
    names: list[str] = field(default_factory=list)


def clues(received: Iterable[tuple[str, str]], whose: Callable[[str, str], Cookie | None]) -> tuple[list[Clue], int]:
    """Return a clue for each declaration among `received`, and how many cookies are not this site's.

    The members of a family share one clue. What opens doors (secret, signed) is named, never shown. Necessary cookies
    come last: they say least about a person.
    """
    found: dict[str, Clue] = {}
    strangers = 0
    for name, value in received:
        cookie = whose(name, value)
        if cookie is None:
            strangers += 1
            continue
        open_to_see = not (cookie.secret or cookie.signed or cookie.library) and len(value) <= _SHOWN
        clue = found.setdefault(cookie.name, Clue(cookie, value if open_to_see else ""))
        if name not in clue.names:
            clue.names.append(name)
    return sorted(found.values(), key=lambda clue: clue.cookie.category is Category.NECESSARY), strangers
