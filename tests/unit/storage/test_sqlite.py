"""SQLite: what is particular to it."""

import sqlite3
from contextlib import AsyncExitStack
from pathlib import Path

import anyio
import pytest
from sqlalchemy import text
from tests.contract.samples import ANA, NOW, a_session, add, note
from tests.contract.schema import schema

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import SessionNotFound, Unavailable
from vivavoce.services.ports import SYSTEM
from vivavoce.storage.faults import StoreFault
from vivavoce.storage.migrate import HEAD, make_current, revision
from vivavoce.storage.open import open_database, open_store
from vivavoce.storage.sqlite import READERS, SqliteDatabase
from vivavoce.storage.upgrade import upgrade

SES = SessionId("ses_1")


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/store.db"


async def pragma(database: SqliteDatabase, name: str) -> object:
    async with database.writing() as db:
        return (await db.run(text(f"PRAGMA {name}"))).scalar_one()


async def test_the_file_is_set_up_for_one_writer_and_many_readers(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "deep" / "store.db")  # makes the folder
    found = {name: await pragma(database, name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    await database.aclose()
    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}


async def test_what_was_stored_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    for number in range(3):
        async with open_store(url(tmp_path)) as store:
            if number == 0:
                await add(store, a_session())
            async with store.transaction() as tx:
                await tx.log.append(SES, [note(number)], NOW)
    async with open_store(url(tmp_path)) as store, store.reading() as tx:
        assert [event.fact for event in await tx.log.after(ANA, SES, 0)] == [note(0), note(1), note(2)]


async def test_another_process_is_waited_for(tmp_path: Path) -> None:
    async with open_store(url(tmp_path)) as store:
        await add(store, a_session())
        other = sqlite3.connect(tmp_path / "store.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        done = anyio.Event()

        async def write() -> None:
            async with store.transaction() as tx:
                await tx.log.append(SES, [note(1)], NOW)
            done.set()

        async with anyio.create_task_group() as tg:
            tg.start_soon(write)
            async with store.reading() as tx:  # readers do not wait
                assert await tx.log.after(SYSTEM, SES, 0) == []
            assert not done.is_set()
            other.execute("COMMIT")
        other.close()
        assert done.is_set()


async def test_a_writer_cancelled_while_its_statement_runs_does_not_harm_the_next(tmp_path: Path) -> None:
    async with open_store(url(tmp_path)) as store:
        await add(store, a_session())
        for _ in range(20):
            with anyio.move_on_after(0):
                async with store.transaction() as tx:
                    await tx.log.append(SES, [note(1)], NOW)
        with anyio.fail_after(2):
            async with store.transaction() as tx:
                [event] = await tx.log.append(SES, [note(2)], NOW)
        async with store.reading() as tx:
            assert len(await tx.log.after(SYSTEM, SES, 0)) == event.seq


async def test_more_readers_than_connections_take_turns_and_can_be_cancelled(tmp_path: Path) -> None:
    async with open_store(url(tmp_path)) as store, AsyncExitStack() as stack:
        for _ in range(READERS):
            reader = await stack.enter_async_context(store.reading())
            await reader.sessions.page(SYSTEM)
        with anyio.move_on_after(0.01) as waiting:
            async with store.reading():
                pass
        assert waiting.cancelled_caught
        await stack.aclose()
        await store.ping()


async def test_an_error_does_not_quote_what_was_to_be_stored(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    await make_current(database)
    with pytest.raises(StoreFault) as refused:
        async with database.writing() as db:
            await db.run(text("INSERT INTO nowhere VALUES (:said)"), {"said": "a secret"})
    await database.aclose()
    assert "secret" not in str(refused.value)
    assert "nowhere" in str(refused.value)


async def test_a_file_that_cannot_be_opened_is_a_store_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with pytest.raises(Unavailable):
        async with open_store(url(tmp_path)):
            pass


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite://host/x.db", "mysql://x/y", "store.db", ""])
async def test_a_store_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        open_database(url)


async def test_deleting_a_session_takes_what_belongs_to_it(tmp_path: Path) -> None:
    async with open_store(url(tmp_path)) as store:
        await add(store, a_session())
        async with store.transaction() as tx:
            await tx.log.append(SES, [note(1)], NOW)
        database = open_database(url(tmp_path))
        async with database.writing() as db:
            await db.run(text("DELETE FROM sessions"))
            assert (await db.run(text("SELECT count(*) FROM events"))).scalar_one() == 0
        await database.aclose()
        async with store.reading() as tx:
            with pytest.raises(SessionNotFound):
                await tx.log.after(SYSTEM, SES, 0)


# --- the schema -------------------------------------------------------------------------------------


async def test_a_new_file_and_a_migrated_one_have_the_same_schema(tmp_path: Path) -> None:
    new, migrated = SqliteDatabase(tmp_path / "new.db"), SqliteDatabase(tmp_path / "migrated.db")
    assert await make_current(new) is None
    async with migrated.writing() as db:
        await db.connection.run_sync(upgrade)
    schemas: list[dict[str, object]] = []
    for database in (new, migrated):
        async with database.reading() as db:
            schemas.append(await db.connection.run_sync(schema))
        assert await revision(database) == HEAD
        assert await make_current(database) == HEAD
        await database.aclose()
    assert schemas[0] == schemas[1]
    assert {"sessions", "events", "jobs", "leases", "idempotency", "reports"} < schemas[0].keys()


async def test_an_empty_file_has_no_revision(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    assert await revision(database) is None
    await database.aclose()


async def test_a_store_of_the_next_release_is_left_as_it_is(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    await make_current(database)
    async with database.writing() as db:
        await db.run(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await make_current(database) == "9999"
    assert await revision(database) == "9999"
    await database.aclose()


async def test_a_schema_that_could_not_be_made_whole_is_not_there_at_all(tmp_path: Path) -> None:
    database = open_database(url(tmp_path))
    async with database.writing() as db:
        await db.run(text("CREATE TABLE other (x)"))
        await db.run(text("CREATE INDEX ix_idempotency_begun_at ON other (x)"))  # in the way of ours
    with pytest.raises(StoreFault):
        await make_current(database)
    assert await revision(database) is None
    async with database.reading() as db:
        assert (await db.connection.run_sync(schema)).keys() == {"other"}
    await database.aclose()
