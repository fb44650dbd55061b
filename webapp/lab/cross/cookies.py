"""The bench's own cookie."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, gettext
from webapp.lab.notes import KEY

BENCH = Cookie(
    name="bench",
    purpose=N_("Which cross-site bench is yours, so that it can show you what arrived. It is in its addresses, too."),
    does=N_("what arrived on your bench"),
    says=lambda key, bench: gettext("Your bench is the one called “%(name)s”.", name=bench),
    category=Category.NECESSARY,
    codec=codecs.Token(KEY),
    path="/lab/cross",
)
