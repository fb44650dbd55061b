"""What people write on a site: whose it is, who may change it or take it down, and the trace that stays."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import ForeignKey, String, Text, select, update
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from webapp import clock
from webapp.database import Bound
from webapp.i18n import N_, gettext
from webapp.invisible import is_blank
from webapp.signals import account_closing

from . import reports

# Who took a text down, as the page says it; the key is kept with the text's row.
TRACES = {
    "author": N_("Taken down by its author."),
    "admin": N_("Taken down by somebody who looks after this site."),
    "closed": N_("Gone with the account of its author."),
}


class Written:
    """The columns of a text: `ours` marks one of the house's own, shown in the reader's language.

    A text that was taken down is emptied; `removed_at`, `removed_why` (a key of `TRACES`) and who did it stay.
    """

    bound = Bound(why="what people wrote stays; how much an account may post is limited")

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    ours: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_why: Mapped[str | None] = mapped_column(String(10))

    @declared_attr
    def author_id(cls) -> Mapped[int | None]:
        """The account of the author; none once it was closed."""
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    @declared_attr
    def removed_by(cls) -> Mapped[int | None]:
        """The account that took the text down."""
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


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


def take_down(session: Session, model: type[Written], id: int, author_id: int | None) -> bool:
    """Empty a text and leave the trace; False when another request was faster."""
    why = "author" if author_id == current_user.id else "admin"
    return bool(_empty(session, model, model.id == id, removed_why=why, removed_by=current_user.id))


@account_closing.connect
def _empty_all(sender: Any, session: Session, user_id: int) -> None:
    for model in Written.__subclasses__():
        _empty(session, model, model.author_id == user_id, removed_why="closed")


def _empty(session: Session, model: type[Written], which: Any, **why: Any) -> int:
    """Empty the texts that stand of those that a condition names, and return how many; what was reported is settled."""
    emptied = session.execute(
        update(model)
        .where(which, model.removed_at.is_(None))
        .values(text="", removed_at=clock.now(), **why)
        .execution_options(synchronize_session=False)
    ).rowcount
    # Only now: a report that was being sent has waited for this, or this for it.
    reports.forget(session, model.__tablename__, select(model.id).where(which))
    return emptied
