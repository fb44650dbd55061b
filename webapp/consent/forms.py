"""The form that asks for consent."""

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import AnyOf

from webapp.cookies import Category
from webapp.forms import OpenForm
from webapp.i18n import N_

from .cookies import OPTIONAL


class ConsentForm(OpenForm):
    """A box for each category, and three buttons of one name; `next` is the page to return to."""

    preferences = BooleanField(N_("Keep my preferences"))
    history = BooleanField(N_("Keep my history"))
    choice = StringField(
        validators=[AnyOf(("selected", "all", "necessary"), N_("Please press one of the three buttons."))]
    )
    next = HiddenField()

    def wanted(self) -> frozenset[Category]:
        """Return the categories that the pressed button allows."""
        if self.choice.data == "selected":
            return frozenset(category for category in OPTIONAL if self[category.value].data)
        return frozenset(OPTIONAL) if self.choice.data == "all" else frozenset()
