"""What every form of the site shares."""

from collections.abc import Iterator

from flask import request
from flask_wtf import FlaskForm

from webapp.i18n import N_

# Texts of WTForms itself that a form of ours can show; they are translated with ours.
WTFORMS_TEXTS = (N_("Not a valid choice."), N_("Invalid Choice: could not coerce."))


class Form(FlaskForm):
    """A form whose token is checked with its fields: whatever fails, the page comes back with the text kept."""

    class Meta:
        """WTForms' own texts stay untranslated; every validator of ours names its message."""

        locales = False

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield (id of the field, message to be translated) for each error; the token's error stands for itself."""
        for field in self:
            for error in field.errors:
                if field.name != "csrf_token":
                    yield field.id, error
                elif request.cookies:
                    yield "", N_("This page had been open for too long. Nothing is lost: please send it again.")
                else:
                    yield "", N_("Your browser sent no cookie with this form. Please allow cookies for this site.")
        for error in self.form_errors:
            yield "", error
