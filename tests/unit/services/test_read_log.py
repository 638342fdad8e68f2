from collections.abc import AsyncIterator, Sequence

import anyio
import pytest
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import SessionId
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Event, Noticed
from vivavoce.services.changes import Records
from vivavoce.services.ports import Signal
from vivavoce.services.read_log import events_after, follow

pytestmark = pytest.mark.anyio


async def note(records: Records, id: SessionId, times: int) -> None:
    for number in range(times):
        async with records.change() as change:
            await change.record(id, Noticed("test", number))
        await anyio.lowlevel.checkpoint()


async def numbers(items: AsyncIterator[Event | Signal], count: int, pause_s: float = 0) -> list[int]:
    """The numbers of the next `count` events, read by somebody who takes `pause_s` for each."""
    found: list[int] = []
    async for item in items:
        if isinstance(item, Event):
            found.append(item.seq)
        if len(found) == count:
            break
        await anyio.sleep(pause_s)
    return found


def without_gap(found: Sequence[int]) -> bool:
    return list(found) == list(range(1, len(found) + 1))


async def test_a_follower_gets_what_was_before_it_came() -> None:
    async with running_site() as site:
        id = await opened(site)
        known = [event.seq for event in await site.log(id)]
        async with follow(LOCAL, id, 0, signals=False, use=site.use) as items:
            assert await numbers(items, len(known)) == known


async def test_a_follower_begins_behind_the_event_it_names() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with follow(LOCAL, id, 1, signals=False, use=site.use) as items:
            assert await numbers(items, 1) == [2]


async def test_there_is_no_gap_between_log_and_news() -> None:
    async with running_site() as site, anyio.create_task_group() as tasks:
        id = await opened(site)
        for _ in range(4):
            tasks.start_soon(note, site.use.records, id, 50)
        async with follow(LOCAL, id, 0, signals=False, use=site.use) as items:
            assert without_gap(await numbers(items, 202))


async def test_a_slow_follower_of_a_short_queue_misses_nothing() -> None:
    async with running_site(bus=MemoryBus(events_queued=3)) as site, anyio.create_task_group() as tasks:
        id = await opened(site)
        async with follow(LOCAL, id, 0, signals=False, use=site.use) as items:
            tasks.start_soon(note, site.use.records, id, 100)
            assert without_gap(await numbers(items, 102, pause_s=0.01))


async def test_events_that_are_told_out_of_order_are_read_in_order() -> None:
    async with running_site() as site, anyio.create_task_group() as tasks:
        id = await opened(site)
        got: list[Event | Signal] = []
        tasks.start_soon(take_all, site, id, 0, False, got)
        await anyio.sleep(1)
        async with site.store.transaction() as tx:
            early, late = await tx.log.append(id, [Noticed("a"), Noticed("b")], site.use.clock.now())
        site.use.records.bus.publish(id, [late])
        site.use.records.bus.publish(id, [early])
        await anyio.sleep(1)
        assert [item.seq for item in got if isinstance(item, Event)] == [1, 2, 3, 4]
        tasks.cancel_scope.cancel()


async def take_all(site: Site, id: SessionId, after: int, signals: bool, got: list[Event | Signal]) -> None:
    async with follow(LOCAL, id, after, signals=signals, use=site.use) as items:
        async for item in items:
            got.append(item)


@pytest.mark.parametrize("wanted", [True, False])
async def test_signals_come_only_to_who_asks(wanted: bool) -> None:
    async with running_site() as site, anyio.create_task_group() as tasks:
        id = await opened(site)
        got: list[Event | Signal] = []
        tasks.start_soon(take_all, site, id, 2, wanted, got)
        await anyio.sleep(1)
        site.use.records.bus.publish(id, [Signal("{}")])
        await anyio.sleep(1)
        assert got == ([Signal("{}")] if wanted else [])
        tasks.cancel_scope.cancel()


async def test_a_session_that_is_not_there_cannot_be_followed() -> None:
    async with running_site() as site:
        with pytest.raises(SessionNotFound):
            async with follow(LOCAL, SessionId("ses_x"), 0, signals=False, use=site.use):
                pass


async def test_a_page_of_events_is_no_longer_than_asked() -> None:
    async with running_site() as site:
        id = await opened(site)
        await note(site.use.records, id, 10)
        page = await events_after(LOCAL, id, 3, 4, use=site.use)
    assert [event.seq for event in page] == [4, 5, 6, 7]
