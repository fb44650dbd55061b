"""The pages of the social site."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user, login_fresh, login_required
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from webapp.cookies import current_jar, registry
from webapp.database.ids import LARGEST_ID
from webapp.forms import Form, attempt
from webapp.i18n import N_
from webapp.security import open_form, own_path, safe_path
from webapp.sites import reporting
from webapp.sites.portraits import portrait_of
from webapp.sites.postings import Blank, PostingForm, post_once
from webapp.sites.recents import note_view, views
from webapp.sites.sending import closed, log_in_first
from webapp.sites.written import may_change, may_take_down, shown
from webapp.visits import current_visit, told_last

from . import acts, likes, reading
from .cookies import DRAFTS, LIKED, RECENT
from .forms import LONGEST_COMMENT, LONGEST_POST, CommentForm, CommentText, FollowForm, LikeForm, PostForm, PostText
from .recent import recently_viewed
from .tables import COMMENTS, POSTS
from .town import ABOUT

bp = Blueprint("social", __name__, url_prefix="/social")
_KINDS = {"post": (POSTS, PostText), "comment": (COMMENTS, CommentText)}
_ID = "<int:id>"


@bp.context_processor
def _on_every_page() -> dict[str, Any]:
    name = current_jar().wire_name(LIKED)
    kept = [(name + key, LIKED.codec.encode(at)) for key, at in views(LIKED)]
    return {"likes_kept": kept}


@bp.route("/", methods=["GET", "POST"])
def index() -> Response:
    """Show the newest posts of everybody or, with `of=following`, of those whom the visitor follows; take a new one."""
    following, before = request.args.get("of"), _id(request.args.get("before"), LARGEST_ID)
    if following not in (None, "following"):
        abort(404)
    if following and not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()
    form = _form(PostForm, "new")

    def page() -> str:
        cards, older = reading.of_followed(before) if following else reading.everybody(before)
        jar = current_jar()
        return render_template(
            "sites/social/timeline.html",
            form=form,
            longest=LONGEST_POST,
            following=following,
            first=before == LARGEST_ID,
            cards=cards,
            older=older,
            new=sum(card.new for card in cards),
            fresh=login_fresh(),
            visit=current_visit(),
            told_last=told_last(),
            remember=jar.wire_name(registry().find("remember")),
            recent=recently_viewed(),
            drafts=DRAFTS.begun_at(way_to, "new" if form else ""),
        )

    return _answer(form, "new", lambda db: acts.post(db, form.text.data), page)


@bp.route(f"/{_ID}", methods=["GET", "POST"])
def show(id: int) -> Response:
    """Show a post with its comments, from old to new; take a new comment."""
    after = _id(request.args.get("after"), 0)
    place = f"c{id}"
    form = _form(CommentForm, place)

    def page() -> str:
        card, remarks, further = reading.thread(id, after) or abort(404)
        if not card.trace:
            note_view(RECENT, f"p{id}")
        return render_template(
            "sites/social/post.html",
            form=form,
            longest=LONGEST_COMMENT,
            written=None if current_app.config["POSTING"] else DRAFTS.text(place),
            card=card,
            remarks=remarks,
            after=after,
            further=further,
            recent=[item for item in recently_viewed() if item.id != f"p{id}"],
        )

    return _answer(form, place, lambda db: acts.comment(db, id, form.text.data), page)


@bp.route("/@<name>", methods=["GET", "POST"])
@open_form
def person(name: str) -> str | Response:
    """Show somebody and what they posted; follow them, or no longer."""
    before = _id(request.args.get("before"), LARGEST_ID)
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    if len(name) > 100 or "\0" in key:
        abort(404)
    who, cards, older = reading.person(key, before) or abort(404)
    here = url_for(".person", name=who.name, before=request.args.get("before"))
    if request.method == "POST":
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()
        (acts.unfollow if FollowForm().unfollow.data else acts.follow)(who.id)
    if request.method == "POST" or name != who.name:
        return redirect(here, 303)
    note_view(RECENT, f"u{who.id}")
    return render_template(
        "sites/social/person.html",
        who=who,
        face=portrait_of(who.id),
        about=ABOUT.get(who.name) if who.demo else None,
        first=before == LARGEST_ID,
        cards=cards,
        older=older,
        recent=[item for item in recently_viewed() if item.id != f"u{who.id}"],
    )


@bp.post("/like")
@open_form
def like() -> tuple[str, int] | Response:
    """Like a post, or no longer, and return to where the button was; without an account a cookie remembers it."""
    form = LikeForm()
    post, wanted = _id(form.like.data or form.unlike.data), bool(form.like.data)
    back = f"{urldefrag(safe_path(form.next.data, url_for('.index'))).url}#p{post}"
    if current_user.is_authenticated:
        (acts.like if wanted else acts.unlike)(post)
    elif current_user.is_unasked:
        return current_app.login_manager.unauthorized()
    elif not wanted:
        likes.unlike(post)
    elif (text := acts.find(POSTS, post)) and not text.removed_at:
        try:
            likes.like(post)
        except likes.FullError:
            return render_template("sites/social/full.html", most=likes.MOST, leave=back), 409
    return redirect(back, 303)


@bp.route(f"/{_ID}/edit", defaults={"kind": "post"}, methods=["GET", "POST"])
@bp.route(f"/comments/{_ID}/edit", defaults={"kind": "comment"}, methods=["GET", "POST"])
def edit(kind: str, id: int) -> Response:
    """Show one's own text in a form, and keep what was made of it."""
    table, form_of = _KINDS[kind]
    place = f"e{kind[0]}{id}"
    if not current_app.config["POSTING"]:
        return closed(form_of().text.data or DRAFTS.text(place))
    if not current_user.is_authenticated and request.method != "POST":
        return current_app.login_manager.unauthorized()
    if not current_user.is_authenticated:
        form = form_of()
        here = own_path()
        return log_in_first(form, DRAFTS, place, form.text.data, lambda: _edit_page(form, kind, here), here)
    text = acts.find(table, id)
    if text is None or not may_change(current_user, text.author_id, None):
        abort(404)
    form, back = form_of(text=text.text), acts.place(table, id, text.post_id)
    if text.removed_at and request.method == "GET":
        return redirect(back, 303)

    def act() -> str:
        if form.text.data != text.text:
            acts.edit(table, id, form.text.data)
        return back

    return _answered(form, place, act, lambda: _edit_page(form, kind, back))


def _edit_page(form: Form, kind: str, leave: str) -> str:
    longest = LONGEST_COMMENT if kind == "comment" else LONGEST_POST
    return render_template("sites/social/edit.html", form=form, kind=kind, longest=longest, leave=leave)


@bp.route(f"/{_ID}/remove", defaults={"kind": "post"}, methods=["GET", "POST"])
@bp.route(f"/comments/{_ID}/remove", defaults={"kind": "comment"}, methods=["GET", "POST"])
@login_required
def remove(kind: str, id: int) -> Response:
    """Ask by GET whether a text is to go, take it down by POST."""
    table, _form_of = _KINDS[kind]
    text = acts.find(table, id)
    if text is None or not may_take_down(current_user, text.author_id, None):
        abort(404)
    form, back = Form(), acts.place(table, id, text.post_id)
    if text.removed_at:
        return redirect(back, 303)
    words = shown(text.text, text.ours)

    def act() -> str:
        acts.remove(table, id, text.author_id)
        return back

    return _answered(
        form,
        None,
        act,
        lambda: render_template("sites/social/remove.html", form=form, kind=kind, words=words, leave=back),
    )


@bp.route(f"/{_ID}/report", defaults={"kind": "post"}, methods=["GET", "POST"])
@bp.route(f"/comments/{_ID}/report", defaults={"kind": "comment"}, methods=["GET", "POST"])
@open_form
def report(kind: str, id: int) -> Response:
    """Tell whoever looks after the site of a text."""
    table, _form_of = _KINDS[kind]
    text = acts.find(table, id) or abort(404)
    return reporting.ask(table, id, text, acts.place(table, id, text.post_id))


def _id(text: str | None, default: int | None = None) -> int:
    """Return the id that a text names, `default` where there is no text; 404 for anything else."""
    if text is None and default is not None:
        return default
    if not re.fullmatch("[1-9][0-9]{0,9}", text or "", re.ASCII) or int(text) > LARGEST_ID:
        abort(404)
    return int(text)


def way_to(place: str) -> str:
    """Return where the draft for a place goes on."""
    kind, id = re.fullmatch("([a-z]+)([0-9]*)", place, re.ASCII).groups()
    if kind == "new":
        return url_for("social.index") + "#write"
    if kind == "c":
        return url_for("social.show", id=int(id)) + "#write"
    return url_for("social.edit", kind={"ep": "post", "ec": "comment"}[kind], id=int(id))


def _form(kind: type[PostingForm], place: str) -> PostingForm | Blank | None:
    """Return the form of a page, where this visitor can post something or has tried to."""
    if request.method == "POST":
        return kind()
    if not (current_user.is_authenticated and current_app.config["POSTING"]):
        return None
    return Blank(kind, generate_csrf()) if DRAFTS.text(place) is None else kind()


def _answer(
    form: PostingForm | Blank | None, place: str, write: Callable[[Connection], str], page: Callable[[], str]
) -> str | Response:
    """Show a page with a form that posts something, or post it."""
    if form and not current_app.config["POSTING"]:
        return closed(form.text.data)
    if form and not current_user.is_authenticated:
        return log_in_first(form, DRAFTS, place, form.text.data, page, own_path())
    return _answered(form, place, lambda: post_once(current_user.id, form.once.data, write), page)


def _answered(
    form: Form | Blank | None, place: str | None, act: Callable[[], str], page: Callable[[], str]
) -> str | Response:
    """Show a page, with what was typed before a log-in; where its form was sent and is valid, act and go on."""
    if not isinstance(form, Form):
        return page()
    if not form.is_submitted() and place and (text := DRAFTS.text(place)) is not None:
        form.text.data = text
        form.form_errors = [N_("You had to log in first. This is what you wrote; it is not posted yet.")]

    def act_and_go() -> Response | None:
        try:
            path = act()
        except acts.GoneError:
            form.form_errors.append(N_("This has been taken down meanwhile. What you wrote is still in the form."))
            return None
        if place:
            DRAFTS.forget(place)
        return redirect(path, 303)

    return attempt(form, act_and_go, page)
