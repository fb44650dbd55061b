"""The bench's own cookie."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_
from webapp.lab.notes import KEY

BENCH = Cookie(
    name="bench",
    purpose=N_("Which cross-site bench is yours, so that it can show you what arrived. It is in its addresses, too."),
    category=Category.NECESSARY,
    codec=codecs.Token(KEY),
    path="/lab/cross",
)
