from collections.abc import Sequence

import anyio
import pytest

from vivavoce.domain.sessions.events import Fact, Noticed
from vivavoce.engine.scribe import Scribe

pytestmark = pytest.mark.anyio


class SlowLog:
    def __init__(self) -> None:
        self.batches: list[list[Fact]] = []

    async def record(self, facts: Sequence[Fact]) -> None:
        await anyio.sleep(1)
        self.batches.append(list(facts))


async def test_facts_are_stored_in_order_and_those_that_wait_together() -> None:
    log = SlowLog()
    scribe = Scribe(log)
    first, second, third = (Noticed("idle", stage) for stage in (1, 2, 3))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(scribe.run)
        scribe.note(first)
        await anyio.sleep(0.5)
        scribe.note(second)
        scribe.note(third)
        await scribe.wait_written()
        assert log.batches == [[first], [second, third]]
        tasks.cancel_scope.cancel()


async def test_waiting_is_for_what_was_noted_before() -> None:
    log = SlowLog()
    scribe = Scribe(log)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(scribe.run)
        scribe.note(Noticed("idle", 1))
        start_s = anyio.current_time()
        async with anyio.create_task_group() as waiting:
            waiting.start_soon(scribe.wait_written)
            await anyio.sleep(0.5)
            scribe.note(Noticed("idle", 2))
        assert anyio.current_time() - start_s == pytest.approx(1.0)
        tasks.cancel_scope.cancel()
