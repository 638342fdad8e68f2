"""Stored events and signals of a session, to all who listen in this process.

Each listener has a queue of its own with two bounds. Signals that do not fit push out the oldest signal: the next one
says more. Events that do not fit end the listening with `Lagged`: the log has them all. What is left keeps the order
in which it was published. Publishing is synchronous and never waits.
"""

import itertools
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from anyio import Event as Flag

from vivavoce.base import metrics
from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.events import Event
from vivavoce.services.ports import Lagged, Signal

EVENTS_QUEUED: Final = 1024  # minutes of the busiest room
SIGNALS_QUEUED: Final = 128  # seconds


class MemoryListener:
    """Made by `MemoryBus.listen`; one task reads it."""

    def __init__(self, *, signals: bool, events_queued: int, signals_queued: int) -> None:
        self.wants_signals: Final = signals
        self._events: deque[tuple[int, Event]] = deque()
        self._signals: deque[tuple[int, Signal]] = deque(maxlen=signals_queued)  # full: drops the oldest
        self._most_events = events_queued
        self._ready: Flag | None = None  # set when something comes; there while the reader waits
        self._closed = False
        self._lagged = False

    def push(self, number: int, item: Event | Signal) -> None:
        """Queue an item; numbers rise."""
        if self._closed or self._lagged:
            return
        match item:
            case Signal():
                self._signals.append((number, item))
            case _ if len(self._events) >= self._most_events:
                self._lagged = True
                self._events.clear()
                self._signals.clear()
            case _:
                self._events.append((number, item))
        self._wake()

    def close(self) -> None:
        """End the listening: what is queued is not delivered. Safe to repeat."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        if self._ready is not None:
            self._ready.set()

    def __aiter__(self) -> AsyncIterator[Event | Signal]:
        return self

    async def __anext__(self) -> Event | Signal:
        """The next item. Raises Lagged when events were lost."""
        while True:
            if self._closed:
                raise StopAsyncIteration
            if self._lagged:
                raise Lagged
            item = self._pop()
            if item is not None:
                return item
            self._ready = Flag()
            try:
                await self._ready.wait()
            finally:
                self._ready = None

    def _pop(self) -> Event | Signal | None:
        if not self._events:
            return self._signals.popleft()[1] if self._signals else None
        if self._signals and self._signals[0][0] < self._events[0][0]:
            return self._signals.popleft()[1]
        return self._events.popleft()[1]


class MemoryBus:
    """Implements services.ports.Bus for one process. All of it in one event loop."""

    def __init__(self, *, events_queued: int = EVENTS_QUEUED, signals_queued: int = SIGNALS_QUEUED) -> None:
        self._events_queued = events_queued
        self._signals_queued = signals_queued
        self._listeners: dict[SessionId, list[MemoryListener]] = {}
        self._numbers = itertools.count()

    def publish(self, session: SessionId, items: Sequence[Event | Signal]) -> None:
        listeners = self._listeners.get(session)
        if not listeners:
            return
        for item in items:
            number = next(self._numbers)
            is_signal = isinstance(item, Signal)
            for listener in listeners:
                if not is_signal or listener.wants_signals:
                    listener.push(number, item)

    @asynccontextmanager
    async def listen(self, session: SessionId, *, signals: bool) -> AsyncGenerator[MemoryListener]:
        listener = MemoryListener(
            signals=signals, events_queued=self._events_queued, signals_queued=self._signals_queued
        )
        self._listeners.setdefault(session, []).append(listener)
        metrics.listeners.inc()
        try:
            yield listener
        finally:
            metrics.listeners.dec()
            listener.close()
            others = self._listeners[session]
            others.remove(listener)
            if not others:
                del self._listeners[session]
