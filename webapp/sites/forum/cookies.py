"""The cookies of the forum."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_
from webapp.sites.drafts import DraftCodec

SORT = Cookie(
    name="forum_sort",
    purpose=N_("The order in which you like to see the threads of the forum."),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Choice("active", "new"),
    default="active",
)
RECENT = Family(
    name="recent_forum.",
    key="[1-9][0-9]{0,9}",
    limit=12,
    purpose=N_(
        "One thread you opened in the forum, when, and the last post of it that you have read, so that you see what is "
        "new in it."
    ),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    # Up to version 0.2 the moment stood alone, and meant that all was read by then.
    codec=codecs.Stamped(codecs.Number(0, 2**31 - 1), unsaid=-1),
)
READ = Family(
    name="read_board.",
    key="[a-z]{2,12}",
    limit=8,
    purpose=N_("When you marked a board of the forum as read."),
    category=Category.HISTORY,
    max_age=timedelta(days=400),
    codec=codecs.Timestamp(),
)
# Places: `t12` a reply to thread 12, `e34` an edit of post 34, `n-swap` a new thread on the board swap; of the latter,
# and of an edit that has one, the first line of the text is the title.
DRAFT = Cookie(
    name="draft",
    purpose=N_("What you are writing in the forum and have not posted yet, as long as it fits into one cookie."),
    category=Category.NECESSARY,
    max_age=timedelta(hours=12),
    private=True,
    path="/forum/",
    codec=DraftCodec("[te][1-9][0-9]{0,9}|n-[a-z]{2,12}"),
)
