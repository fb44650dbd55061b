"""The basket: it lives in the visitor's browser, and nowhere else.

Each addition is a cookie of its own, and what is in the basket is their sum. Tabs that add at the same time write
different cookies, so none overwrites what another added.
"""

import secrets
import string
from collections import defaultdict

from flask import url_for

from webapp.cookies import current_jar
from webapp.house import Waiting
from webapp.i18n import current_language, speaker
from webapp.sites.recents import drop

from .cookies import BASKET
from .goods import GOODS

MOST = BASKET.codec.most  # of one good
# Some below the limit of the family, so that tabs that add at the same time don't push each other out.
FULL = BASKET.limit - 10


class FullError(Exception):
    """The basket holds as many goods as cookies can be kept."""


def contents() -> dict[str, int]:
    """Return how many of each good are in the basket, in the order of the shop."""
    quantities: dict[str, int] = defaultdict(int)
    for key, quantity in _parts():
        quantities[_slug(key)] += quantity
    return {slug: min(quantities[slug], MOST) for slug in sorted(quantities, key=list(GOODS).index)}


def waiting() -> list[Waiting]:
    """Return what is to be said elsewhere of the basket: how much is in it, and what it comes to."""
    held = contents()
    if not held:
        return []
    speak = speaker(current_language())
    title = speak.ngettext("%(num)s thing in your basket", "%(num)s things in your basket", sum(held.values()))
    total = sum(GOODS[slug].price * quantity for slug, quantity in held.items())
    return [Waiting(title, url_for("shop.show_basket"), speak.price(total))]


def lines_held() -> list[tuple[str, int]]:
    """Return (name on the wire, quantity) of the cookies that are the basket."""
    prefix = current_jar().wire_name(BASKET)
    return sorted((prefix + key, quantity) for key, quantity in _parts())


def add(slug: str) -> None:
    """Put one more of a good into the basket, up to `MOST`; FullError when there is no room for another cookie."""
    if contents().get(slug, 0) >= MOST:
        return
    if len(_parts()) >= FULL:
        for held, quantity in contents().items():
            put(held, quantity)
    if len(_parts()) >= FULL:
        raise FullError
    letters = string.ascii_lowercase + string.digits
    BASKET[f"{slug}.{''.join(secrets.choice(letters) for _ in range(4))}"].set(1)


def put(slug: str, quantity: int) -> None:
    """Let the basket hold so many of a good, in one cookie; none for zero."""
    keys = sorted(key for key, _ in _parts() if _slug(key) == slug)
    drop(BASKET, keys[1:] if quantity else keys)
    if keys and quantity:
        BASKET[keys[0]].set(quantity)


def clear() -> None:
    """Take everything out."""
    BASKET.clear()


def _slug(key: str) -> str:
    return key.partition(".")[0]


def _parts() -> list[tuple[str, int]]:
    """Return (key, quantity) of each cookie; those of goods that are not, or no longer, there are deleted."""
    parts = BASKET.items()
    drop(BASKET, [key for key, _ in parts if _slug(key) not in GOODS])
    return [(key, quantity) for key, quantity in parts if _slug(key) in GOODS]
