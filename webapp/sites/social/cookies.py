"""The cookies of the social site."""

from datetime import datetime, timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_, ago, gettext
from webapp.sites.drafts import KEPT, MOST, Drafts, PlacedCodec, TextCodec, says


def _looked(key: str, at: datetime) -> str:
    if key.startswith("u"):
        return gettext("You looked at the page of person %(number)s, %(ago)s.", number=key[1:], ago=ago(at))
    return gettext("You looked at post %(number)s, %(ago)s.", number=key[1:], ago=ago(at))


RECENT = Family(
    name="recent_social.",
    key="[pu][1-9][0-9]{0,9}",
    limit=8,
    purpose=N_("One post or person you looked at on the social site, and when, so that you find them again."),
    does=N_("what you looked at last"),
    says=_looked,
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
LIKED = Family(
    name="like.",
    key="[1-9][0-9]{0,9}",
    limit=20,
    purpose=N_("One post that you like, pressed while you were not logged in. A log-in makes it your account's."),
    does=N_("what you like"),
    says=lambda key, at: gettext("You liked post %(number)s, %(ago)s.", number=key, ago=ago(at)),
    category=Category.NECESSARY,
    max_age=timedelta(days=7),
    private=True,
    codec=codecs.Timestamp(),
)
# Places: `new` a post, `c12` a comment on post 12, `ep12` and `ec12` another wording of a post or a comment.
_PLACES = "new|(?:c|ep|ec)[1-9][0-9]{0,9}"
BEGUN = Family(
    name="begun_social.",
    key=_PLACES,
    limit=MOST,
    purpose=N_("Where on the social site a text of yours is not posted yet, and since when, so that every page knows."),
    says=lambda key, at: gettext("You wrote something that is not posted yet, %(ago)s.", ago=ago(at)),
    codec=codecs.Timestamp(),
    **KEPT,
)
UNPOSTED = Family(
    name="unposted.",
    key=_PLACES,
    limit=MOST,
    index=BEGUN,
    purpose=N_("What you sent to the social site when you were not logged in any more, until it is posted."),
    says=says,
    path="/social/",
    codec=TextCodec(),
    **KEPT,
)
OLD_UNPOSTED = Cookie(
    name="unposted",
    purpose=N_("What you sent to the social site, as versions up to 0.2 kept it. It becomes a cookie of its place."),
    says=says,
    path="/social/",
    codec=PlacedCodec(_PLACES),
    former=True,
    **KEPT,
)
DRAFTS = Drafts(UNPOSTED, OLD_UNPOSTED)
