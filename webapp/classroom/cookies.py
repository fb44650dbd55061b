"""The cookies of the instructor's side."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, gettext
from webapp.sandbox import Sandbox, says

LASTS = timedelta(hours=8)

ROOM = Cookie(
    name="room",
    purpose=N_("Lets your notes on another device follow the lesson that you show in this browser."),
    does=N_("your notes"),
    says=lambda key, shown: gettext("Your notes on another device follow this browser."),
    aside=True,
    category=Category.NECESSARY,
    max_age=LASTS,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
)
STUDENT = Cookie(
    name="student",
    purpose=N_("Which second browser on the instructor's page is yours; its own cookies stay on the server."),
    does=N_("the second browser"),
    says=lambda key, shown: gettext("One second browser on the server is yours."),
    aside=True,
    category=Category.NECESSARY,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
)
TRIED = Sandbox(
    name="join-",
    purpose=N_("Two cookies, one with Secure, that show what this browser keeps at the class's address."),
    does=N_("what is kept here"),
    says=says,
    aside=True,
    category=Category.NECESSARY,
    codec=codecs.Opaque(),
    path="/join",
)
