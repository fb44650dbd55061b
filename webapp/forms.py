"""What every form of the site shares."""

from collections.abc import Iterator

from flask import request
from flask_wtf import FlaskForm

from webapp.i18n import N_
from webapp.security import same_origin

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
                else:
                    yield "", self.token_problem()
        for error in self.form_errors:
            yield "", error

    def fails(self, problem: str | None) -> bool:
        """Tell whether there is a problem of the form as a whole, and keep it among its errors."""
        if problem:
            self.form_errors = [problem]
        return problem is not None

    def token_problem(self) -> str:
        """Return what to say when the token does not count."""
        if request.cookies:
            return N_("This page had been open for too long. Nothing is lost: please send it again.")
        return N_("Your browser sent no cookie with this form. Please allow cookies for this site.")


class OpenForm(Form):
    """A form on pages that set no cookie: the browser's own word (`same_origin`) stands in for the token.

    A token needs the `session` cookie, and the first page that somebody opens sets nothing. A browser that says
    nothing about where a request comes from gets the page back once more, with a token.
    """

    class Meta:
        """The token is asked for only where the browser's word is missing."""

        @property
        def csrf(self) -> bool:
            return request.method == "POST" and not same_origin()

    def token_problem(self) -> str:
        """Return why the page is there again: the form that was sent had no token to be checked."""
        if "csrf_token" in request.form:
            return super().token_problem()
        return N_("Your browser does not say which page sent this. Nothing is lost: please send it once more.")
