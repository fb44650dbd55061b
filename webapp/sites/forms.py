"""The form that every site has."""

from wtforms import HiddenField, StringField

from webapp.forms import OpenForm


class ForgetForm(OpenForm):
    """Forget what was looked at: `item` is the id of one thing, empty for all; `next` is the page to return to."""

    item = StringField()
    next = HiddenField()
