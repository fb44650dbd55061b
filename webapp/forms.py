"""What every form of the site shares, and what becomes of one that was sent."""

import logging
import math
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from flask import make_response, request
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from webapp.database.migrate import first_line
from webapp.i18n import N_
from webapp.logs import numbered
from webapp.security import RESTS, token_problem

# Texts of WTForms itself that a form of ours can show; they are translated with ours.
WTFORMS_TEXTS = (N_("Not a valid choice."), N_("Invalid Choice: could not coerce."))
_log = logging.getLogger(__name__)


class Form(FlaskForm):
    """A form whose token is checked with its fields: whatever fails, the page comes back with the text kept."""

    class Meta:
        """WTForms' own texts stay untranslated; every validator of ours names its message."""

        locales = False

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Return the fields that a form sent; in JSON, which Flask-WTF reads too, one may be no text."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield (id of the field, message to be translated) for each error; the token's error stands for itself."""
        for field in self:
            for error in field.errors:
                if field.name != "csrf_token":
                    yield field.id, error
                else:
                    yield "", token_problem()
        for error in self.form_errors:
            yield "", error

    def fails(self, problem: str | None) -> bool:
        """Tell whether there is a problem of the form as a whole, and keep it among its errors."""
        if problem:
            self.form_errors = [problem]
        return problem is not None


class OpenForm(Form):
    """The fields of a view that is an `open_form`: whoever sent them was asked before the view was, so no token."""

    class Meta:
        """There is no field for a token, on no page."""

        csrf = False


class LaterError(Exception):
    """It was done too often: `wait` is how long until it may be done again, `problem` says so to the visitor."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait

    @property
    def seconds(self) -> int:
        """How long to wait, in whole seconds."""
        return math.ceil(self.wait.total_seconds())


def attempt(form: Form, act: Callable[[], Response | None], page: Callable[[], str]) -> Response:
    """Show a form; once it was sent and is valid, act. An `act` that returns None has added its reason to the form.

    Whatever goes wrong, `page` comes back with what was typed. Where the database is down and `page` needs it too, the
    answer is the one that `webapp.errors` gives to every form: the page that sends the same once more.
    """
    status, wait = 200, 0
    if form.is_submitted():
        status = 422
        try:
            if form.validate() and (response := act()):
                return response
        except LaterError as error:
            status, wait = error.status, error.seconds
            form.form_errors.append(error.problem)
        except SQLAlchemyError as error:
            status, wait = 503, 60
            _log.error("the database does not answer: %s", first_line(error))
            form.form_errors += [RESTS, numbered()]
    response = make_response(page(), status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
