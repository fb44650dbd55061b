"""The recorder's own cookie."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_

WIRE = Cookie(
    name="wire",
    purpose=N_("Lets the cookie dock show you the exchanges of the last hour, also the redirect that you never saw."),
    category=Category.NECESSARY,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
)
