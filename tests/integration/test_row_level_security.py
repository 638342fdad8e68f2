"""PostgreSQL keeps communities apart by itself."""

import pytest
from sqlalchemy import select, text
from tests.contract.samples import ANA, EVE, NOW, a_session, note
from tests.postgres import PostgresServer, fresh_database

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.community import Community
from vivavoce.services.confined import as_platform, confined
from vivavoce.services.ports import SYSTEM, Store
from vivavoce.storage import rls
from vivavoce.storage.faults import StoreFault
from vivavoce.storage.open import open_database, open_store
from vivavoce.storage.tables import metadata

pytestmark = pytest.mark.integration


async def filled(store: Store) -> None:
    """Two communities, with a session, an account and events each."""
    async with store.transaction() as tx:
        for viewer, id in ((ANA, "ses_1"), (EVE, "ses_2")):
            await tx.communities.save(Community(viewer.community, viewer.name, NOW))
            account = AccountId(f"{viewer.account}_{viewer.community}")
            await tx.people.add(Account(account, viewer.community, viewer.name, created_at=NOW))
            session = a_session(id, of=viewer)
            await tx.sessions.add(session)
            await tx.log.append(session.id, [note(120)], NOW)


async def seen(url: str) -> dict[str, set[str]]:
    """What a plain SELECT that forgot the scope finds: the communities whose rows it sees, by table."""
    database = open_database(url, connections=1)
    found: dict[str, set[str]] = {}
    async with database.reading() as db:
        for name, column in rls.confined_tables().items():
            rows = await db.run(select(metadata.tables[name].c[column]))
            found[name] = {row[0] for row in rows}
    await database.aclose()
    return found


async def test_a_query_that_forgets_the_scope_sees_nothing_of_another_community(
    postgres_server: PostgresServer,
) -> None:
    with fresh_database(postgres_server, "rls") as url:
        async with open_store(url) as store:
            await filled(store)
        with confined(ANA.community):
            mine = await seen(url)
        assert mine["sessions"] == mine["events"] == mine["accounts"] == mine["communities"] == {ANA.community}
        assert set().union(*mine.values()) == {ANA.community}
        with confined(CommunityId("com_9")):
            assert set().union(*(await seen(url)).values()) == set()
        assert (await seen(url))["sessions"] == {ANA.community, EVE.community}


async def test_a_connection_that_names_no_community_sees_nothing(postgres_server: PostgresServer) -> None:
    with fresh_database(postgres_server, "rls") as url:
        async with open_store(url) as store:
            await filled(store)
        folder, role = str(postgres_server.folder), "vivavoce"
        for table in rls.confined_tables():
            count = ("-qAtX", "-c", f'SELECT count(*) FROM "{table}"')
            assert postgres_server.run("psql", "-h", folder, "-U", role, "-d", "rls", *count).strip() == "0"


async def test_even_the_platform_asking_is_held_to_the_community_it_works_for(postgres_server: PostgresServer) -> None:
    with fresh_database(postgres_server, "rls") as url:
        async with open_store(url) as store:
            await filled(store)
            with confined(ANA.community):
                async with store.reading() as tx:
                    assert (await tx.sessions.get(SYSTEM, a_session("ses_1").id)).owner == ANA.account
                    with pytest.raises(SessionNotFound):
                        await tx.sessions.get(SYSTEM, a_session("ses_2").id)
                with as_platform():
                    async with store.reading() as tx:
                        assert (await tx.sessions.get(SYSTEM, a_session("ses_2").id)).owner == EVE.account


async def test_a_row_cannot_be_written_into_another_community(postgres_server: PostgresServer) -> None:
    with fresh_database(postgres_server, "rls") as url:
        async with open_store(url) as store:
            await filled(store)
            with confined(ANA.community), pytest.raises(StoreFault):
                async with store.transaction() as tx:
                    await tx.sessions.add(a_session("ses_3", of=EVE))
            with confined(ANA.community):
                async with store.transaction() as tx:
                    await tx.people.set_password(AccountId(f"{EVE.account}_{EVE.community}"), "mine now")
            async with store.reading() as tx:
                assert await tx.people.password(SYSTEM, AccountId(f"{EVE.account}_{EVE.community}")) is None


async def test_every_table_of_communities_is_forced_to_keep_them_apart(postgres_server: PostgresServer) -> None:
    with fresh_database(postgres_server, "rls") as url:
        async with open_store(url):
            pass
        forced = postgres_server.sql(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity", "rls"
        )
        assert set(forced.split()) == set(rls.confined_tables())
        assert set(metadata.tables) - set(rls.confined_tables()) == {"jobs", "leases", "shop_notices"}


async def test_it_is_noticed_when_the_role_is_not_bound(postgres_server: PostgresServer) -> None:
    with fresh_database(postgres_server, "rls") as url:
        bound, unbound = open_database(url, connections=1), open_database(url.replace("vivavoce@", "postgres@"))
        async with bound.reading() as db:
            assert await rls.binds(db)
        async with unbound.reading() as db:
            assert not await rls.binds(db)
            await db.run(text("SELECT 1"))
        await bound.aclose()
        await unbound.aclose()
