"""Alembic's entry: runs the revisions over the connection that `webapp.database.migrate` hands in."""

from alembic import context

from webapp.database import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite alters a table by copying it
    on_version_apply=context.config.attributes["tell"],
)
with context.begin_transaction():
    context.run_migrations()
