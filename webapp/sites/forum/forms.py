"""The forms of the forum."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.forms import Form
from webapp.i18n import N_
from webapp.sites.postings import PostingForm
from webapp.sites.written import tidy

LONGEST_TITLE = 80
LONGEST_TEXT = 1500


def one_line(text: str | None) -> str:
    """Return what somebody typed as one line."""
    return " ".join(tidy(text).split())


def _text_field() -> TextAreaField:
    return TextAreaField(
        N_("Text"),
        [
            DataRequired(N_("Please write something.")),
            Length(max=LONGEST_TEXT, message=N_("Please keep the text to 1500 characters.")),
        ],
        filters=[tidy],
        render_kw={"rows": 8, "maxlength": LONGEST_TEXT, "dir": "auto"},
    )


class ReplyForm(PostingForm):
    """A text: an answer, or another wording of one."""

    text = _text_field()

    @property
    def draft(self) -> str:
        """All that was typed, as it is kept in a draft."""
        return self.text.data

    @draft.setter
    def draft(self, text: str) -> None:
        self.text.data = text


class ThreadForm(ReplyForm):
    """A title and a text: a new thread, or another wording of its first post."""

    title = StringField(
        N_("Title"),
        [
            DataRequired(N_("Please give it a title.")),
            Length(max=LONGEST_TITLE, message=N_("Please keep the title to 80 characters.")),
        ],
        filters=[one_line],
        render_kw={"maxlength": LONGEST_TITLE, "dir": "auto"},
    )
    text = _text_field()  # anew, so that it comes after the title

    @property
    def draft(self) -> str:
        """All that was typed, the title in the first line."""
        return f"{self.title.data}\n{self.text.data}"

    @draft.setter
    def draft(self, text: str) -> None:
        self.title.data, _, self.text.data = text.partition("\n")


class ButtonForm(Form):
    """A form that is one button."""
