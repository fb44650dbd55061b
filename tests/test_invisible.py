"""What nobody sees: refused in names, and no text where nothing else stands."""

import pytest
from wtforms.validators import DataRequired

from webapp.accounts.users import name_problem
from webapp.forms import Form
from webapp.invisible import is_blank, is_invisible
from webapp.sites.forum.forms import one_line
from webapp.sites.written import tidy

# Zero width: spaces, joiners, marks of direction, byte order; fillers, a blank pattern, a blank note, selectors, tags.
UNSEEN = (
    "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2060", "\u2064", "\u2066", "\ufeff", "\u00ad",
    "\u061c", "\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u2800", "\u3164", "\uffa0", "\ufe0f",
    "\U0001d159", "\U0001d173", "\U000e0001", "\U000e0041", "\U000e0100", "\x07", "\x7f", "\ud83d",
)  # fmt: skip
SEEN = (
    "👩\u200d🍳", "❤\ufe0f", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "می\u200cخواهم",
    "خبز!\u200f", "ക്\u200d", "\u06dd", "\u0601", "e\u0301", "\u0301", "-", "٪",
)  # fmt: skip


@pytest.mark.parametrize("char", UNSEEN, ids=ascii)
def test_nothing_else_is_nothing(char):
    """By itself, repeated, or between spaces and line breaks, it is no text; in a name it is refused."""
    assert is_invisible(char)
    for text in (char, char * 3, f" {char}\n{char}\u3000\u2003\u00a0"):
        assert is_blank(text) and tidy(text) == one_line(text) == ""
    assert name_problem(f"nor{char}a")


def _forms(form: type = Form) -> set[type]:
    return {form}.union(*map(_forms, form.__subclasses__()))


def test_no_field_takes_it_for_a_text(app):
    """Each field of the site that asks for words refuses them when they can't be seen: in sites, lab and accounts."""
    asked = set()
    for form_class in _forms():
        with app.test_request_context(method="POST", data={}):
            try:
                fields = [f.name for f in form_class() if any(isinstance(v, DataRequired) for v in f.validators)]
            except TypeError:  # it asks for more than what was sent, and for no words
                continue
        for name in fields:
            with app.test_request_context(method="POST", data={name: "\u3164 \u2800\u200b"}):
                form = form_class()
                form.validate()
                assert form[name].errors, f"{form_class.__name__}.{name}"
            asked.add(f"{form_class.__name__}.{name}")
    assert asked >= {"ReplyForm.text", "ThreadForm.title", "PostForm.text", "CommentText.text", "CheckoutForm.name"}


@pytest.mark.parametrize("text", SEEN, ids=ascii)
def test_what_belongs_to_a_text_stays(text):
    """Emoji joined to one, Persian with its joiners, Arabic with a mark of direction are kept as they were typed."""
    assert not is_blank(text) and tidy(f" {text}\r\n") == one_line(text) == text


def test_names_are_as_they_were():
    """Letters, marks and digits of any script are no worse off for the rule."""
    assert not any(map(name_problem, ("nora", "Ñandú", "ليلى", "मीरा", "小林太郎", "n-o.r_a1")))
