"""The cookies of the social site."""

from datetime import timedelta

from webapp.cookies import Category, Family, codecs
from webapp.i18n import N_

RECENT = Family(
    name="recent_social.",
    key="[pu][1-9][0-9]{0,9}",
    limit=8,
    purpose=N_("One post or person you looked at on the social site, and when, so that you find them again."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Timestamp(),
)
