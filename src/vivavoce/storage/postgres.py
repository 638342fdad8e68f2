"""PostgreSQL through asyncpg: rows are locked where the queries say so; readers see a snapshot and lock nothing.

Each transaction is held to the community that it is for (rls.py).
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from anyio import CancelScope, fail_after
from sqlalchemy import URL, make_url
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from vivavoce.storage.rls import confine
from vivavoce.storage.sql import InsertInto, Running, translated
from vivavoce.storage.tables.sessions import OF_UNFINISHED, UNFINISHED

for _index in OF_UNFINISHED:
    _index.dialect_options["postgresql"]["where"] = UNFINISHED

CONNECT_S: Final = 10.0
END_S: Final = 10.0  # for the end of a transaction whose task was cancelled
_SERVER: Final = {
    "application_name": "vivavoce",
    "lock_timeout": "10s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}


class PostgresDatabase:
    def __init__(self, url: str, connections: int = 10) -> None:
        self.insert: InsertInto = postgresql.insert
        self._writers = create_async_engine(
            driver_url(url),
            pool_size=connections,
            max_overflow=0,
            pool_timeout=CONNECT_S,
            pool_pre_ping=True,  # a restart of the server costs no request
            hide_parameters=True,
            connect_args={"timeout": CONNECT_S, "server_settings": _SERVER},
        )
        self._readers = self._writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Running]:
        async with _transaction(self._writers) as connection:
            db = Running(connection, self.insert)
            await confine(db)
            yield db

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Running]:
        async with _transaction(self._readers) as connection:
            db = Running(connection, self.insert)
            await confine(db)
            yield db

    async def scrub(self) -> None:
        """Its own vacuum does that, in its time."""

    async def aclose(self) -> None:
        await self._writers.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    with translated():
        connection = await engine.connect()
    try:
        yield connection  # begins by itself, with the first statement
        with translated(), fail_after(END_S, shield=True):
            await connection.commit()
    finally:
        with translated(), CancelScope(shield=True), fail_after(END_S):
            await connection.close()  # rolls back what is still open


def driver_url(url: str) -> URL:
    """The URL as SQLAlchemy's asyncpg dialect takes it: its own scheme, and `ssl` for libpq's `sslmode`."""
    parsed = make_url(url).set(drivername="postgresql+asyncpg")
    mode = parsed.query.get("sslmode")
    if mode is None:
        return parsed
    return parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
