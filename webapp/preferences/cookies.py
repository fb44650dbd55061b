"""The cookies that hold a visitor's preferences."""

from datetime import timedelta

from webapp.cookies import Category, Cookie, codecs
from webapp.i18n import LANGUAGES, N_, gettext, locale

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
    does=N_("the colours"),
    says=lambda key, theme: gettext("You chose the colours “%(name)s”.", name=gettext(THEMES[theme][0])),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Choice(*THEMES),
    default="auto",
)
LANGUAGE = Cookie(
    name="language",
    purpose=N_("The language you chose. Without it we follow what your browser asks for."),
    does=N_("the language"),
    says=lambda key, language: gettext("You chose the language %(name)s.", name=locale(language).display_name),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Choice(*LANGUAGES),
)
DOCK = Cookie(
    name="dock",
    purpose=N_("Whether you want to see the cookie dock."),
    does=N_("whether this dock is here"),
    says=lambda key, on: gettext("You want to see the cookie dock.") if on else gettext("You hid the cookie dock."),
    category=Category.PREFERENCES,
    max_age=_KEPT,
    codec=codecs.Switch(),
    default=True,
)
PRESENTER = Cookie(
    name="presenter",
    purpose=N_("Whether pages are shown for a projector, big type and the dock at the foot: you turned it on."),
    does=N_("the big type"),
    says=lambda key, on: gettext("You turned presenter mode on.") if on else gettext("You turned presenter mode off."),
    category=Category.NECESSARY,
    max_age=_HALF_A_DAY,
    codec=codecs.Switch(),
    default=False,
)
