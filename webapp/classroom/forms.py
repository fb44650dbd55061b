"""The forms of the instructor's side."""

from wtforms import RadioField, SelectChoice, StringField

from webapp.forms import OpenForm
from webapp.i18n import N_
from webapp.useragent import ENGINES


class JoinForm(OpenForm):
    """The code of a room, as it stands on the instructor's page."""

    code = StringField(N_("Code"))


class StudentForm(OpenForm):
    """Which browser the second one is."""

    engine = RadioField(
        N_("It behaves like"),
        choices=sorted(
            (SelectChoice(engine.name, engine.title) for engine in ENGINES.values() if not engine.for_its_own),
            key=lambda choice: choice.value == "spec",
        ),
        default="chromium",
    )
