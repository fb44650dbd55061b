"""The cookies of the forum."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_
from webapp.sites.drafts import KEPT, MOST, Drafts, PlacedCodec, TextCodec

from .town import BOARDS

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
    limit=len(BOARDS),
    purpose=N_("When you marked a board of the forum as read."),
    category=Category.HISTORY,
    max_age=timedelta(days=400),
    codec=codecs.Timestamp(),
)
# Places: `t12` a reply to thread 12, `e34` an edit of post 34, `n-swap` a new thread on the board swap; of the latter,
# and of an edit that has one, the first line of the text is the title.
_PLACES = "[te][1-9][0-9]{0,9}|n-[a-z]{2,12}"
BEGUN = Family(
    name="begun_forum.",
    key=_PLACES,
    limit=MOST,
    purpose=N_(
        "Where in the forum you have begun to write, and when, so that every page knows which drafts there are."
    ),
    codec=codecs.Timestamp(),
    **KEPT,
)
DRAFT = Family(
    name="draft.",
    key=_PLACES,
    limit=MOST,
    index=BEGUN,
    purpose=N_("Something you are writing in the forum and have not posted yet, as long as it fits into one cookie."),
    path="/forum/",
    codec=TextCodec(),
    **KEPT,
)
OLD_DRAFT = Cookie(
    name="draft",
    purpose=N_("What you were writing in the forum, as versions up to 0.2 kept it. It becomes a cookie of its place."),
    path="/forum/",
    codec=PlacedCodec(_PLACES),
    **KEPT,
)
DRAFTS = Drafts(DRAFT, OLD_DRAFT)
