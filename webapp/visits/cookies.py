"""The two cookies that tell one visit from the next."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_

SEEN = Cookie(
    name="seen",
    purpose=N_("When you were here last, and how often you have come."),
    category=Category.HISTORY,
    max_age=timedelta(days=400),
    codec=codecs.Stamped(codecs.Number(1, 99_999)),
)
VISIT = Cookie(
    name="visit",
    purpose=N_(
        "When your visit before this one ended. It goes when you close the browser, so we know a new one by it."
    ),
    category=Category.HISTORY,
    codec=codecs.Timestamp(),
)
