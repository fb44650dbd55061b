"""The cookies that bring somebody back to their account."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import N_, gettext

_LAST = {
    "session": N_("You logged in until you close the browser."),
    "remembered": N_("You logged in, and ticked “remember me”."),
    "logged-out": N_("You logged out."),
}
REMEMBER = Cookie(
    name="remember",
    purpose=N_("Logs you in again after you closed the browser, because you ticked “remember me”. Log-out ends it."),
    does=N_("who you are"),
    says=lambda key, shown: gettext("It logs you in again, once: then the next one takes its place."),
    category=Category.NECESSARY,
    max_age=timedelta(days=30),
    # A selector, which finds the row, and a validator, of which the row holds the hash.
    codec=codecs.Token(r"[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22}"),
    secret=True,
)
LAST_LOGIN = Cookie(
    name="last_login",
    purpose=N_("How your last log-in here was meant to end, so that we can tell you why we don't know you any more."),
    does=N_("why you are not logged in"),
    says=lambda key, how: gettext(_LAST[how]),
    category=Category.HISTORY,
    max_age=timedelta(days=30),
    codec=codecs.Choice(*_LAST),
)
KNOWN = Cookie(
    name="known",
    purpose=N_("Tells us that you logged in here before, so that nobody who guesses at your password locks you out."),
    does=N_("that nobody locks you out"),
    says=lambda key, shown: gettext("Somebody logged in here before. It does not say who."),
    category=Category.NECESSARY,
    max_age=timedelta(days=400),
    # What stands for the account, and what stands for this browser; neither says who it is.
    codec=codecs.Token(r"[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{11}"),
    signed=True,
    secret=True,
)
