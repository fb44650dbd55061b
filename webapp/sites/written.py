"""What people write on a site: whose it is, who may change it or take it down, and the trace that stays."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    select,
    update,
)
from sqlalchemy.schema import SchemaItem

from webapp import clock
from webapp.database import METADATA, Bound, Moment
from webapp.i18n import N_, gettext
from webapp.invisible import is_blank
from webapp.signals import account_closing

from . import reports, sites

# Who took a text down, as the page says it; the key is kept with the text's row.
TRACES = {
    "author": N_("Taken down by its author."),
    "admin": N_("Taken down by somebody who looks after this site."),
    "closed": N_("Gone with the account of its author."),
}
STAYS = Bound(why="what people wrote stays; how much an account may post is limited")


def texts_table(name: str, *others: SchemaItem) -> Table:
    """Declare a table of texts: `ours` marks one of the house's own, shown in the reader's language.

    A text that was taken down is emptied; `removed_at`, `removed_why` (a key of `TRACES`) and who did it stay.
    """
    return Table(
        name,
        METADATA,
        Column("id", Integer, primary_key=True),
        Column("text", Text, nullable=False),
        Column("ours", Boolean, nullable=False, default=False),
        # The account of the author; none once it was closed.
        Column("author_id", Integer, ForeignKey("users.id", ondelete="SET NULL")),
        Column("created_at", Moment, nullable=False),
        Column("edited_at", Moment),
        Column("removed_at", Moment),
        Column("removed_why", String(10)),
        # The account that took the text down.
        Column("removed_by", Integer, ForeignKey("users.id", ondelete="SET NULL")),
        *others,
        info={"bound": STAYS},
    )


def tidy(text: str | None) -> str:
    """Return what somebody typed as it is kept: one kind of line break, no control characters, trimmed.

    Where nothing of it can be seen, it is empty; what is invisible within a text may belong to it, such as the joiners
    of Persian and of emoji.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")).strip()
    return "" if is_blank(kept) else kept


def shown(text: str, ours: bool, translate: Callable[[str], str] = gettext) -> str:
    """Return a text as it is read: the house's own in the reader's language, everybody else's as it was written.

    A page of many texts asks once who is to `translate` them.
    """
    return translate(text) if ours and text else text  # gettext answers nothing with its catalogue's header


def may_change(visitor: Any, author_id: int | None, removed_at: datetime | None) -> bool:
    """Tell whether a visitor may edit a text: its author, as long as it stands."""
    return visitor.is_authenticated and author_id == visitor.id and removed_at is None


def may_take_down(visitor: Any, author_id: int | None, removed_at: datetime | None) -> bool:
    """Tell whether a visitor may take a text down: its author and every admin, as long as it stands."""
    return removed_at is None and (visitor.admin or may_change(visitor, author_id, removed_at))


def take_down(db: Connection, table: Table, id: int, author_id: int | None) -> bool:
    """Empty a text and leave the trace; False when another request was faster."""
    why = "author" if author_id == current_user.id else "admin"
    return bool(_empty(db, table, table.c.id == id, removed_why=why, removed_by=current_user.id))


@account_closing.connect
def _empty_all(sender: Any, db: Connection, user_id: int) -> None:
    for site in sites():
        for table in site.texts:
            _empty(db, table, table.c.author_id == user_id, removed_why="closed")


def _empty(db: Connection, table: Table, which: ColumnElement[bool], **why: Any) -> int:
    """Empty the texts that stand of those that a condition names, and return how many; what was reported is settled."""
    emptied = db.execute(
        update(table).where(which, table.c.removed_at.is_(None)).values(text="", removed_at=clock.now(), **why)
    ).rowcount
    # Only now: a report that was being sent has waited for this, or this for it.
    reports.forget(db, table.name, select(table.c.id).where(which))
    return emptied
