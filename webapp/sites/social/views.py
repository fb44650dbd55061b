"""The pages of the social site."""

import logging
import math
import re
import unicodedata
from collections.abc import Callable

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user, login_fresh, login_required
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.cookies import current_jar, registry
from webapp.forms import Form
from webapp.i18n import N_, ngettext
from webapp.security import safe_path
from webapp.sites.postings import PostingForm, TooOftenError, post_once
from webapp.sites.recents import note_view
from webapp.sites.written import may_change, may_take_down, shown
from webapp.visits import SEEN, VISIT, current_visit

from . import acts, reading
from .cookies import RECENT
from .forms import LONGEST_COMMENT, LONGEST_POST, CommentForm, CommentText, FollowForm, LikeForm, PostForm, PostText
from .models import Comment, Post
from .portraits import portrait_of
from .recent import recently_viewed
from .town import ABOUT

bp = Blueprint("social", __name__, url_prefix="/social")
_log = logging.getLogger(__name__)
_KINDS = {"post": (Post, PostText), "comment": (Comment, CommentText)}
_ID = f"<int(max={reading.LARGEST}):id>"


@bp.route("/", methods=["GET", "POST"])
def index() -> Response:
    """Show the newest posts of everybody or, with `of=following`, of those whom the visitor follows; take a new one."""
    following, before = request.args.get("of"), _id(request.args.get("before"), reading.LARGEST)
    if following not in (None, "following"):
        abort(404)
    if (following or request.method == "POST") and not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    form = PostForm() if current_user.is_authenticated else None

    def page() -> str:
        cards, older = reading.of_followed(before) if following else reading.everybody(before)
        jar = current_jar()
        return render_template(
            "sites/social/timeline.html",
            form=form,
            longest=LONGEST_POST,
            following=following,
            first=before == reading.LARGEST,
            cards=cards,
            older=older,
            new=sum(card.new for card in cards),
            fresh=login_fresh(),
            visit=current_visit(),
            told_last=[(name, value) for name, value in jar.received if registry().find(name) in (SEEN, VISIT)],
            remember=jar.wire_name(registry().find("remember")),
            recent=recently_viewed(),
        )

    return _answer(form, lambda session: acts.post(session, form.text.data), page)


@bp.route(f"/{_ID}", methods=["GET", "POST"])
def show(id: int) -> Response:
    """Show a post with its comments, from old to new; take a new comment."""
    after = _id(request.args.get("after"), 0)
    if request.method == "POST" and not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    form = CommentForm() if current_user.is_authenticated else None

    def page() -> str:
        card, remarks, further = reading.thread(id, after) or abort(404)
        if not card.trace:
            note_view(RECENT, f"p{id}")
        return render_template(
            "sites/social/post.html",
            form=form,
            longest=LONGEST_COMMENT,
            card=card,
            remarks=remarks,
            after=after,
            further=further,
            recent=[item for item in recently_viewed() if item.id != f"p{id}"],
        )

    return _answer(form, lambda session: acts.comment(session, id, form.text.data), page)


@bp.route("/@<name>", methods=["GET", "POST"])
def person(name: str) -> tuple[str, int] | str | Response:
    """Show somebody and what they posted; follow them, or no longer."""
    before = _id(request.args.get("before"), reading.LARGEST)
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    if len(name) > 100 or "\0" in key:
        abort(404)
    who, cards, older = reading.person(key, before) or abort(404)
    if request.method == "POST" and not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    here = url_for(".person", name=who.name, before=request.args.get("before"))
    if name != who.name and request.method != "POST":
        return redirect(here, 303)
    form = FollowForm() if current_user.is_authenticated else None
    if form and form.validate_on_submit():
        (acts.unfollow if form.unfollow.data else acts.follow)(who.id)
        return redirect(here, 303)
    note_view(RECENT, f"u{who.id}")
    page = render_template(
        "sites/social/person.html",
        form=form,
        who=who,
        face=portrait_of(who.id),
        about=ABOUT.get(who.name) if who.demo else None,
        first=before == reading.LARGEST,
        cards=cards,
        older=older,
        recent=[item for item in recently_viewed() if item.id != f"u{who.id}"],
    )
    return (page, 422) if request.method == "POST" else page


@bp.post("/like")
@login_required
def like() -> tuple[str, int] | Response:
    """Like a post, or no longer, and return to where the button was."""
    form = LikeForm()
    post = _id(form.like.data or form.unlike.data)
    if not form.validate_on_submit():
        return render_template("sites/social/again.html", form=form, post=post), 422
    (acts.like if form.like.data else acts.unlike)(post)
    return redirect(f"{safe_path(form.next.data, url_for('.index'))}#p{post}", 303)


@bp.route(f"/{_ID}/edit", defaults={"kind": "post"}, methods=["GET", "POST"])
@bp.route(f"/comments/{_ID}/edit", defaults={"kind": "comment"}, methods=["GET", "POST"])
@login_required
def edit(kind: str, id: int) -> Response:
    """Show one's own text in a form, and keep what was made of it."""
    model, form_of = _KINDS[kind]
    text = acts.find(model, id)
    if text is None or not may_change(text.author_id, None):
        abort(404)
    form, back = form_of(text=text.text), acts.place(model, id, text.post_id)
    if text.removed_at and request.method == "GET":
        return redirect(back, 303)

    def act() -> str:
        if form.text.data != text.text:
            acts.edit(model, id, form.text.data)
        return back

    longest = LONGEST_COMMENT if model is Comment else LONGEST_POST
    return _answered(
        form, act, lambda: render_template("sites/social/edit.html", form=form, kind=kind, longest=longest, back=back)
    )


@bp.route(f"/{_ID}/remove", defaults={"kind": "post"}, methods=["GET", "POST"])
@bp.route(f"/comments/{_ID}/remove", defaults={"kind": "comment"}, methods=["GET", "POST"])
@login_required
def remove(kind: str, id: int) -> Response:
    """Ask by GET whether a text is to go, take it down by POST."""
    model, _form_of = _KINDS[kind]
    text = acts.find(model, id)
    if text is None or not may_take_down(text.author_id, None):
        abort(404)
    form, back = Form(), acts.place(model, id, text.post_id)
    if text.removed_at:
        return redirect(back, 303)
    words = shown(text.text, text.ours)

    def act() -> str:
        acts.remove(model, id, text.author_id)
        return back

    return _answered(
        form, act, lambda: render_template("sites/social/remove.html", form=form, kind=kind, words=words, back=back)
    )


def _id(text: str | None, default: int | None = None) -> int:
    """Return the id that a text names, `default` where there is no text; 404 for anything else."""
    if text is None and default is not None:
        return default
    if not re.fullmatch("[1-9][0-9]{0,9}", text or "", re.ASCII) or int(text) > reading.LARGEST:
        abort(404)
    return int(text)


def _answer(form: PostingForm | None, write: Callable[[Session], str], page: Callable[[], str]) -> Response:
    """Show a page with a form that posts something, or post it."""
    return _answered(form, lambda: post_once(current_user.id, form.once.data, write), page)


def _answered(form: Form | None, act: Callable[[], str], page: Callable[[], str]) -> Response:
    """Show a page; where its form was sent and is valid, act, and go on to the address that `act` gives.

    Whatever goes wrong, the page comes back with what was typed.
    """
    status, wait = 200, 0
    if form and form.is_submitted():
        status = 422
        try:
            if form.validate():
                return redirect(act(), 303)
        except acts.GoneError:
            form.form_errors.append(N_("This has been taken down meanwhile. What you wrote is still in the form."))
        except TooOftenError as error:
            status, wait = 429, math.ceil(error.wait.total_seconds())
            form.form_errors.append(_later(wait))
        except SQLAlchemyError as error:
            status, wait = 503, 60
            _log.error("the database does not answer: %s", error.__class__.__name__)
            form.form_errors.append(N_("We can't save anything right now. Please send it again in a minute."))
    response = make_response(page(), status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _later(seconds: int) -> str:
    if seconds <= 90:
        return ngettext(
            "You are fast: that was a lot within a minute. Please send it again in %(num)s second.",
            "You are fast: that was a lot within a minute. Please send it again in %(num)s seconds.",
            seconds,
        )
    return ngettext(
        "That was a lot within an hour. Please send it again in %(num)s minute.",
        "That was a lot within an hour. Please send it again in %(num)s minutes.",
        math.ceil(seconds / 60),
    )
