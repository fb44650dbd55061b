"""The pages of the forum."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import login_required
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response

from webapp.database.ids import LARGEST_ID
from webapp.i18n import N_, current_language, gettext, speaker, with_lang
from webapp.security import open_form, this_user
from webapp.sites import reporting, sorting
from webapp.sites.drafts import made_room, telling
from webapp.sites.excerpts import excerpt, marked
from webapp.sites.portraits import portrait_of
from webapp.sites.postings import Blank
from webapp.sites.recents import note_view
from webapp.sites.sending import closed
from webapp.sites.written import TRACES, may_change, may_take_down, shown
from webapp.visits import current_visit

from . import posting, threads
from .cookies import DRAFTS, READ, RECENT, SORT
from .forms import ButtonForm, ReplyForm, ThreadForm
from .index import Wanted, wanted
from .markup import render
from .recent import listed, opened, recently_viewed
from .sending import fill, form_sent, send, write_page
from .tables import FORUM_POSTS
from .town import BOARDS, Board
from .unread import Memory, Read, note_shown, told_by

LONGEST_QUERY = 100
_TOO_LARGE = N_(
    "A draft has to fit one cookie, and this is longer, so it was not kept. Nothing is lost: it stands here."
)
_ELSEWHERE = N_("Found by another language that this text is read in.")
_IN_A_LINK = N_("Found in the address of a link.")
_ID = "<int:id>"

bp = Blueprint("forum", __name__, url_prefix="/forum")


class Listed(NamedTuple):
    """A thread as its board lists it; a closed account leaves no `author`, and no `face`."""

    id: int
    title: str
    author: str | None
    face: str | None
    at: datetime
    replies: int
    last_post_at: datetime
    last_author: str | None
    new: bool


class Said(NamedTuple):
    """A post as its thread shows it; `trace` says why the text is gone, to be translated."""

    id: int
    author: str | None
    face: str | None
    text: Markup
    at: datetime
    edited_at: datetime | None
    trace: str | None
    new: bool
    changeable: bool
    removable: bool


class Found(NamedTuple):
    """A post as the search shows it, with the words that were looked for marked; `why` says where else they stand."""

    id: int
    address: str
    title: Markup
    board: str
    author: str | None
    face: str | None
    at: datetime
    text: Markup
    why: str | None


@bp.context_processor
def _on_every_page() -> dict[str, Any]:
    return {"gone": DRAFTS.gone(way_to), "made_room": made_room, "remembered": RECENT.limit}


@bp.get("/")
def index() -> str:
    """Show the boards."""
    memory = Memory()
    found = threads.newest(threads.A_BOARD_PAGE if current_visit().last else 1)
    boards = []
    for slug, rows in found.items():
        new = sum(memory.has_news(slug, row) for row in rows)
        boards.append((BOARDS[slug], rows[0] if rows else None, new))
    shows_new = any(new for _, _, new in boards)
    return render_template(
        "sites/forum/index.html",
        boards=boards,
        title_of=threads.title_of,
        told_by=told_by(BOARDS, (row.id for rows in found.values() for row in rows)) if shows_new else [],
        recent=recently_viewed(),
        drafts=DRAFTS.begun_at(way_to),
    )


@bp.get("/<board>")
def board(board: str) -> str:
    """Show the threads of a board, 25 a page; `sort` chooses the order from now on."""
    return _board_page(_board(board), ButtonForm)


@bp.post("/<board>/read")
def read_board(board: str) -> tuple[str, int] | Response:
    """Mark a board as read."""
    form, found = ButtonForm(), _board(board)
    if not form.validate_on_submit():
        return _board_page(found, lambda: form), 422
    note_view(READ, board)
    return redirect(url_for(".board", board=board), 303)


@bp.route(f"/<board>/{_ID}", methods=["GET", "POST"])
def thread(board: str, id: int) -> str | Response:
    """Show a thread, 20 posts a page, and take an answer."""

    def write(db: Connection) -> str:
        return _address(*(posting.reply(db, id, form.text.data) or abort(404)))

    if request.method == "POST":
        form = ReplyForm()
        return send(form, f"t{id}", write, lambda **kept: _thread_page(_thread(id), form, **kept))
    found = threads.find([id, *opened()])
    row = found.get(id) or abort(404)
    if row.board != board:
        query = request.query_string.decode("latin-1")
        return redirect(url_for(".thread", board=row.board, id=id) + ("?" + query if query else ""), 302)
    if "new" in request.args:
        return redirect(_first_new(row), 302)
    recent = [item for item in listed(found) if item.id != str(id)]
    if not current_app.config["POSTING"]:
        return _thread_page(row, None, recent=recent, written=DRAFTS.text(f"t{id}"))
    form = Blank(ReplyForm, generate_csrf()) if this_user().is_authenticated else None
    return _thread_page(row, form, recent=recent)


@bp.route("/<board>/new", methods=["GET", "POST"])
def new_thread(board: str) -> str | Response:
    """Open a thread."""
    found, form = _board(board), ThreadForm()
    place = f"n-{board}"

    def write(db: Connection) -> str:
        return url_for(".thread", board=board, id=posting.start(db, board, form.title.data, form.text.data))

    show = partial(write_page, form, place, board=found)
    if request.method == "POST":
        return send(form, place, write, show)
    if not current_app.config["POSTING"]:
        return closed(DRAFTS.text(place))
    return login_required(lambda: show(draft=fill(form, place)))()


@bp.route(f"/post/{_ID}/edit", methods=["GET", "POST"])
def edit(id: int) -> str | Response:
    """Change one's own post."""

    def write(db: Connection) -> str:
        title = form.title.data if "title" in form else None
        return _address(*(posting.edit(db, id, title, form.text.data) or abort(404)))

    if request.method == "POST":
        form = form_sent()
        return send(form, f"e{id}", write, partial(write_page, form, f"e{id}"))
    if not current_app.config["POSTING"]:
        return closed(DRAFTS.text(f"e{id}"))
    return login_required(lambda: _edit_page(_post(id)))()


@bp.route(f"/post/{_ID}/take-down", methods=["GET", "POST"])
@login_required
def take_down(id: int) -> str | tuple[str, int] | Response:
    """Ask by GET, take a post down by POST."""
    post, form = _post(id), ButtonForm()
    back = _address(post.board, post.thread_id, post.replies, id)
    if post.removed_at:
        return redirect(back, 303)
    if not may_take_down(this_user(), post.author_id, None):
        abort(404)
    if form.validate_on_submit():
        posting.take_down(id, post.author_id)
        return redirect(back, 303)
    page = render_template(
        "sites/forum/take_down.html",
        form=form,
        post=post,
        face=portrait_of(post.author_id),
        html=render(shown(post.text, post.ours)),
        leave=back,
        board=BOARDS[post.board],
    )
    return (page, 422) if form.is_submitted() else page


@bp.route(f"/post/{_ID}/report", methods=["GET", "POST"])
@open_form
def report(id: int) -> Response:
    """Tell whoever looks after the site of a post."""
    post = _post(id)
    return reporting.ask(FORUM_POSTS, id, post, _address(post.board, post.thread_id, post.replies, id))


@bp.post("/draft")
@open_form
def keep_draft() -> str | tuple[str, int] | Response:
    """Keep what is being written as the draft, also of a form whose session has ended."""
    form, place = form_sent(), request.form.get("place", "")
    try:
        gone = DRAFTS.keep(place, form.draft)
    except KeyError:
        abort(400)
    script = "script" in request.form
    if gone is not None and script:
        return (made_room(), 200) if gone else ("", 204)
    if gone is not None:
        return redirect(telling(way_to(place), gone), 303)
    if script:
        return gettext(_TOO_LARGE), 413
    form.form_errors.append(_TOO_LARGE)
    return write_page(form, place, action=way_to(place)), 422


@bp.get("/search")
def search() -> str:
    """Show the posts that have all words of `q`, the newest first."""
    query, before = request.args.get("q", ""), request.args.get("before")
    too_long = len(query) > LONGEST_QUERY
    key = LARGEST_ID if before is None else _number(before)
    words = wanted("" if too_long else query, current_language())
    rows, following = threads.search(words, key)
    return render_template(
        "sites/forum/search.html",
        query=query,
        longest=LONGEST_QUERY if too_long else None,
        found=[_found(row, words) for row in rows],
        following=following,
        first=before is None,
    )


def _found(row: Row, words: list[Wanted]) -> Found:
    def fits(word: str) -> bool:
        return any(one.fits(word) for one in words)

    title, text = threads.title_of(row.title, row.title_ours), shown(row.text, row.ours)
    return Found(
        id=row.id,
        address=_address(row.board, row.thread_id, row.replies, row.id),
        title=with_lang(title, heading := marked(title, fits)),
        board=BOARDS[row.board].title,
        author=row.author,
        face=portrait_of(row.author_id),
        at=row.created_at,
        text=with_lang(text, part := excerpt(render(text), fits, before=8, length=36)),
        why=None if "<mark>" in heading + part else _ELSEWHERE if row.ours else _IN_A_LINK,
    )


def _board(slug: str) -> Board:
    return BOARDS.get(slug) or abort(404)


def _thread(id: int) -> Row:
    return threads.find([id]).get(id) or abort(404)


def _post(id: int) -> Row:
    return threads.find_post(id) or abort(404)


def _number(text: str) -> int:
    if not re.fullmatch("0|[1-9][0-9]{0,9}", text, re.ASCII) or int(text) > LARGEST_ID:
        abort(404)
    return int(text)


def _address(board: str, thread: int, replies: int, post: int) -> str:
    """Return where a post is seen: a page that it stands on, and its anchor."""
    page = "" if replies < threads.A_THREAD_PAGE else f"?before={post + 1}"
    return f"{url_for('.thread', board=board, id=thread)}{page}#p{post}"


def _first_new(row: Row) -> str:
    """Return where the first new post of a thread is seen with those that follow it, else the last post."""
    first = threads.first_new(row.id, Memory().read(row.board, row.id, row.last_post_id))
    if first is None or row.replies < threads.A_THREAD_PAGE:
        return _address(row.board, row.id, row.replies, first or row.last_post_id)
    return f"{url_for('.thread', board=row.board, id=row.id)}?after={first - 1}#p{first}"


def way_to(place: str) -> str:
    """Return where the draft for a place goes on; a thread is found under the name of any board."""
    if place.startswith("n-"):
        return url_for("forum.new_thread", board=place.removeprefix("n-"))
    if place.startswith("e"):
        return url_for("forum.edit", id=int(place[1:]))
    return url_for("forum.thread", board="thread", id=int(place[1:])) + "?latest#reply"


def _board_page(found: Board, button: Callable[[], ButtonForm]) -> str:
    order, before = sorting.order(SORT), request.args.get("before")
    if before:
        order = "active" if "." in before else "new"
    try:
        rows, following = threads.on_board(found.slug, order, before)
    except ValueError:
        abort(404)
    memory = Memory()
    listed = [
        Listed(
            id=row.id,
            title=threads.title_of(row.title, row.ours),
            author=row.author,
            face=portrait_of(row.author_id),
            at=row.created_at,
            replies=row.replies,
            last_post_at=row.last_post_at,
            last_author=row.last_author,
            new=memory.has_news(found.slug, row),
        )
        for row in rows
    ]
    new = any(thread.new for thread in listed)
    return render_template(
        "sites/forum/board.html",
        board=found,
        order=order,
        threads=listed,
        following=following,
        first=before is None,
        # Its token would set a cookie: the button is only there where there is something to mark.
        form=button() if new or request.method == "POST" else None,
        told_by=told_by([found.slug], (row.id for row in rows)) if new else [],
    )


def _thread_page(row: Row, form: ReplyForm | Blank | None, **kept: Any) -> str:
    me = this_user()
    translate = speaker(current_language()).gettext
    read = Memory().read(row.board, row.id, row.last_post_id)
    posts = _asked_posts(row, read)
    if request.method != "POST":
        note_shown(row, posts)
        if form and ("quote" in request.args or DRAFTS.text(f"t{row.id}") is not None):
            form = ReplyForm()
            kept["draft"] = fill(form, f"t{row.id}")
            _quote(form, posts)
    said = [
        Said(
            id=post.id,
            author=post.author,
            face=portrait_of(post.author_id),
            text=render(shown(post.text, post.ours, translate)),
            at=post.created_at,
            edited_at=post.edited_at,
            trace=TRACES[post.removed_why] if post.removed_at else None,
            new=read.is_new(post.id, post.created_at, post.author_id),
            changeable=may_change(me, post.author_id, post.removed_at),
            removable=may_take_down(me, post.author_id, post.removed_at),
        )
        for post in posts
    ]
    return render_template(
        "sites/forum/thread.html",
        board=BOARDS[row.board],
        thread=row,
        title=threads.title_of(row.title, row.ours),
        posts=said,
        told_by=told_by([row.board], [row.id]) if any(post.new for post in said) else [],
        skipped=posts[0].first_new and posts[0].first_new < posts[0].id,
        earlier=posts[0].id if posts[0].id > row.first_post_id else None,
        later=posts[-1].id if posts[-1].id < row.last_post_id else None,
        form=form,
        place=f"t{row.id}",
        **kept,
    )


def _asked_posts(row: Row, read: Read) -> Sequence[Row]:
    after, before = request.args.get("after"), request.args.get("before")
    if before is not None:
        posts = threads.posts_before(row.id, _number(before), read)
    elif "latest" in request.args or request.method == "POST":
        posts = threads.posts_before(row.id, LARGEST_ID, read)
    else:
        posts = threads.posts_after(row.id, 0 if after is None else _number(after), read)
    return posts or abort(404)


def _quote(form: ReplyForm, posts: Sequence[Row]) -> None:
    """Begin the answer with a post of the page that the visitor wants to quote, after the draft if there is one."""
    quoted = next((post for post in posts if str(post.id) == request.args.get("quote") and not post.removed_at), None)
    if quoted:
        said = gettext("%(name)s wrote:", name=quoted.author or gettext("Somebody"))
        lines = "\n".join(f"> {line}".rstrip() for line in [said, "", *shown(quoted.text, quoted.ours).split("\n")])
        form.text.data = "\n\n".join(part for part in (form.text.data, lines + "\n\n") if part)


def _edit_page(post: Row) -> str:
    if not may_change(this_user(), post.author_id, post.removed_at):
        abort(404)
    opened = post.id == post.first_post_id
    form = ThreadForm(title=post.title, text=post.text) if opened else ReplyForm(text=post.text)
    return write_page(form, f"e{post.id}", draft=fill(form, f"e{post.id}"))
