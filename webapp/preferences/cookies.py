"""The cookies that hold a visitor's preferences."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import LANGUAGES, N_

_KEPT = timedelta(days=400)
# For some hours, a look that somebody turned on themselves needs no further consent (Article 29 Working Party, opinion
# 04/2012, section 3.6), so a class can watch a refusal on a projector.
_HALF_A_DAY = timedelta(hours=12)

# Each theme: what it is called, and the color-scheme that its tokens in static/css/tokens.css are made for.
THEMES = {
    "auto": (N_("Same as my device"), "light dark"),
    "light": (N_("Light"), "light"),
    "dark": (N_("Dark"), "dark"),
    "contrast": (N_("High contrast"), "dark"),
    "biscuit": (N_("Biscuit"), "light"),
}
THEME = Cookie(
    name="theme",
    purpose=N_("The colours you chose, so that the server can send the page in them at once."),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Choice(*THEMES),
    default="auto",
)
LANGUAGE = Cookie(
    name="language",
    purpose=N_("The language you chose. Without it we follow what your browser asks for."),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Choice(*LANGUAGES),
)
DOCK = Cookie(
    name="dock",
    purpose=N_("Whether you want to see the cookie dock."),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Switch(),
    default=True,
)
PRESENTER = Cookie(
    name="presenter",
    purpose=N_("Whether pages are shown for a projector, big type and the dock at the foot: you turned it on."),
    category=Category.NECESSARY,
    max_age=_HALF_A_DAY,
    codec=codecs.Switch(),
    default=False,
)
