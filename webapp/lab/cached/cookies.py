"""The bench's own cookie."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, gettext
from webapp.lab.notes import KEY

CACHE = Cookie(
    name="cache",
    purpose=N_("Which cache is yours, in the lab's lesson on pages that came to the wrong visitor."),
    does=N_("what your cache keeps"),
    says=lambda key, cache: gettext("Your cache is the one called “%(name)s”.", name=cache),
    category=Category.NECESSARY,
    codec=codecs.Token(KEY),
    path="/lab/cached",
)
