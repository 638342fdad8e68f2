"""A clock that is set by hand: weeks of sessions are held in seconds."""

from datetime import datetime, timedelta


class SetClock:
    """Implements base.clock.Clock. Never steps back."""

    def __init__(self, now: datetime) -> None:
        self._first = now
        self._now = now

    def now(self) -> datetime:
        return self._now

    def monotonic_ms(self) -> int:
        return round((self._now - self._first).total_seconds() * 1000)

    def pass_s(self, seconds: float) -> None:
        self._now += timedelta(seconds=max(0.0, seconds))

    def pass_to(self, at: datetime) -> None:
        self._now = max(self._now, at)
