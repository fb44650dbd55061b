"""The cookies of the shop."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_

RECENT = Family(
    name="recent_shop.",
    key="[a-z0-9-]{1,24}",
    limit=8,
    purpose=N_("One thing you looked at in the shop, and when, so that you find it again."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
SEARCHES = Family(
    name="search_shop.",
    key="[0-9a-f]{8}",
    limit=8,
    purpose=N_("What you searched for in the shop, and when, so that you can search again and see what fits."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Stamped(codecs.Text(60)),
)
PAUSE = Cookie(
    name="search_pause",
    purpose=N_("That you asked the shop to remember no further searches."),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Switch(),
    default=False,
)
BASKET = Family(
    name="basket.",
    key=r"[a-z0-9-]{1,24}\.[a-z0-9]{2,4}",
    limit=60,
    purpose=N_("Something in your basket, and how many of it."),
    category=Category.NECESSARY,
    max_age=timedelta(days=7),
    codec=codecs.Number(1, 20),
)
