"""The clock of a process: one task that listens and speaks for all rooms.

1. While anything is to be heard or played it beats every 20 ms, on an absolute schedule: it never drifts.
2. A beat first judges all full windows of all microphones, so that a barge-in holds the voice before its next frame;
   then every room that plays gives out one frame.
3. After a stall a room gives out at most `_CATCH_UP` frames at once; the rest of the time is gone.
4. Alarms ring to the millisecond. With nothing to do the pulse sleeps.
"""

import heapq
from collections.abc import Callable
from typing import Final, Protocol

import anyio
import anyio.lowlevel

from vivavoce.base import metrics
from vivavoce.engine.audio.frame import FRAME_MS
from vivavoce.engine.ears import Ears
from vivavoce.engine.ports import Vad

_BEAT_S: Final = FRAME_MS / 1000
_CATCH_UP: Final = 3
_WINDOWS_AT_ONCE: Final = 64  # about 2 ms; larger batches save nothing (measured)
_PLAYERS_AT_ONCE: Final = 64
_ROUNDING: Final = 1e-3  # of a beat: a timer may ring a few microseconds before its time


class Player(Protocol):
    def beat(self, slot: int) -> bool:
        """Give out the frame of this slot. False: nothing more to play for now."""
        ...

    def failed(self, error: Exception) -> None: ...


class Alarm:
    """Something to be done at a time; `cancel` makes it ring for nobody."""

    __slots__ = ("failed", "ring")

    def __init__(self, ring: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self.ring: Callable[[], None] | None = ring
        self.failed = failed

    def cancel(self) -> None:
        self.ring = None


class Pulse:
    def __init__(self, vad: Vad) -> None:
        self.ears = Ears(vad, self._wake)
        self._players: dict[Player, None] = {}
        self._alarms: list[tuple[float, int, Alarm]] = []
        self._rung = 0  # makes alarms of the same time comparable
        self._origin_s = 0.0
        self._slot = 0
        self._asleep: anyio.Event | None = None

    async def run(self) -> None:
        """Beat until cancelled."""
        self._slot = self.slot()
        while True:
            await self._wait()
            now_s = anyio.current_time()
            self._ring(now_s)
            slot = self._slot_at(now_s)
            if slot > self._slot:
                metrics.playout_late_seconds.observe(now_s - self._origin_s - slot * _BEAT_S)
                await self._beat(slot)

    def slot(self) -> int:
        """The number of the 20 ms of now, counted while the process lives."""
        return self._slot_at(anyio.current_time())

    def play(self, player: Player) -> None:
        """Ask `player` for a frame at every beat, until it has none."""
        self._players[player] = None
        self._wake()

    def rest(self, player: Player) -> None:
        self._players.pop(player, None)

    def alarm(self, in_ms: float, ring: Callable[[], None], failed: Callable[[Exception], None]) -> Alarm:
        """Call `ring` once, `in_ms` from now. `failed` gets what it raises."""
        alarm = Alarm(ring, failed)
        self._rung += 1
        heapq.heappush(self._alarms, (anyio.current_time() + max(0.0, in_ms) / 1000, self._rung, alarm))
        if self._alarms[0][2] is alarm:
            self._wake()
        return alarm

    def _slot_at(self, now_s: float) -> int:
        return int((now_s - self._origin_s) / _BEAT_S + _ROUNDING)

    def _wake(self) -> None:
        if self._asleep is not None:
            self._asleep.set()
            self._asleep = None

    async def _wait(self) -> None:
        """Until the next beat or alarm, or until there is something to do."""
        while self._alarms and self._alarms[0][2].ring is None:
            heapq.heappop(self._alarms)
        due_s = self._alarms[0][0] if self._alarms else float("inf")
        if self._players or self.ears.waiting:
            next_s = self._origin_s + (self._slot + 1) * _BEAT_S
            await anyio.sleep_until(min(due_s, next_s))
            return
        woken = self._asleep = anyio.Event()
        with anyio.CancelScope(deadline=due_s):
            await woken.wait()
        self._asleep = None

    def _ring(self, now_s: float) -> None:
        while self._alarms and self._alarms[0][0] <= now_s:
            _, _, alarm = heapq.heappop(self._alarms)
            if alarm.ring is None:
                continue
            try:
                alarm.ring()
            except Exception as error:  # noqa: BLE001 - ends the one room it happened in (room.py supervises)
                alarm.failed(error)

    async def _beat(self, slot: int) -> None:
        first = max(self._slot + 1, slot - _CATCH_UP + 1)
        self._slot = slot
        while self.ears.waiting and self.ears.judge(_WINDOWS_AT_ONCE):
            if self.slot() == slot:  # once it is late it hurries: a beat that always yields falls behind for good
                await anyio.lowlevel.checkpoint()
        for due in range(first, slot + 1):
            for count, player in enumerate(list(self._players), 1):
                self._play(player, due)
                if count % _PLAYERS_AT_ONCE == 0:
                    await anyio.lowlevel.checkpoint()

    def _play(self, player: Player, slot: int) -> None:
        if player not in self._players:
            return  # stopped while others played
        try:
            more = player.beat(slot)
        except Exception as error:  # noqa: BLE001 - ends the one room it happened in (room.py supervises)
            more = False
            player.failed(error)
        if not more:
            self._players.pop(player, None)
