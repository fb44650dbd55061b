"""Reporting a text, and the page on which those who look after the site decide about it.

It is `/reports`, a page of the sites: whoever decides there needs an account, but decides about texts.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import login_required
from sqlalchemy import Row, Table, select
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from webapp.database import reading, writing
from webapp.forms import Form, OpenForm, attempt
from webapp.house import Feature, Group, Place
from webapp.i18n import N_
from webapp.security import this_user

from . import reports, sites
from .people import USERS
from .postings import PostingForm
from .reports import REPORTS
from .written import shown, tidy

A_PAGE = 20
bp = Blueprint("reports", __name__, url_prefix="/reports")


class ReportForm(PostingForm, OpenForm):
    """Why somebody reports a text; nobody has to say it."""

    reason = TextAreaField(
        N_("What is wrong with it?"),
        filters=[tidy],
        validators=[
            Length(max=reports.LONGEST, message=N_("This is longer than 300 characters. Please shorten it a little."))
        ],
    )


class DecisionForm(Form):
    """Two buttons beside each text; each sends the key of its own."""

    take_down = StringField()
    leave = StringField()


class Reported(NamedTuple):
    """A text that waits for a decision: who wrote what, where it stands, each report's reason and the last one's time.

    `key` names it in the form; a closed account leaves no `author`. One of the `senders` may have sent many reports.
    """

    key: str
    table: Table
    id: int
    text: str
    author_id: int | None
    author: str | None
    path: str
    reasons: list[str]
    senders: int
    at: datetime


def feature() -> Feature:
    """Hand over the page of reports, which only those see in their menu who decide there."""
    page = Place(
        endpoint="reports.index",
        title=N_("Reports"),
        menu=Group.SITES,
        shown=lambda: this_user().admin,
        count=reports.number,
    )
    return Feature(title=N_("Reports"), blueprints=(bp,), places=(page,))


def ask(table: Table, id: int, text: Row, back: str) -> Response:
    """Ask what is wrong with a text, and keep the report; `back` is where the text, or its trace, stands."""
    if text.removed_at:
        return redirect(back, 303)
    form = ReportForm()

    def act() -> Response:
        reports.report(table, id, back, form.once.data, form.reason.data)
        return redirect(url_for("reports.thanks", next=back), 303)

    def page() -> str:
        words = shown(text.text, text.ours)
        return render_template("sites/report.html", form=form, words=words, longest=reports.LONGEST, leave=back)

    return attempt(form, act, page)


@bp.get("/thanks")
def thanks() -> str:
    """Say what becomes of a report."""
    return render_template("sites/thanks.html")


@bp.route("", methods=["GET", "POST"])
@login_required
def index() -> Response:
    """List what was reported, the newest first; take a text down, or leave it as it is."""
    if not this_user().admin:
        abort(404)
    form = DecisionForm()

    def act() -> Response:
        # Of two admins the slower finds it decided: nothing is left to do.
        waits = {each.key: each for each in _waiting()}
        if each := waits.get(form.take_down.data):
            _texts()[each.table](each.id, each.author_id)
        elif each := waits.get(form.leave.data):
            with writing() as db:
                reports.forget(db, each.table.name, [each.id])
        return redirect(url_for(".index"), 303)

    def page() -> str:
        found = _waiting()
        return render_template("sites/reports.html", form=form, found=found[:A_PAGE], more=len(found[A_PAGE:]))

    return attempt(form, act, page)


def _texts() -> dict[Table, Callable[[int, int | None], None]]:
    return {table: take_down for site in sites() for table, take_down in site.texts.items()}


def _waiting() -> list[Reported]:
    sent: dict[tuple[str, int], list[Row]] = {}
    for row in reading().execute(select(REPORTS).order_by(REPORTS.c.id.desc())):
        sent.setdefault((row.kind, row.text_id), []).append(row)
    standing = {}
    for table in _texts():
        kind, columns = table.name, table.c
        texts = (
            select(*columns["id", "text", "ours", "author_id"], USERS.c.name)
            .outerjoin_from(table, USERS, USERS.c.id == columns.author_id)
            .where(columns.id.in_([id for of, id in sent if of == kind]), columns.removed_at.is_(None))
        )
        standing |= {(kind, row.id): (table, *row) for row in reading().execute(texts)}
    found = []
    for (kind, id), rows in sent.items():
        if (kind, id) in standing:
            table, _id, text, ours, author_id, author = standing[kind, id]
            whose = f"{kind}.{id}", table, id, shown(text, ours), author_id, author, rows[0].path
            reasons, senders = [row.reason for row in rows], len({row.sender for row in rows})
            found.append(Reported(*whose, reasons, senders, rows[0].at))
    return found
