"""The cookies of the forum."""

from datetime import datetime, timedelta

from webapp.cookies import Category, Cookie, Family, codecs
from webapp.i18n import N_, ago, gettext
from webapp.sites.drafts import KEPT, MOST, Drafts, PlacedCodec, TextCodec, says

from .town import BOARDS

_ORDERS = {
    "active": N_("You want the thread with the newest answer first."),
    "new": N_("You want the newest thread first."),
}


def _read(key: str, view: tuple[datetime, int]) -> str:
    at, post = view
    if post < 0:
        return gettext("You read thread %(thread)s, %(ago)s.", thread=key, ago=ago(at))
    return gettext("You read thread %(thread)s up to post %(post)s, %(ago)s.", thread=key, post=post, ago=ago(at))


def _marked(key: str, at: datetime) -> str:
    if key not in BOARDS:
        return ""
    return gettext("You marked “%(board)s” as read, %(ago)s.", board=gettext(BOARDS[key].title), ago=ago(at))


SORT = Cookie(
    name="forum_sort",
    purpose=N_("The order in which you like to see the threads of the forum."),
    does=N_("the order of the threads"),
    says=lambda key, order: gettext(_ORDERS[order]),
    category=Category.PREFERENCES,
    max_age=timedelta(days=400),
    codec=codecs.Choice(*_ORDERS),
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
    does=N_("what is new to you"),
    says=_read,
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
    does=N_("what is new to you"),
    says=_marked,
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
    says=lambda key, at: gettext("You wrote something that is not posted yet, %(ago)s.", ago=ago(at)),
    codec=codecs.Timestamp(),
    **KEPT,
)
DRAFT = Family(
    name="draft.",
    key=_PLACES,
    limit=MOST,
    index=BEGUN,
    purpose=N_("Something you are writing in the forum and have not posted yet, as long as it fits into one cookie."),
    says=says,
    path="/forum/",
    codec=TextCodec(),
    **KEPT,
)
OLD_DRAFT = Cookie(
    name="draft",
    purpose=N_("What you were writing in the forum, as versions up to 0.2 kept it. It becomes a cookie of its place."),
    says=says,
    path="/forum/",
    codec=PlacedCodec(_PLACES),
    former=True,
    **KEPT,
)
DRAFTS = Drafts(DRAFT, OLD_DRAFT)
