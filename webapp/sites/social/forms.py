"""The forms of the social site."""

from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.forms import Form, OpenForm
from webapp.i18n import N_
from webapp.sites.postings import PostingForm
from webapp.sites.written import tidy

LONGEST_POST = 500
LONGEST_COMMENT = 300
_EMPTY = N_("There is nothing in it yet. Please write something.")


class PostText(Form):
    """The text of a post."""

    text = TextAreaField(
        N_("What is new?"),
        filters=[tidy],
        validators=[
            DataRequired(_EMPTY),
            Length(max=LONGEST_POST, message=N_("This is longer than 500 characters. Please shorten it a little.")),
        ],
    )


class CommentText(Form):
    """The text of a comment."""

    text = TextAreaField(
        N_("Your comment"),
        filters=[tidy],
        validators=[
            DataRequired(_EMPTY),
            Length(max=LONGEST_COMMENT, message=N_("This is longer than 300 characters. Please shorten it a little.")),
        ],
    )


class PostForm(PostText, PostingForm):
    """A new post."""


class CommentForm(CommentText, PostingForm):
    """A new comment."""


class LikeForm(OpenForm):
    """One of many buttons: `like` or `unlike` is the id of a post, `next` the page to return to."""

    like = StringField()
    unlike = StringField()
    next = HiddenField()


class FollowForm(OpenForm):
    """Two buttons, of which a page shows one."""

    follow = SubmitField()
    unfollow = SubmitField()
