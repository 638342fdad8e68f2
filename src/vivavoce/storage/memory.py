"""The store in memory: the same SQL on a database that vanishes, asked without a thread or the real time.

For tests and the simulator, whose clock is virtual and waits for no thread. A statement blocks the event loop, which
takes microseconds on a file in memory.
"""

import sqlite3
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from vivavoce.storage.sqlite import SqliteDatabase
from vivavoce.storage.sqlite_driver import InlineConnection
from vivavoce.storage.store import SqlStore
from vivavoce.storage.tables import metadata

_SHARED_MEMORY: Final = Path("/dev/shm")


class MemoryStore(SqlStore):
    """Implements services.ports.Store. Gone with the object."""

    def __init__(self) -> None:
        folder = str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None
        self._folder = TemporaryDirectory(prefix="vivavoce-", dir=folder, ignore_cleanup_errors=True)
        path = Path(self._folder.name) / "store.db"
        path.write_bytes(_empty())
        super().__init__(SqliteDatabase(path, driver=InlineConnection, durable=False))


@cache
def _empty() -> bytes:
    """A database file with the schema and no rows."""
    connection = sqlite3.connect(":memory:")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    metadata.create_all(engine)
    return connection.serialize()
