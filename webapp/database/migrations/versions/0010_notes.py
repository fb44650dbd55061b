"""Rooms without a code: their notes open by a token of their own."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from webapp.database import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Go one revision up; rooms that are open go on."""
    names = [sa.column(name) for name in ("holder", "lesson", "step")]
    rooms = op.get_bind().execute(sa.select(sa.column("begun", Moment()), *names).select_from(sa.table("rooms"))).all()
    op.drop_table("rooms")
    table = _create(sa.Column("notes", sa.String(64), primary_key=True))
    for begun, holder, lesson, step in rooms:
        notes = sha256(holder.encode()).hexdigest()
        op.execute(sa.insert(table).values(notes=notes, begun=begun, lesson=lesson, step=step))


def downgrade() -> None:
    """Go one revision down; an open room is opened anew."""
    op.drop_table("rooms")
    _create(
        sa.Column("code", sa.String(6), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False, unique=True),
    )


def _create(*known_by: sa.Column) -> sa.Table:
    begun = sa.Column("begun", Moment(), nullable=False)
    table = op.create_table(
        "rooms", *known_by, begun, sa.Column("lesson", sa.String(12)), sa.Column("step", sa.Integer())
    )
    op.create_index("ix_rooms_begun", "rooms", ["begun"])
    return table
