"""The three clocks, never mixed: wall (records, UTC), monotonic (timeouts) and media (samples, `AudioFrame.start`)."""

from datetime import UTC, datetime
from typing import Protocol

import anyio


class Clock(Protocol):
    def now(self) -> datetime:
        """Wall time, UTC, aware."""
        ...

    def monotonic_ms(self) -> int:
        """Milliseconds on the event loop's clock: never steps back, means nothing outside this process."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        return round(anyio.current_time() * 1000)
