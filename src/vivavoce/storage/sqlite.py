"""SQLite: one writer for the process, readers beside it.

Write-ahead log: readers see the last commit and never wait for the writer. `synchronous=NORMAL`: a commit is handed
to the operating system at once, so it survives `kill -9` of the process; the disk is waited for at checkpoints only,
so a power cut may take the last commits with it but never harms the file. Other processes on the same file are
waited for (`busy_timeout`).
"""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

from anyio import Lock, Semaphore, fail_after
from sqlalchemy import Connection, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from vivavoce.storage.sql import InsertInto, Running, translated, whole
from vivavoce.storage.sqlite_driver import OneTripConnection

BUSY_S: Final = 10.0
READERS: Final = 4
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what was erased is not left in free pages of the file
    "PRAGMA temp_store=MEMORY",
)


class SqliteDatabase:
    """One file. Give each file one of these per process: the turn to write is taken here."""

    def __init__(
        self, path: Path, *, driver: type[OneTripConnection] = OneTripConnection, durable: bool = True
    ) -> None:
        """durable: False for a file that nobody will miss."""
        pragmas = _PRAGMAS if durable else (*_PRAGMAS, "PRAGMA synchronous=OFF")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.insert: InsertInto = sqlite.insert
        self._turn = Lock(fast_acquire=True)
        self._reading = Semaphore(READERS, fast_acquire=True)
        self._writer = _engine(path, driver, connections=1, begin="BEGIN IMMEDIATE", pragmas=pragmas)
        self._readers = _engine(
            path, driver, connections=READERS, begin="BEGIN", pragmas=(*pragmas, "PRAGMA query_only=ON")
        )

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Running]:
        with translated(), fail_after(BUSY_S):
            await self._turn.acquire()
        try:
            async with _transaction(self._writer) as connection:
                yield Running(connection, self.insert, shielded=True)
        finally:
            self._turn.release()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Running]:
        with translated(), fail_after(BUSY_S):
            await self._reading.acquire()  # here rather than in the pool: whoever waits can be cancelled
        try:
            async with _transaction(self._readers) as connection:
                yield Running(connection, self.insert, shielded=True)
        finally:
            self._reading.release()

    async def scrub(self) -> None:
        """Deleted rows are overwritten in the file itself (`secure_delete`). Their words are still in the search index
        until it is merged, and in the write-ahead log until that is begun anew: both are done here."""
        async with self.writing() as db:
            await db.run(text("INSERT INTO memories_fts(memories_fts) VALUES ('optimize')"))
        with translated(), fail_after(BUSY_S):
            await self._turn.acquire()
        try:
            with translated():
                await whole(_truncate_log(self._writer))
        finally:
            self._turn.release()

    async def aclose(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Each step is waited for once begun: they are short on a local file, and an abandoned one costs the connection."""
    with translated():
        connection = await whole(_connected(engine))
    try:
        yield connection  # begins by itself, with the first statement
        with translated():
            await whole(connection.commit())
    finally:
        with translated():
            await whole(connection.close())  # rolls back what is still open


async def _truncate_log(engine: AsyncEngine) -> None:
    """Outside of any transaction. Readers that are in the way are waited for, `BUSY_S` at most."""
    connection = await engine.connect()
    try:
        raw = (await connection.get_raw_connection()).driver_connection
        if isinstance(raw, OneTripConnection):
            await raw.ask("PRAGMA wal_checkpoint(TRUNCATE)", (), many=False)
    finally:
        await connection.close()


async def _connected(engine: AsyncEngine) -> AsyncConnection:
    return await engine.connect()


def _engine(
    path: Path, driver: type[OneTripConnection], *, connections: int, begin: str, pragmas: tuple[str, ...]
) -> AsyncEngine:
    def connect() -> sqlite3.Connection:
        # autocommit: transactions begin and end where we say
        made = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        for pragma in pragmas:
            made.execute(pragma)
        return made

    async def creator(*_: Any, **__: Any) -> OneTripConnection:
        made = driver(connect)
        thread: Thread = made._thread  # pyright: ignore
        thread.daemon = True  # else a crash of the event loop would leave the process hanging
        try:
            await made
        except sqlite3.Error:
            if thread.ident is not None:
                thread.join()  # it ends by itself, in microseconds, but wants the event loop for that
            raise
        return made

    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        async_creator=creator,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_S,
        pool_reset_on_return=None,  # _transaction leaves nothing open
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        driver = connection.connection.driver_connection
        assert isinstance(driver, OneTripConnection)
        driver.begin_with(begin)

    return engine
