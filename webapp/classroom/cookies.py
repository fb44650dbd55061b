"""The cookies of the instructor's side."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_

LASTS = timedelta(hours=8)

ROOM = Cookie(
    name="room",
    purpose=N_("Lets your notes on another device follow the lesson that you show in this browser."),
    category=Category.NECESSARY,
    max_age=LASTS,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
)
STUDENT = Cookie(
    name="student",
    purpose=N_("Which second browser on the instructor's page is yours; its own cookies stay on the server."),
    category=Category.NECESSARY,
    codec=codecs.Token(r"[A-Za-z0-9_-]{22}"),
    secret=True,
    path="/teach/student",
)
