"""Voice activity for all microphones of the process: one model call per beat.

Each microphone fills its own windows of 512 samples (32 ms at 16 kHz); once per beat all windows that are full go to
the model together. On the way from frame to window nothing is allocated but views.
"""

from collections.abc import Callable
from typing import Final, Protocol

import anyio
import numpy as np
from numpy.typing import NDArray

from vivavoce.base import metrics
from vivavoce.engine.ports import Samples, Vad

WINDOW: Final = 512
_USUAL: Final = 2 * WINDOW
_ROOM: Final = 64 * WINDOW  # what an ear keeps while the beat is late: two seconds; older sound is dropped
_SCALE: Final = np.float32(1 / 32768)


class Listener(Protocol):
    """Whoever an ear belongs to."""

    def window(self, probability: float, power: float) -> None:
        """The next 512 samples were judged. power: their mean square, of samples in -1..1."""
        ...

    def failed(self, error: Exception) -> None: ...


class Ear:
    """One microphone's way to the VAD. judged: samples the model has heard so far."""

    __slots__ = ("_buffer", "_filled", "_waiting", "ears", "judged", "listener", "slot")

    def __init__(self, ears: "Ears", slot: int, listener: Listener) -> None:
        self.ears = ears
        self.slot = slot
        self.listener = listener
        self.judged = 0
        self._buffer: NDArray[np.float32] = np.empty(_USUAL, np.float32)
        self._filled = 0
        self._waiting = False

    def push(self, samples: Samples) -> None:
        """More sound: int16 mono 16 kHz, any length."""
        start = self._filled
        end = start + len(samples)
        if end > len(self._buffer):
            start, end = self._make_room(len(samples))
            self.judged += len(samples) - (end - start)
            samples = samples[-(end - start) :]
        np.multiply(samples, _SCALE, out=self._buffer[start:end], casting="unsafe")
        self._filled = end
        if end >= WINDOW and not self._waiting:
            self._waiting = True
            self.ears.wait(self)

    def power(self, samples: int) -> float:
        """Mean square of the last `samples`, at most as many as the last push brought."""
        last = self._buffer[max(0, self._filled - samples) : self._filled]
        return float(np.dot(last, last)) / samples

    def take(self, row: NDArray[np.float32]) -> bool:
        """Move the oldest window into `row`. True: another is full already."""
        buffer, rest = self._buffer, self._filled - WINDOW
        row[:] = buffer[:WINDOW]
        if rest:
            buffer[:rest] = buffer[WINDOW : self._filled]  # numpy copes with the overlap
        if rest < WINDOW and len(buffer) > _USUAL:
            self._buffer = buffer[:_USUAL].copy()  # the beat has caught up
        self._filled = rest
        self.judged += WINDOW
        self._waiting = rest >= WINDOW
        return self._waiting

    def close(self) -> None:
        self.ears.close(self)

    def _make_room(self, more: int) -> tuple[int, int]:
        if self._filled + more > _ROOM:
            dropped = min(self._filled, self._filled + more - _ROOM)
            self._buffer[: self._filled - dropped] = self._buffer[dropped : self._filled]
            self._filled -= dropped
            self.judged += dropped  # never judged, but past
        start, end = self._filled, min(_ROOM, self._filled + more)
        if end > len(self._buffer):
            grown = np.empty(_ROOM, np.float32)
            grown[:start] = self._buffer[:start]
            self._buffer = grown
        return start, end


class Ears:
    """All open ears of the process, and the batch they share."""

    def __init__(self, vad: Vad, woken: Callable[[], None]) -> None:
        """woken: called when the first window since the last beat is full."""
        self._vad = vad
        self._woken = woken
        self._waiting: list[Ear] = []
        self._batch: NDArray[np.float32] = np.zeros((16, WINDOW), np.float32)

    def open(self, listener: Listener) -> Ear:
        return Ear(self, self._vad.open(), listener)

    def close(self, ear: Ear) -> None:
        if ear in self._waiting:
            self._waiting.remove(ear)
        self._vad.close(ear.slot)

    def wait(self, ear: Ear) -> None:
        if not self._waiting:
            self._woken()
        self._waiting.append(ear)

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def judge(self, most: int) -> bool:
        """Judge up to `most` full windows, one of each ear. True: more are full."""
        ears, self._waiting = self._waiting[:most], self._waiting[most:]
        if len(ears) > len(self._batch):
            self._batch = np.zeros((most, WINDOW), np.float32)
        windows = self._batch[: len(ears)]
        for ear, row in zip(ears, windows, strict=True):
            if ear.take(row):
                self._waiting.append(ear)
        powers = np.einsum("ij,ij->i", windows, windows) / WINDOW
        begun_s = anyio.current_time()
        judged = self._vad.probabilities([ear.slot for ear in ears], windows)
        metrics.vad_batch_seconds.observe(anyio.current_time() - begun_s)
        metrics.vad_batch_windows.observe(len(ears))
        for ear, probability, power in zip(ears, judged.tolist(), powers.tolist(), strict=True):
            try:
                ear.listener.window(probability, power)
            except Exception as error:  # noqa: BLE001 - ends the one room it happened in (room.py supervises)
                ear.listener.failed(error)
        return bool(self._waiting)
