"""Flask's session cookie, declared here and written by Flask."""

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_

SESSION = Cookie(
    name="session",
    purpose=N_("Keeps you logged in until you close the browser, and protects the forms you send."),
    category=Category.NECESSARY,
    codec=codecs.Opaque(),
    secret=True,
    library="Flask",
)
