"""The two cookies that tell one visit from the next."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, ago, gettext, moment

SEEN = Cookie(
    name="seen",
    purpose=N_("When you were here last, and how often you have come."),
    does=N_("whether you have been here before"),
    says=lambda key, seen: gettext("You were here %(ago)s: visit %(number)s.", ago=ago(seen[0]), number=seen[1]),
    category=Category.HISTORY,
    max_age=timedelta(days=400),
    codec=codecs.Stamped(codecs.Number(1, 99_999)),
)
VISIT = Cookie(
    name="visit",
    purpose=N_(
        "When your visit before this one ended. It goes when you close the browser, so we know a new one by it."
    ),
    does=N_("what is new since your last visit"),
    says=lambda key, last: gettext("New to you is what came after %(moment)s (UTC).", moment=moment(last)),
    category=Category.HISTORY,
    codec=codecs.Timestamp(),
)
