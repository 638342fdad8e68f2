"""Run by alembic: brings the connection it is given to a revision, in the transaction that is open on it."""

from alembic import context
from sqlalchemy import Connection

from vivavoce.storage.tables import metadata


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",  # which cannot alter most of a table in place
    )
    with context.begin_transaction():
        context.run_migrations()


_migrate(context.config.attributes["connection"])
