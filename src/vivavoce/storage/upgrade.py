"""Bring a database to the newest revision with alembic. Imported only when there is something to bring."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from vivavoce.storage import migrations


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run all missing migrations in the transaction that is open on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
