"""The jar's forms."""

import re

from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, ValidationError

from webapp.cookies import LARGEST, current_jar
from webapp.forms import OpenForm
from webapp.house import house
from webapp.i18n import N_

from .rows import find
from .tamper import WAYS


class TrialForm(OpenForm):
    """What a trial leaves out or changes, and on which page; sent by GET, since nothing of it is kept."""

    name = HiddenField()
    how = RadioField(
        N_("For one request"),
        choices=[
            *(SelectChoice(key, title) for key, (title, *_) in WAYS.items()),
            SelectChoice("other", N_("Send another value:")),
        ],
        default="off",
    )
    value = StringField(N_("Another value"), filters=[lambda text: text or ""])
    page = SelectField(
        N_("The page to ask for"),
        choices=lambda: [SelectChoice(house().path(place), place.title) for place in house().places() if place.trial],
        default="/",
    )

    def validate_value(self, field: StringField) -> None:
        """Hold the value to what a Cookie header can carry (RFC 6265bis section 5.6)."""
        if self.how.data == "other" and re.search("[^ -:<-~]", field.data):
            raise ValidationError(N_("A value has only ASCII characters, and no semicolon."))
        if len(field.data) > LARGEST:
            raise ValidationError(N_("Name and value together may be 4096 bytes long at most."))


class ChangeForm(OpenForm):
    """A value that is to be kept."""

    name = HiddenField()
    value = StringField(N_("New value"), filters=[lambda text: text or ""])

    def validate_value(self, field: StringField) -> None:
        """Take what the site itself could have written."""
        row = find(self.name.data or "")
        if row is None or not row.plain:
            raise ValidationError(N_("This cookie can't be changed by hand."))
        try:
            self.decoded = current_jar().decode(row.cookie, field.data)
        except ValueError:
            raise ValidationError(
                N_("The site would never write that value, and takes it for no cookie at all. Try it for one request.")
            ) from None
        if len(row.name) + len(field.data) > LARGEST:
            raise ValidationError(N_("Name and value together may be 4096 bytes long at most."))
