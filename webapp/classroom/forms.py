"""The form of the second browser."""

from wtforms import RadioField, SelectChoice

from webapp.forms import OpenForm
from webapp.i18n import N_
from webapp.useragent import ENGINES


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
