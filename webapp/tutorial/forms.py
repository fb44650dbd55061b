"""The forms of the tutorial."""

from datetime import UTC, datetime, timedelta

from wtforms import SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import AnyOf
from wtforms.widgets import DateTimeLocalInput

from webapp import clock
from webapp.address import site_url
from webapp.cookies import current_jar
from webapp.forms import OpenForm
from webapp.i18n import N_

from .cookies import LONGEST_TITLE, TUTORIAL, with_title
from .typed import Reading, read, title_problem

_LONGEST = TUTORIAL.max_age
_SECOND = timedelta(seconds=1)

LIFETIMES: dict[str, tuple[str, timedelta | None]] = {
    "session": (N_("until the browser closes"), None),
    "minute": (N_("one minute"), timedelta(minutes=1)),
    "hour": (N_("one hour"), timedelta(hours=1)),
    "day": (N_("one day"), timedelta(days=1)),
    "month": (N_("30 days"), timedelta(days=30)),
    "longest": (N_("400 days, the longest that browsers allow"), _LONGEST),
}


def _never_none(text: str | None) -> str:
    return text or ""


class SetCookieForm(OpenForm):
    """Title, value and lifetime of a cookie; once validated, `max_age` holds the lifetime (None: the session)."""

    title = StringField(N_("Title"), filters=[_never_none, lambda text: text.strip(" \t")])  # as browsers trim it
    value = StringField(N_("Value"), filters=[_never_none])
    lifetime = SelectField(
        N_("Kept"),
        choices=[
            *(SelectChoice(key, label) for key, (label, _) in LIFETIMES.items()),
            SelectChoice("date", N_("until a date of my choice")),
        ],
        validate_choice=False,
        validators=[AnyOf([*LIFETIMES, "date"], message=N_("Please choose one of these."))],
    )
    date = StringField(N_("Date"), filters=[_never_none], widget=DateTimeLocalInput())

    max_age: timedelta | None = None

    def validate_title(self, field: StringField) -> None:
        """Explain a title that a browser would refuse or misread, and a cookie too many."""
        if problem := title_problem(field.data):
            raise ValidationError(problem)
        held = dict(TUTORIAL.items())
        if field.data not in held and len(held) >= TUTORIAL.limit:
            raise ValidationError(
                N_("You have ten cookies of your own, the most we keep. Delete one, or use one of their titles again.")
            )

    def validate_value(self, field: StringField) -> None:
        """Explain a value that a browser would refuse; what only needs escaping will be escaped."""
        reading = self.reading(self.title.data if with_title(self.title.data) else "")
        if reading.refused_by("control-character"):
            raise ValidationError(
                N_("There is a control character in the value. For that, browsers drop the whole line.")
            )
        if reading.refused_by("too-large"):
            raise ValidationError(
                N_("Title and value may be 4096 bytes together. Yours are longer, and browsers would drop the cookie.")
            )

    def validate_lifetime(self, field: SelectField) -> None:
        """Note the lifetime of a choice that names one."""
        self.max_age = LIFETIMES.get(field.data, ("", None))[1]

    def validate_date(self, field: StringField) -> None:
        """Explain a date that makes no cookie, and note the lifetime that a good one gives (UTC)."""
        if self.lifetime.data != "date":
            return
        try:
            moment = datetime.fromisoformat(field.data.strip())
        except ValueError:
            raise ValidationError(N_("Please give the date and the time, such as 2027-01-31 18:00.")) from None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        self.max_age = (moment - clock.now()) // _SECOND * _SECOND
        if self.max_age <= timedelta(0):
            raise ValidationError(
                N_("That moment has passed. A date in the past is how a cookie is deleted: none would be kept.")
            )
        if self.max_age > _LONGEST:
            raise ValidationError(
                N_("Browsers keep no cookie for longer than 400 days: they would cut this date to that.")
            )

    def reading(self, title: str) -> Reading:
        """Return what a browser would make of the value under that title."""
        name = current_jar().wire_name(TUTORIAL) + title
        return read(name, self.value.data, site_url(), clock.now())

    @property
    def misread(self) -> Reading | None:
        """Return what a browser would make of a title or value that was turned down for just that, None for others."""
        mistitled = 0 < len(self.title.data) <= LONGEST_TITLE and title_problem(self.title.data)
        return self.reading(self.title.data) if mistitled or self.value.errors else None
