"""The forms of the shop."""

import secrets
from collections.abc import Mapping
from contextlib import suppress

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Regexp

from webapp.forms import Form, OpenForm
from webapp.i18n import N_
from webapp.sites.written import tidy

from .cookies import BASKET
from .orders import LONGEST_NAME


class SearchesForm(OpenForm):
    """Forget or pause: `item` is the id of one search, empty for all; `pause` is `on` or `off`."""

    item = StringField()
    pause = StringField()
    next = HiddenField()


class QuantityField(IntegerField):
    """How many of a good, in the digits of any script; None for what no basket can hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; what is none, or too large to count with, is outside of every range: our words say so."""
        with suppress(ValueError):
            super().process_formdata(valuelist)
        if self.data not in range(BASKET.codec.most + 1):
            self.data = None


def basket_form(held: Mapping[str, int], leaving: str | None = None) -> type[Form]:
    """Return the form that changes a basket: a field `quantity-SLUG` for each good that is in it.

    The one that is `leaving` may say what it likes.
    """
    in_range = NumberRange(0, BASKET.codec.most, N_("Please write a whole number from 1 to 20, or press “Remove”."))
    fields = {
        f"quantity-{slug}": QuantityField(default=quantity, validators=[in_range] if slug != leaving else [])
        for slug, quantity in held.items()
    }
    return type("BasketForm", (Form,), fields)


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
