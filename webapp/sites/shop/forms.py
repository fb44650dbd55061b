"""The forms of the shop."""

from wtforms import HiddenField, StringField

from webapp.forms import Form


class ForgetForm(Form):
    """Forget what was looked at: `item` is the slug of one good, empty for all; `next` is the page to return to."""

    item = StringField()
    next = HiddenField()
