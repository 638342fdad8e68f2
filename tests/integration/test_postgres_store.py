"""PostgreSQL: what is particular to it, and what only a second node can show."""

import anyio
import pytest
from sqlalchemy import text
from tests.contract.samples import ANA, NOW, a_session, add, note
from tests.contract.schema import schema
from tests.postgres import PostgresServer

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.domain.errors import Unavailable
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.storage.migrate import HEAD, make_current, revision
from vivavoce.storage.open import open_database, open_store
from vivavoce.storage.postgres import driver_url
from vivavoce.storage.rls import confined_tables
from vivavoce.storage.upgrade import upgrade

pytestmark = pytest.mark.integration
SES = SessionId("ses_1")
OLD_SESSION = """INSERT INTO sessions (id, community, owner, format, persona, phase, created_at, title,
    max_participants, variables, entered, wrap_up, address, seats, message_count, last_seq, version)
    VALUES ('ses_1', 'one', 'ana', 'coaching', 'ada', 'ready', now(), '',
    1, '{}', '{}', 'none', 'everyone', '[]', 0, 0, 0)"""


async def test_a_new_database_and_a_migrated_one_have_the_same_schema(postgres_server: PostgresServer) -> None:
    schemas: list[dict[str, object]] = []
    for name in ("schema_new", "schema_migrated"):
        postgres_server.sql(f"create database {name} owner vivavoce")
        database = open_database(postgres_server.url(name))
        if name == "schema_new":
            assert await make_current(database) is None
        else:
            async with database.writing() as db:
                await db.connection.run_sync(upgrade)
        async with database.reading() as db:
            schemas.append(await db.connection.run_sync(schema))
        assert await revision(database) == HEAD
        await database.aclose()
    assert schemas[0] == schemas[1]
    assert {"sessions", "events", "jobs", "leases", "idempotency", "reports"} < schemas[0].keys()


async def test_a_database_of_an_older_release_keeps_its_sessions_and_communities_apart_afterwards(
    postgres_server: PostgresServer,
) -> None:
    postgres_server.sql("create database schema_older owner vivavoce")
    database = open_database(postgres_server.url("schema_older"))
    async with database.writing() as db:
        await db.connection.run_sync(lambda connection: upgrade(connection, "0001"))
        await db.run(text(OLD_SESSION))
    assert await make_current(database) == "0001"
    async with database.reading() as db:
        kept = (await db.run(text("SELECT owner, listed FROM sessions"))).one()
        confined = {row.tablename for row in await db.run(text("SELECT tablename FROM pg_policies"))}
    await database.aclose()
    assert tuple(kept) == ("ana", False)
    assert confined == set(confined_tables())


async def test_nodes_that_start_at_the_same_time_make_the_schema_once(postgres_url: str) -> None:
    found: list[str | None] = []

    async def start() -> None:
        database = open_database(postgres_url, connections=1)
        found.append(await make_current(database))
        await database.aclose()

    async with anyio.create_task_group() as tg:
        for _ in range(4):
            tg.start_soon(start)
    assert sorted(found, key=str) == [HEAD, HEAD, HEAD, None]


async def test_two_nodes_writing_to_one_session_leave_no_gap(postgres_url: str) -> None:
    async with open_store(postgres_url) as here, open_store(postgres_url) as there:
        await add(here, a_session())

        async def write(number: int) -> None:
            for _ in range(10):
                async with (here if number % 2 else there).transaction() as tx:
                    await tx.log.append(SES, [note(number)] * 2, NOW)

        async with anyio.create_task_group() as tg:
            for number in range(4):
                tg.start_soon(write, number)
        async with here.reading() as tx:
            assert [event.seq for event in await tx.log.after(SYSTEM, SES, 0)] == list(range(1, 81))


async def test_a_locked_job_does_not_hold_up_the_claim_of_others(postgres_url: str) -> None:
    async with open_store(postgres_url) as here, open_store(postgres_url) as there:
        async with here.transaction() as tx:
            for key in ("one", "two"):
                await tx.jobs.enqueue(JobKind.IDLE, {}, key=key, due=NOW)
        with anyio.fail_after(5):
            async with here.transaction() as tx:
                await tx.jobs.reschedule("one", NOW)  # holds its row
                jobs = await there.claim_jobs(NodeId("there"), NOW, lease_s=60, limit=10)
        assert [job.key for job in jobs] == ["two"]


async def test_whoever_waits_for_a_locked_session_can_be_cancelled(postgres_url: str) -> None:
    async with open_store(postgres_url, connections=3) as store:
        await add(store, a_session())
        async with store.transaction() as tx:
            await tx.sessions.lock(ANA, SES)
            for _ in range(5):  # more than there are connections
                with anyio.move_on_after(0.05):
                    async with store.transaction() as waiting:
                        await waiting.sessions.lock(ANA, SES)
        async with store.transaction() as tx:
            assert (await tx.sessions.lock(ANA, SES)).id == SES


async def test_a_server_that_restarts_is_found_again(postgres_server: PostgresServer, postgres_url: str) -> None:
    async with open_store(postgres_url) as store:
        await add(store, a_session())
        postgres_server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vivavoce'")
        async with store.transaction() as tx:
            await tx.log.append(SES, [note(1)], NOW)


async def test_a_connection_lost_in_a_change_is_a_store_that_is_not_there(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    async with open_store(postgres_url) as store:
        await add(store, a_session())
        with pytest.raises(Unavailable):
            async with store.transaction() as tx:
                await tx.log.append(SES, [note(1)], NOW)
                kill = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vivavoce'"
                postgres_server.sql(kill)
                await tx.log.append(SES, [note(2)], NOW)
        async with store.reading() as tx:
            assert await tx.log.after(SYSTEM, SES, 0) == []


async def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        async with open_store("postgresql://vivavoce@/none?host=/nowhere"):
            pass


async def test_an_error_does_not_quote_what_was_to_be_stored(postgres_url: str) -> None:
    database = open_database(postgres_url)
    await make_current(database)
    with pytest.raises(Exception) as refused:
        async with database.writing() as db:
            await db.run(text("INSERT INTO reports (session, status) VALUES ('ses_1', :said)"), {"said": "a secret"})
    await database.aclose()
    assert "secret" not in str(refused.value)


def test_the_ways_to_ask_for_encryption_are_translated() -> None:
    url = driver_url("postgresql://me:p%40ss@db.example:5433/vivavoce?sslmode=require")
    assert url.drivername == "postgresql+asyncpg"
    assert (url.password, url.host, url.port, url.database) == ("p@ss", "db.example", 5433, "vivavoce")
    assert dict(url.query) == {"ssl": "require"}
