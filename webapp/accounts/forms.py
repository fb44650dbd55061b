"""The forms of accounts."""

from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired

from webapp.forms import Form, OpenForm
from webapp.i18n import N_

from . import passwords, users

_password_missing = InputRequired(N_("Please type the password."))
_name_missing = InputRequired(N_("Please type the name of the account."))
_same = N_("The two passwords differ: please type the new one twice.")


class ButtonForm(Form):
    """A form that is one button."""


class LogOutForm(Form):
    """Whether the history stays; without an answer the default of the view counts."""

    history = RadioField(
        N_("What this browser remembers of your visit (what you looked at, searched, your visits)"),
        choices=[
            SelectChoice("keep", N_("Keep it")),
            SelectChoice("clear", N_("Clear it, since others use this browser too")),
        ],
    )


class LogInForm(Form):
    """Name and password; `next` is the page to go on to."""

    username = StringField(N_("Name"), [_name_missing])
    password = PasswordField(N_("Password"), [_password_missing])
    remember = BooleanField(N_("Remember me in this browser"))
    next = HiddenField()


class DrawForm(OpenForm):
    """An account with a drawn name; `once` tells a form that is sent twice from two forms."""

    once = HiddenField()
    remember = BooleanField()
    next = HiddenField()


class RegisterForm(Form):
    """A new account."""

    username = StringField(N_("Name"), [InputRequired(N_("Please choose a name."))])
    password = PasswordField(N_("Password"), [InputRequired(N_("Please choose a password."))])
    confirm = PasswordField(N_("The same password again"), [EqualTo("password", _same)])
    remember = BooleanField(N_("Remember me in this browser"))
    next = HiddenField()

    def validate_username(self, field: StringField) -> None:
        """Hold the rules for names."""
        if problem := users.name_problem(field.data):
            raise ValidationError(problem)

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a weak password."""
        if problem := passwords.weakness(field.data, users.clean_name(self.username.data or "")):
            raise ValidationError(problem)


class NameForm(Form):
    """Another name."""

    username = StringField(N_("New name"), [InputRequired(N_("Please choose a name."))])

    def validate_username(self, field: StringField) -> None:
        """Hold the rules for names."""
        if problem := users.name_problem(field.data):
            raise ValidationError(problem)


class ConfirmForm(Form):
    """The password again, before a sensitive page."""

    password = PasswordField(N_("Password"), [_password_missing])
    next = HiddenField()


class PasswordForm(Form):
    """Another password; `name` of the account is what it must not be."""

    current = PasswordField(N_("Password until now"), [_password_missing])
    password = PasswordField(N_("New password"), [InputRequired(N_("Please choose a password."))])
    confirm = PasswordField(N_("The new password again"), [EqualTo("password", _same)])

    def __init__(self, name: str) -> None:
        super().__init__()
        self._account = name

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a weak password."""
        if problem := passwords.weakness(field.data, self._account):
            raise ValidationError(problem)


class CloseForm(Form):
    """The password, and the box that says it is meant."""

    password = PasswordField(N_("Password"), [_password_missing])
    confirm = BooleanField(
        N_("Yes, delete my account and all that belongs to it"),
        [InputRequired(N_("Please tick the box if you mean it: a closed account can't be brought back."))],
    )
