"""The recorder's own cookie."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, gettext

WIRE = Cookie(
    name="wire",
    purpose=N_("Lets the cookie dock show you the exchanges of the last hour, also the redirect that you never saw."),
    does=N_("the exchanges before this one"),
    says=lambda key, shown: gettext("Your exchanges of the last hour, kept on the server, are found by it."),
    aside=True,
    category=Category.NECESSARY,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
)
