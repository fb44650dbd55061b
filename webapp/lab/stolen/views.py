"""Stolen: a guest book that shows what was written into it with too much trust, and the inbox of a thief.

The visitor writes, is robbed and robs: what is written stands in a lab cookie of theirs, is one of a few fixed
texts, and arrives in an inbox of their own. The script in it runs because the page gives it its nonce: the site's
Content-Security-Policy is what it is everywhere.
"""

import re
import secrets
from urllib.parse import unquote

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, SelectChoice

from webapp.cookies import Category, Cookie, codecs
from webapp.forms import OpenForm
from webapp.i18n import N_, gettext
from webapp.lab import notes
from webapp.lab.cookies import LAB
from webapp.security import open_form
from webapp.security.headers import csp_nonce

bp = Blueprint("stolen", __name__, url_prefix="/lab/stolen")

INBOX = Cookie(
    name="inbox",
    purpose=N_("Which thief's inbox is yours, in the lab's lesson on stolen cookies."),
    does=N_("what the thief got"),
    says=lambda key, inbox: gettext("Your thief's inbox is the one called “%(name)s”.", name=inbox),
    category=Category.NECESSARY,
    codec=codecs.Token(notes.KEY),
    path="/lab/stolen",
)
_SCRIPT = """Lovely bread! <script>
const request = new XMLHttpRequest();
request.open("POST", {address}, false);
request.send();
</script>"""
ENTRIES = {
    "kind": "Lovely bread!",
    "thief": _SCRIPT.format(address='"/lab/stolen/inbox?" + encodeURI(document.cookie)'),
    "order": _SCRIPT.format(address='"/lab/stolen/order"'),
}
WRITES = {
    "kind": N_("A kind word"),
    "thief": N_("A script that sends document.cookie to the thief"),
    "order": N_("A script that orders a cake in your name"),
}
SHOWS = {
    "raw": N_("As it came: HTML of a stranger's, and the page lets its script run"),
    "policy": N_("As it came, but under Crumb's Content-Security-Policy"),
    "text": N_("As text: each < becomes &lt;"),
}


class PassForm(OpenForm):
    """The pass that a thief would like to have."""

    http_only = BooleanField(N_("HttpOnly: no script may read it"))


class EntryForm(OpenForm):
    """What the guest writes, and how the page shows it."""

    entry = RadioField(N_("What the guest writes"), choices=[SelectChoice(*each) for each in WRITES.items()])
    shown = RadioField(N_("How the page shows it"), choices=[SelectChoice(*each) for each in SHOWS.items()])


@bp.get("")
def show() -> str:
    """Show the guest book with its one entry."""
    return _page()


@bp.post("/pass")
@open_form
def take_pass() -> tuple[str, int] | Response:
    """Give the visitor a pass, and open their inbox."""
    form = PassForm()
    if INBOX.get() is None:
        set_up()
    return _send(form, f"lab-pass={secrets.token_hex(4)}; Path=/lab/stolen" + "; HttpOnly" * form.http_only.data)


def set_up() -> None:
    """Open an empty inbox."""
    INBOX.set(secrets.token_urlsafe(12))
    notes.begin(INBOX.get())


@bp.post("/write")
@open_form
def write() -> tuple[str, int] | Response:
    """Let the guest write, and go to the page that shows it."""
    form = EntryForm()
    if not form.validate():
        return _page(form), 422
    return _send(form, f"lab-entry={form.entry.data}.{form.shown.data}; Path=/lab/stolen; HttpOnly")


@bp.get("/inbox")
def inbox() -> str:
    """Show what the thief got."""
    key = INBOX.get()
    return render_template("lab/stolen/inbox.html", notes=notes.read(key)[1:] if key else [])


@bp.post("/inbox")
@open_form
def arrive() -> Response:
    """Take what the script sent: 201 where a pass was in it, 204 where not. Nothing but the pass is kept."""
    found = re.search(
        r"(?:^|; )lab-pass=([0-9a-f]{8})(?:;|$)", unquote(request.query_string.decode("latin-1")), re.ASCII
    )
    return _note("pass", found[1]) if found else _note("nothing", "")


@bp.post("/order")
@open_form
def order() -> Response:
    """Take an order from whoever has a pass: here the script itself, in the visitor's name."""
    came = next((value for name, value in LAB.pairs() if name == "lab-pass"), "")
    if not re.fullmatch("[0-9a-f]{8}", came, re.ASCII):
        abort(403)
    return _note("order", came)


def _note(kind: str, held: str) -> Response:
    if key := INBOX.get():
        notes.write(key, kind, held=held)
    return Response(status=201 if held else 204)


def _send(form: PassForm | EntryForm, line: str) -> tuple[str, int] | Response:
    if form.fails(LAB.send_all([line])):
        return _page(form), 422
    return redirect(url_for(".show"), 303)


def _page(form: PassForm | EntryForm | None = None) -> str:
    came = dict(reversed(LAB.pairs()))
    entry, _, shown = came.get("lab-entry", "").partition(".")
    if entry not in ENTRIES or shown not in SHOWS:
        entry, shown = "kind", "raw"
    return render_template(
        "lab/stolen/stolen.html",
        pass_form=form if isinstance(form, PassForm) else PassForm(formdata=None),
        entry_form=form if isinstance(form, EntryForm) else EntryForm(formdata=None, entry=entry, shown=shown),
        held=came.get("lab-pass"),
        source=ENTRIES[entry],
        entry=_shown(ENTRIES[entry], shown),
    )


def _shown(text: str, shown: str) -> str:
    """Return one of the fixed texts, ready for the page."""
    if shown == "text":
        return text
    if shown == "policy":
        return Markup(text)
    return Markup(text.replace("<script>", f'<script nonce="{csp_nonce()}">'))
