"""A room's way into the log: facts in the order in which they became true, stored by one task, several at a time.

Nothing in a room waits for the store, but for those who must know that something is kept (`wait_written`).
"""

from collections.abc import Sequence
from typing import Protocol

import anyio

from vivavoce.domain.sessions.events import Fact


class RoomLog(Protocol):
    async def record(self, facts: Sequence[Fact]) -> None:
        """Store these facts, all or none, before anyone is told. An error ends the room."""
        ...


class Scribe:
    def __init__(self, log: RoomLog) -> None:
        self._log = log
        self._waiting: list[Fact] = []
        self._noted = 0
        self._written = 0
        self._more = anyio.Event()
        self._stored = anyio.Event()

    def note(self, *facts: Fact) -> None:
        """Have these written, behind all that was noted before. They grow only while the store is slow; the room's
        own pace bounds them (a few facts per sentence)."""
        self._waiting.extend(facts)
        self._noted += len(facts)
        self._more.set()

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._more.wait()
            self._more = anyio.Event()
            while self._waiting:
                facts, self._waiting = self._waiting, []
                await self._log.record(facts)
                self._written += len(facts)
                self._stored.set()
                self._stored = anyio.Event()

    async def wait_written(self) -> None:
        """Until all that was noted before this call is stored."""
        due = self._noted
        while self._written < due:
            await self._stored.wait()
