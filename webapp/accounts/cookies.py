"""The cookies that bring somebody back to their account."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_

REMEMBER = Cookie(
    name="remember",
    purpose=N_("Logs you in again after you closed the browser, because you ticked “remember me”. Log-out ends it."),
    category=Category.NECESSARY,
    max_age=timedelta(days=30),
    # A selector, which finds the row, and a validator, of which the row holds the hash.
    codec=codecs.Token(r"[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22}"),
    secret=True,
)
LAST_LOGIN = Cookie(
    name="last_login",
    purpose=N_("How your last log-in here was meant to end, so that we can tell you why we don't know you any more."),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Choice("session", "remembered", "logged-out"),
)
KNOWN = Cookie(
    name="known",
    purpose=N_("Tells us that you logged in here before, so that nobody who guesses at your password locks you out."),
    category=Category.NECESSARY,
    max_age=timedelta(days=400),
    # What stands for the account, and what stands for this browser; neither says who it is.
    codec=codecs.Token(r"[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{11}"),
    signed=True,
    secret=True,
)
