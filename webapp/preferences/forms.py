"""The preferences form."""

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField

from webapp.forms import OpenForm
from webapp.i18n import LANGUAGES, N_, locale

from .cookies import THEMES


class PreferencesForm(OpenForm):
    """Theme, language, dock and presenter mode; `next` is the page to return to."""

    theme = RadioField(N_("Colours"), choices=[SelectChoice(name, label) for name, (label, _) in THEMES.items()])
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
