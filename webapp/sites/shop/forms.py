"""The forms of the shop."""

import secrets

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from webapp.forms import Form, OpenForm
from webapp.i18n import N_
from webapp.sites.written import tidy

from .orders import LONGEST_NAME


class SearchesForm(OpenForm):
    """Forget or pause: `item` is the id of one search, empty for all; `pause` is `on` or `off`."""

    item = StringField()
    pause = StringField()
    next = HiddenField()


class BasketForm(Form):
    """Change the basket; its fields depend on what is in it, so the view reads them."""


class CheckoutForm(Form):
    """Order what is in the basket; `once` makes a second copy of the same request harmless."""

    name = StringField(
        N_("A name to call out"),
        [
            DataRequired(N_("Please give a name that we can call out.")),
            Length(max=LONGEST_NAME, message=N_("That is too long to call out: 40 letters at most, please.")),
        ],
        filters=[lambda text: " ".join(tidy(text).split())],
    )
    once = HiddenField(
        default=lambda: secrets.token_urlsafe(16),
        validators=[
            Regexp(r"^[A-Za-z0-9_-]{22}\Z", message=N_("Something in the form was cut off. Please send it again."))
        ],
    )
