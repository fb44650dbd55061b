"""Numbers of exchanges never come again, on SQLite too, where an emptied table began with 1 anew."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Go one revision up."""
    _copy(autoincrement=True)


def downgrade() -> None:
    """Go one revision down."""
    _copy(autoincrement=False)


def _copy(autoincrement: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's numbers only rise
        with op.batch_alter_table("exchanges", recreate="always", table_kwargs={"sqlite_autoincrement": autoincrement}):
            pass
