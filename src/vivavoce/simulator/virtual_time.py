"""An event loop whose clock jumps to the next timer when there is nothing to do: hours pass in seconds.

Only for programs without threads and sockets, for nothing would wait for those.
"""

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import anyio

T = TypeVar("T")
EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)


class NothingWillHappen(RuntimeError):
    """Every task waits, and no timer is set: a real program would hang for ever."""


class _Selector(selectors.DefaultSelector):
    """Waiting takes no time: the loop's clock is set forward instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise NothingWillHappen("every task waits, and no timer is set")
        if not ready and timeout is not None:
            self.now_s += max(0.0, timeout)
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now_s


class VirtualClock:
    """Implements base.clock.Clock on the loop's time."""

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=anyio.current_time())

    def monotonic_ms(self) -> int:
        return round(anyio.current_time() * 1000)


def run_virtually(function: Callable[[], Awaitable[T]]) -> T:
    """What `function` returns, run on a virtual clock that starts at 0 (`EPOCH`)."""
    return anyio.run(function, backend_options={"loop_factory": VirtualTimeLoop})
