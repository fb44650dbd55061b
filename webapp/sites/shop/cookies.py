"""The cookies of the shop."""

from datetime import timedelta

from webapp.cookies import Category, Family, codecs
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
