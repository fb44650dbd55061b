"""The preferences form."""

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField

from webapp.forms import Form
from webapp.i18n import LANGUAGES, N_, locale

from .cookies import THEME

_THEMES = {
    "auto": N_("As my device has it"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
    "biscuit": N_("Biscuit"),
}


class PreferencesForm(Form):
    """Theme, language, dock and presenter mode; `next` is the page to return to."""

    theme = RadioField(N_("Colours"), choices=[SelectChoice(name, _THEMES[name]) for name in THEME.codec.options])
    language = SelectField(
        N_("Language"),
        choices=[
            SelectChoice("", N_("As my browser asks for")),
            *(SelectChoice(code, locale(code).display_name, {"lang": code}) for code in LANGUAGES),
        ],
    )
    dock = BooleanField(N_("Show the cookie dock"))
    presenter = BooleanField(N_("Presenter mode: big type for a projector"))
    next = HiddenField()
