"""The cookies of the shop."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_, ago, gettext
from webapp.sites.words import words

from .goods import GOODS


def _says(key: str, text: str, **values: Any) -> str:
    """Return what a cookie says of the good that its key names, "" where the shop has none such."""
    good = GOODS.get(key.partition(".")[0])
    return gettext(text, name=gettext(good.name), **values) if good else ""


def search_key(text: str) -> str:
    """Return the key of a search, the same however its words are written and ordered; empty where it has no words."""
    folded = " ".join(sorted(set(words(text))))
    return folded and sha256(folded.encode()).hexdigest()[:8]


def _says_search(key: str, search: tuple[datetime, str]) -> str:
    """Return what was searched for, "" where the text is not the one of its key: we never wrote that."""
    at, text = search
    return gettext("You searched for “%(text)s”, %(ago)s.", text=text, ago=ago(at)) if key == search_key(text) else ""


RECENT = Family(
    name="recent_shop.",
    key="[a-z0-9-]{1,24}",
    limit=8,
    purpose=N_("One thing you looked at in the shop, and when, so that you find it again."),
    does=N_("what you looked at last, “Picked for you”"),
    says=lambda key, at: _says(key, N_("You looked at %(name)s, %(ago)s."), ago=ago(at)),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
_ORDERS = {
    "shelf": N_("You want goods as they stand on the shelf."),
    "price": N_("You want the cheapest goods first."),
    "name": N_("You want goods in the order of their names."),
}
SORT = Cookie(
    name="shop_sort",
    purpose=N_("The order in which you like to see the goods of the shop."),
    does=N_("the order of the goods"),
    says=lambda key, order: gettext(_ORDERS[order]),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Choice(*_ORDERS),
    default="shelf",
)
SEARCHES = Family(
    name="search_shop.",
    key="[0-9a-f]{8}",
    limit=8,
    purpose=N_("What you searched for in the shop, and when, so that you can search again and see what fits."),
    does=N_("your last searches, “Picked for you”"),
    says=_says_search,
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Stamped(codecs.Text(60)),
)
PAUSE = Cookie(
    name="search_pause",
    purpose=N_("That you asked the shop to remember no further searches."),
    does=N_("whether searches are remembered"),
    says=lambda key, on: (
        gettext("The shop remembers no further searches.") if on else gettext("The shop remembers your searches.")
    ),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Switch(),
    default=False,
)
BASKET = Family(
    name="basket.",
    key=r"[a-z0-9-]{1,24}\.[a-z0-9]{2,4}",
    limit=38,
    purpose=N_("Something in your basket, and how many of it."),
    does=N_("your basket"),
    says=lambda key, number: _says(key, N_("In your basket: %(number)s × %(name)s."), number=number),
    category=Category.NECESSARY,
    max_age=timedelta(days=7),
    codec=codecs.Number(1, 20),
)
