"""Open the store that a URL names."""

import importlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import CancelScope

from vivavoce.services.ports import Store

if TYPE_CHECKING:
    from vivavoce.storage.sql import Database


@asynccontextmanager
async def open_store(url: str, *, connections: int = 10) -> AsyncGenerator[Store]:
    """A store with an up-to-date schema, closed at the end.

    url: `memory:`; `sqlite:///relative.db` or `sqlite:////absolute.db`; `postgresql://user:password@host/database`.
    connections: the most to PostgreSQL at once. Raises ValueError for another URL, Unavailable if it does not answer.
    """
    if url == "memory:":
        store = importlib.import_module("vivavoce.storage.memory").MemoryStore()
        try:
            yield store
        finally:
            await store.aclose()
        return
    # Imported here: imports are half of a start.
    store_module = importlib.import_module("vivavoce.storage.store")
    migrate = importlib.import_module("vivavoce.storage.migrate")
    database = open_database(url, connections=connections)
    try:
        await migrate.make_current(database)
        kept: Store = store_module.SqlStore(database)
        yield kept
    finally:
        with CancelScope(shield=True):
            await database.aclose()


def open_database(url: str, *, connections: int = 10) -> "Database":
    """The database that a URL names, its schema as it is. It connects when it is first used. Raises ValueError."""
    scheme, _, rest = url.partition("://")
    match scheme.partition("+")[0]:
        case "sqlite" if len(rest) > 1 and rest.startswith("/"):
            return importlib.import_module("vivavoce.storage.sqlite").SqliteDatabase(Path(rest[1:]))
        case "postgresql" | "postgres":
            return importlib.import_module("vivavoce.storage.postgres").PostgresDatabase(url, connections)
        case _:
            raise ValueError("a store's URL begins with sqlite:///, postgresql:// or is memory:")
