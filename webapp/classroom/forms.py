"""The forms of the instructor's side."""

from wtforms import RadioField, SelectChoice, StringField

from webapp.forms import OpenForm
from webapp.i18n import N_

ENGINES = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit", "spec": "RFC 6265bis"}


class JoinForm(OpenForm):
    """The code of a room, as it stands on the instructor's page."""

    code = StringField(N_("Code"))


class StudentForm(OpenForm):
    """Which browser the second one is."""

    engine = RadioField(
        N_("It behaves like"),
        choices=[SelectChoice(name, title) for name, title in ENGINES.items()],
        default="chromium",
    )
