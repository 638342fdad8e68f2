"""What every bus promises."""

from collections.abc import Sequence

import anyio
import pytest
from tests.contract.samples import NOW, note

from vivavoce.base.ids import SessionId
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.sessions.events import Event
from vivavoce.services.ports import Bus, Lagged, Listener, Signal

ONE, OTHER = SessionId("ses_1"), SessionId("ses_2")
EVENTS, SIGNALS = 5, 3


@pytest.fixture(params=["memory"])
def bus(request: pytest.FixtureRequest) -> Bus:
    """A bus whose listeners have room for EVENTS events and SIGNALS signals."""
    return MemoryBus(events_queued=EVENTS, signals_queued=SIGNALS)


def event(seq: int, session: SessionId = ONE) -> Event:
    return Event(session, seq, NOW, note(seq))


def signal(number: int) -> Signal:
    return Signal(f'{{"type":"partial","n":{number}}}')


async def read(listener: Listener, count: int) -> list[Event | Signal]:
    items: list[Event | Signal] = []
    with anyio.fail_after(5):
        async for item in listener:
            items.append(item)
            if len(items) == count:
                return items
    return items


async def test_all_who_listen_get_everything_in_order(bus: Bus) -> None:
    items: Sequence[Event | Signal] = [event(1), signal(1), event(2), signal(2)]
    async with bus.listen(ONE, signals=True) as first, bus.listen(ONE, signals=True) as second:
        bus.publish(ONE, items)
        assert await read(first, 4) == items
        assert await read(second, 4) == items


async def test_a_listener_gets_what_is_published_while_it_waits(bus: Bus) -> None:
    got: list[Event | Signal] = []
    async with bus.listen(ONE, signals=True) as listener, anyio.create_task_group() as tg:

        async def take() -> None:
            got.extend(await read(listener, 2))

        tg.start_soon(take)
        await anyio.lowlevel.checkpoint()
        bus.publish(ONE, [event(1)])
        await anyio.lowlevel.checkpoint()
        bus.publish(ONE, [event(2)])
    assert got == [event(1), event(2)]


async def test_sessions_are_apart(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as listener:
        bus.publish(OTHER, [event(1, OTHER), signal(1)])
        bus.publish(ONE, [event(1)])
        assert await read(listener, 1) == [event(1)]


async def test_who_wants_no_signals_gets_events_only(bus: Bus) -> None:
    async with bus.listen(ONE, signals=False) as listener:
        bus.publish(ONE, [signal(1), event(1), signal(2), event(2)])
        assert await read(listener, 2) == [event(1), event(2)]


async def test_a_slow_listener_loses_the_oldest_signals_first_and_no_event(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as listener:
        bus.publish(ONE, [signal(1), event(1), signal(2), signal(3), event(2), signal(4), signal(5)])
        assert await read(listener, 5) == [event(1), signal(3), event(2), signal(4), signal(5)]


async def test_a_listener_with_too_many_events_waiting_is_told_to_read_the_log(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as slow, bus.listen(ONE, signals=True) as quick:
        for seq in range(1, EVENTS + 2):
            bus.publish(ONE, [event(seq)])
            assert await read(quick, 1) == [event(seq)]
        with pytest.raises(Lagged):
            await read(slow, 1)
        bus.publish(ONE, [event(EVENTS + 2)])
        with pytest.raises(Lagged):  # it stays so: there is a gap
            await read(slow, 1)
        assert await read(quick, 1) == [event(EVENTS + 2)]


async def test_a_closed_listener_ends(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as listener:
        bus.publish(ONE, [event(1)])
        listener.close()
        listener.close()
        assert await read(listener, 1) == []


async def test_a_listener_closed_while_it_waits_ends(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as listener, anyio.create_task_group() as tg:
        tg.start_soon(read, listener, 1)
        await anyio.lowlevel.checkpoint()
        listener.close()


async def test_a_reader_that_is_cancelled_loses_nothing(bus: Bus) -> None:
    async with bus.listen(ONE, signals=True) as listener:
        with anyio.move_on_after(0):
            await read(listener, 1)
        bus.publish(ONE, [event(1)])
        assert await read(listener, 1) == [event(1)]


async def test_nobody_listens_and_nothing_happens(bus: Bus) -> None:
    bus.publish(ONE, [event(1), signal(1)])
    async with bus.listen(ONE, signals=True) as listener:
        bus.publish(ONE, [event(2)])
        assert await read(listener, 1) == [event(2)]
