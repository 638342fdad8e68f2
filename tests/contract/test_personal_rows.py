"""Exporting and erasing a person, table by table, on every store."""

import json

import pytest
from tests.contract.filling import fill, rows, session_of, words_of
from tests.contract.samples import NOW, a_session, add, later

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.sessions.events import Withheld
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.ports import SYSTEM
from vivavoce.storage.personal import PERSONAL, Erase
from vivavoce.storage.store import SqlStore
from vivavoce.storage.tables import metadata

pytestmark = pytest.mark.anyio
HOME = CommunityId("com_1")
ANA, BEN, AS = AccountId("acc_ana"), AccountId("acc_benjamin"), AccountId("era_1")


def test_every_table_says_what_of_it_is_personal_and_what_becomes_of_it() -> None:
    assert set(metadata.tables) == set(PERSONAL)
    for name, personal in PERSONAL.items():
        columns = metadata.tables[name].c
        assert personal.why.endswith(".")
        assert all(column in columns for column in (*personal.of, *personal.hidden))
        assert bool(personal.of) or personal.erase in (Erase.SESSION, Erase.NOTHING)


def test_a_column_that_names_an_account_is_declared() -> None:
    naming = {"account", "owner", "actor", "by", "created_by"}
    for name, table in metadata.tables.items():
        assert naming & set(table.c.keys()) <= set(PERSONAL[name].of), name


async def test_erasing_one_person_leaves_nothing_of_them_in_any_table_and_all_of_others(store: SqlStore) -> None:
    async with store.transaction() as tx:
        db = tx.personal.db
        await fill(db, HOME, ANA)
        await fill(db, HOME, BEN)
        before = {name: [row for row in await rows(db, table)] for name, table in metadata.tables.items()}
        for session in await tx.personal.sessions_of(SYSTEM, HOME, ANA):
            await tx.personal.erase_session(SYSTEM, session.id)
        await tx.personal.erase(SYSTEM, HOME, ANA, AS)
    async with store.reading() as tx:
        for name, table in metadata.tables.items():
            left = await rows(tx.personal.db, table)
            told = json.dumps(left, default=str)
            assert ANA not in told, name
            if PERSONAL[name].erase in (Erase.DELETE, Erase.SESSION):
                assert words_of(ANA) not in told, name
            of_ben = [row for row in before[name] if BEN in str(row) or words_of(BEN) in str(row)]
            assert all(row in left for row in of_ben), name
        assert PERSONAL["ledger"].erase is Erase.UNLINK
        assert sum(row["credits"] for row in await rows(tx.personal.db, metadata.tables["ledger"])) == 2


async def test_memories_of_an_erased_person_are_found_by_no_search(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await fill(tx.personal.db, HOME, ANA)
        await tx.personal.erase(SYSTEM, HOME, ANA, AS)
    async with store.reading() as tx:
        assert await rows(tx.personal.db, metadata.tables["memories"]) == []


async def test_a_person_is_exported_with_all_their_rows_and_no_secrets(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await fill(tx.personal.db, HOME, ANA)
        await fill(tx.personal.db, HOME, BEN)
    async with store.reading() as tx:
        found = await tx.personal.exported(SYSTEM, HOME, ANA)
    wanted = {personal.export for personal in PERSONAL.values() if personal.export is not None}
    assert set(found) == wanted
    assert all(len(rows) == 1 for rows in found.values())
    told = json.dumps(found)
    assert BEN not in told and words_of(BEN) not in told
    assert "password" not in found["account"][0] and "hash" not in found["api_keys"][0]


async def test_a_session_is_erased_with_all_that_goes_with_it(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await fill(tx.personal.db, HOME, ANA)
        await tx.personal.erase_session(SYSTEM, SessionId(session_of(ANA)))
    async with store.reading() as tx:
        for name in (
            "sessions",
            "events",
            "reports",
            "report_versions",
            "feedback",
            "notes",
            "attendances",
            "deliveries",
        ):
            assert await rows(tx.personal.db, metadata.tables[name]) == [], name
        (memory,) = await rows(tx.personal.db, metadata.tables["memories"])
        assert memory["quote"] == "" and memory["turn"] is None
        assert await rows(tx.personal.db, metadata.tables["ledger"]) != []
        assert await rows(tx.personal.db, metadata.tables["days"]) != []


async def test_facts_are_put_in_place_of_others_and_what_was_made_of_them_is_dropped(store: SqlStore) -> None:
    id = SessionId(session_of(ANA))
    async with store.transaction() as tx:
        await fill(tx.personal.db, HOME, ANA)
        await tx.personal.rewrite(SYSTEM, id, {1: Withheld()})
    async with store.reading() as tx:
        assert [event.fact for event in await tx.log.after(SYSTEM, id, 0)] == [Withheld()]
        assert await rows(tx.personal.db, metadata.tables["reports"]) == []


async def test_sessions_that_are_over_come_by_pages(store: SqlStore) -> None:
    over = [a_session(f"ses_{n}", at=later(n), phase=Phase.COMPLETE) for n in range(3)]
    await add(store, *over, a_session("ses_live", phase=Phase.ACTIVE))
    async with store.reading() as tx:
        found = await tx.personal.ended_before(SYSTEM, "coaching", later(2))
        assert [session.id for session in found] == ["ses_0", "ses_1"]
        assert await tx.personal.ended_before(SYSTEM, "interview", later(9)) == []


async def test_the_protocol_is_counted_by_community_and_year(store: SqlStore) -> None:
    async with store.transaction() as tx:
        for year in (NOW.year, NOW.year, NOW.year + 1):
            await tx.crises.count(HOME, year)
    async with store.reading() as tx:
        assert await tx.crises.by_year(SYSTEM, HOME) == {NOW.year: 2, NOW.year + 1: 1}
        assert await tx.crises.by_year(SYSTEM, CommunityId("com_2")) == {}
