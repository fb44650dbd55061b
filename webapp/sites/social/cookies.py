"""The cookies of the social site."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_
from webapp.sites.drafts import DraftCodec

RECENT = Family(
    name="recent_social.",
    key="[pu][1-9][0-9]{0,9}",
    limit=8,
    purpose=N_("One post or person you looked at on the social site, and when, so that you find them again."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
# Places: `new` a post, `c12` a comment on post 12, `ep12` and `ec12` another wording of a post or a comment.
UNPOSTED = Cookie(
    name="unposted",
    purpose=N_("What you sent to the social site when you were not logged in any more, until you have logged in."),
    category=Category.NECESSARY,
    max_age=timedelta(hours=12),
    private=True,
    path="/social/",
    codec=DraftCodec("new|(?:c|ep|ec)[1-9][0-9]{0,9}"),
)
