"""What every store promises about sessions, their log, and transactions."""

from dataclasses import replace
from datetime import UTC, datetime

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later, note

from vivavoce.base.ids import SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, SessionNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import TYPES, Fact
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.ports import SYSTEM, Cursor, Store, Transaction
from vivavoce.services.reports.ports import StoredReport

SES = SessionId("ses_1")
NOT_STORABLE = ["ses_\0", "ses_\ud800", "ses_1\0", ""]

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
_times = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
_numbers = st.integers(-(2**31), 2**31 - 1)
some_facts = st.lists(st.sampled_from(list(TYPES.values())).flatmap(st.from_type), max_size=3)
some_sessions = st.builds(
    Session,
    id=st.builds(lambda: SessionId(new_id("ses"))),
    community=st.just(ANA.community),
    owner=st.just(ANA.account),
    format=_texts,
    persona=_texts,
    title=_texts,
    error=st.none() | _texts,
    project=st.none() | _texts.filter(bool),
    created_at=_times,
    scheduled_for=st.none() | _times,
    max_participants=_numbers,
    time_limit_s=st.none() | _numbers,
    message_count=_numbers,
    variables=st.dictionaries(_texts, st.text(max_size=40), max_size=3),
    entered=st.dictionaries(st.sampled_from(Phase), _times),
    last_seq=st.integers(0, 2**60),
    version=st.integers(0, 2**60),
)
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def get(store: Store, id: str = SES, by: Viewer = ANA) -> Session:
    async with store.reading() as tx:
        return await tx.sessions.get(by, SessionId(id))


async def seqs(store: Store, id: str = SES) -> list[int]:
    async with store.reading() as tx:
        return [event.seq for event in await tx.log.after(SYSTEM, SessionId(id), 0)]


# --- sessions ---------------------------------------------------------------------------------------


@few
@given(drawn=some_sessions)
async def test_a_session_comes_back_as_it_was_stored(store: Store, drawn: Session) -> None:
    await add(store, drawn)
    assert await get(store, drawn.id) == drawn
    changed = replace(drawn, title="another", phase=Phase.COMPLETE, version=drawn.version + 1)
    async with store.transaction() as tx:
        await tx.sessions.save(changed)
    assert await get(store, drawn.id) == changed


@pytest.mark.parametrize("by", [BEN, EVE])
async def test_nobody_else_sees_a_session(store: Store, by: Viewer) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.log.append(SES, [note(1)], NOW)
        await tx.reports.save(SES, StoredReport("ready", {}, NOW))
        with pytest.raises(SessionNotFound):
            await tx.sessions.get(by, SES)
        with pytest.raises(SessionNotFound):
            await tx.sessions.lock(by, SES)
        with pytest.raises(SessionNotFound):
            await tx.log.after(by, SES, 0)
        assert await tx.reports.get(by, SES) is None
        assert (await tx.sessions.page(by)).items == ()


async def test_the_platform_sees_every_community(store: Store) -> None:
    await add(store, a_session("ses_1", of=ANA), a_session("ses_2", of=EVE))
    async with store.reading() as tx:
        assert {session.id for session in (await tx.sessions.page(SYSTEM)).items} == {"ses_1", "ses_2"}
        assert (await tx.sessions.get(SYSTEM, SessionId("ses_2"))).community == EVE.community


@pytest.mark.parametrize("id", NOT_STORABLE)
async def test_an_id_nobody_gave_out_finds_nothing(store: Store, id: str) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        for asking in (ANA, SYSTEM):
            with pytest.raises(SessionNotFound):
                await tx.sessions.get(asking, SessionId(id))
            with pytest.raises(SessionNotFound):
                await tx.log.after(asking, SessionId(id), 0)
        assert await tx.reports.get(ANA, SessionId(id)) is None


async def test_a_title_may_hold_anything(store: Store) -> None:
    await add(store, replace(a_session(), title="odd \0 and \ud800", variables={"goal": "odd \0 and \ud800"}))
    found = await get(store)
    assert found.title.startswith("odd ")
    assert found.variables == {"goal": "odd \0 and \ud800"}


async def test_an_id_is_given_once(store: Store) -> None:
    await add(store, a_session())
    with pytest.raises(Conflict):
        await add(store, replace(a_session(), title="again"))
    assert (await get(store)).title == ""


async def test_saving_leaves_the_number_of_the_last_event_to_the_log(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        loaded = await tx.sessions.lock(ANA, SES)
        await tx.log.append(SES, [note(1), note(2)], NOW)
        await tx.sessions.save(replace(loaded, title="new", version=1))
    found = await get(store)
    assert (found.title, found.last_seq) == ("new", 2)


async def test_an_older_version_is_not_saved(store: Store) -> None:
    await add(store, replace(a_session(), version=5))
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.sessions.save(replace(a_session(), version=4, title="old"))
    assert (await get(store)).title == ""


async def test_a_session_that_is_not_there_is_not_saved(store: Store) -> None:
    with pytest.raises(SessionNotFound):
        async with store.transaction() as tx:
            await tx.sessions.save(a_session())


# --- pages ------------------------------------------------------------------------------------------


async def _all_pages(store: Store, limit: int) -> list[str]:
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        async with store.reading() as tx:
            page = await tx.sessions.page(ANA, after=after, limit=limit)
        seen += [session.id for session in page.items]
        after = page.next
        if after is None:
            return seen


async def test_pages_show_each_session_once_newest_first(store: Store) -> None:
    at_once = [a_session(f"ses_{n}", at=later(n // 3)) for n in range(10)]  # three of each moment
    await add(store, *at_once)
    expected = [session.id for session in sorted(at_once, key=lambda s: (s.created_at, s.id), reverse=True)]
    for limit in (1, 2, 3, 9, 10, 100):
        assert await _all_pages(store, limit) == expected


async def test_a_cursor_stays_where_it_is_when_sessions_are_added(store: Store) -> None:
    await add(store, *[a_session(f"ses_{n}", at=later(n)) for n in range(6)])
    async with store.reading() as tx:
        first = await tx.sessions.page(ANA, limit=3)
    await add(store, a_session("ses_new", at=later(60)), a_session("ses_old", at=later(-60)))
    async with store.reading() as tx:
        second = await tx.sessions.page(ANA, after=first.next, limit=3)
    assert [session.id for session in second.items] == ["ses_2", "ses_1", "ses_0"]


async def test_a_page_may_hold_some_phases_only(store: Store) -> None:
    await add(store, *[a_session(f"ses_{phase}", phase=phase) for phase in Phase])
    async with store.reading() as tx:
        page = await tx.sessions.page(ANA, phases=frozenset({Phase.ACTIVE, Phase.READY}))
        none = await tx.sessions.page(ANA, phases=frozenset())
    assert {session.id for session in page.items} == {"ses_active", "ses_ready"}
    assert none.items == ()


@pytest.mark.parametrize("limit", [0, 101])
async def test_a_page_has_1_to_100_sessions(store: Store, limit: int) -> None:
    async with store.reading() as tx:
        with pytest.raises(ValueError, match="1 to 100"):
            await tx.sessions.page(ANA, limit=limit)


async def test_the_sweep_finds_a_phase_oldest_first(store: Store) -> None:
    active = [a_session(f"ses_{n}", at=later(-n), phase=Phase.ACTIVE, of=of) for n, of in enumerate((ANA, BEN, EVE))]
    await add(store, *active, a_session("ses_ready"))
    async with store.reading() as tx:
        found = await tx.sessions.in_phase(SYSTEM, Phase.ACTIVE)
    assert [session.id for session in found] == ["ses_2", "ses_1", "ses_0"]


# --- the log ----------------------------------------------------------------------------------------


@few
@given(facts=some_facts)
async def test_facts_come_back_in_order_with_the_next_numbers(store: Store, facts: list[Fact]) -> None:
    session = a_session(new_id("ses"))
    await add(store, session)
    async with store.transaction() as tx:
        await tx.log.append(session.id, [note(0)], NOW)
        stored = await tx.log.append(session.id, facts, later(1))
        assert await tx.log.after(ANA, session.id, 1) == stored  # seen in its own transaction
    async with store.reading() as tx:
        found = await tx.log.after(ANA, session.id, 1)
    assert found == stored
    assert [event.fact for event in found] == facts
    assert [event.seq for event in found] == list(range(2, 2 + len(facts)))


async def test_the_log_is_read_from_anywhere(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.log.append(SES, [note(n) for n in range(1, 11)], NOW)
        await tx.log.append(SES, [note(n) for n in range(11, 13)], NOW)
        assert [event.seq for event in await tx.log.after(ANA, SES, 8, 3)] == [9, 10, 11]
    async with store.reading() as tx:
        assert [event.seq for event in await tx.log.after(ANA, SES, 8, 3)] == [9, 10, 11]
        assert [event.seq for event in await tx.log.after(ANA, SES, 10)] == [11, 12]
        assert [event.seq for event in await tx.log.after(ANA, SES, -5, 2)] == [1, 2]
        assert await tx.log.after(ANA, SES, 12) == []
        assert await tx.log.after(ANA, SES, 10**30) == []


async def test_each_session_has_its_own_numbers(store: Store) -> None:
    await add(store, a_session("ses_1"), a_session("ses_2"))
    async with store.transaction() as tx:
        await tx.log.append(SessionId("ses_1"), [note(1), note(2)], NOW)
        await tx.log.append(SessionId("ses_2"), [note(3)], NOW)
    assert (await seqs(store, "ses_1"), await seqs(store, "ses_2")) == ([1, 2], [1])


async def test_nothing_is_recorded_of_a_session_that_is_not_there(store: Store) -> None:
    with pytest.raises(SessionNotFound):
        async with store.transaction() as tx:
            await tx.log.append(SES, [note(1)], NOW)


async def test_writers_at_the_same_time_leave_no_gap_and_no_number_twice(store: Store) -> None:
    await add(store, a_session())

    async def write(count: int) -> None:
        for _ in range(5):
            async with store.transaction() as tx:
                await tx.log.append(SES, [note(n) for n in range(count)], NOW)
                await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as tg:
        for count in (1, 2, 3, 1):
            tg.start_soon(write, count)
    assert await seqs(store) == list(range(1, 36))
    assert (await get(store)).last_seq == 35


@few
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8))
async def test_numbers_given_in_a_change_that_fails_are_given_again(
    store: Store, steps: list[tuple[int, bool]]
) -> None:
    session = a_session(new_id("ses"))
    await add(store, session)
    expected: list[int] = []
    for count, succeeds in steps:
        facts = [note(len(expected) + n) for n in range(count)]
        try:
            async with store.transaction() as tx:
                await tx.log.append(session.id, facts, NOW)
                if not succeeds:
                    raise _Failed
            expected += range(len(expected) + 1, len(expected) + 1 + count)
        except _Failed:
            pass
        assert await seqs(store, session.id) == expected


# --- transactions -----------------------------------------------------------------------------------


class _Failed(Exception):
    """What a use case raises in the middle of a change."""


async def _change_much(tx: Transaction) -> None:
    await tx.sessions.add(a_session("ses_2"))
    await tx.sessions.save(replace(await tx.sessions.lock(ANA, SES), title="changed", version=1))
    await tx.log.append(SES, [note(1)], NOW)
    await tx.reports.save(SES, StoredReport("ready", {"summary": "done"}, NOW))


async def _nothing_changed(store: Store) -> None:
    assert await get(store) == a_session()
    assert await seqs(store) == []
    async with store.reading() as tx:
        assert len((await tx.sessions.page(SYSTEM)).items) == 1
        assert await tx.reports.get(ANA, SES) is None


async def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    await add(store, a_session())
    with pytest.raises(_Failed):
        async with store.transaction() as tx:
            await _change_much(tx)
            raise _Failed
    await _nothing_changed(store)


async def test_a_change_that_is_cancelled_leaves_nothing_and_blocks_nobody(store: Store) -> None:
    await add(store, a_session())
    for _ in range(3):
        with anyio.CancelScope() as scope:
            async with store.transaction() as tx:
                await _change_much(tx)
                scope.cancel()
                await anyio.lowlevel.checkpoint()
    await _nothing_changed(store)
    async with store.transaction() as tx:
        await _change_much(tx)
    assert await seqs(store) == [1]


async def test_what_fails_to_be_stored_leaves_the_rest_of_the_store_as_it_was(store: Store) -> None:
    await add(store, a_session())
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await _change_much(tx)
            await tx.sessions.add(a_session("ses_1"))
    await _nothing_changed(store)


async def test_readers_see_a_change_once_it_is_whole_and_do_not_wait_for_it(store: Store) -> None:
    await add(store, a_session())
    with anyio.fail_after(5):
        async with store.transaction() as tx:
            await _change_much(tx)
            await _nothing_changed(store)  # read while the change is open
    assert (await get(store)).title == "changed"


async def test_a_reader_sees_one_moment(store: Store) -> None:
    await add(store, a_session())
    async with store.reading() as reader:
        before = await reader.sessions.get(ANA, SES)
        async with store.transaction() as tx:
            await _change_much(tx)
        assert await reader.sessions.get(ANA, SES) == before
        assert await reader.log.after(ANA, SES, 0) == []
        assert len((await reader.sessions.page(SYSTEM)).items) == 1
    assert await seqs(store) == [1]


async def test_a_reader_writes_nothing(store: Store) -> None:
    await add(store, a_session())
    with pytest.raises(Exception):  # noqa: B017 - a fault of ours; each store has its own
        async with store.reading() as tx:
            await tx.sessions.save(replace(a_session(), title="changed", version=1))
    assert (await get(store)).title == ""


async def test_whoever_locks_a_session_changes_what_the_one_before_left(store: Store) -> None:
    await add(store, a_session())

    async def count_one() -> None:
        async with store.transaction() as tx:
            session = await tx.sessions.lock(ANA, SES)
            await anyio.lowlevel.checkpoint()
            counted = replace(session, message_count=session.message_count + 1, version=session.version + 1)
            await tx.sessions.save(counted)

    async with anyio.create_task_group() as tg:
        for _ in range(12):
            tg.start_soon(count_one)
    assert (await get(store)).message_count == 12


async def test_a_store_that_is_there_answers(store: Store) -> None:
    await store.ping()
