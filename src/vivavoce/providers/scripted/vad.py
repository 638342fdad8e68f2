"""Voice activity by loudness: enough where the sound is made by the test."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_LOUD = 0.01  # RMS of full scale, -40 dB


class ScriptedVad:
    """Implements engine.ports.Vad: certain of speech in loud windows, certain of none in quiet ones."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._next = 0

    def open(self) -> int:
        self._next += 1
        self._open.add(self._next)
        return self._next

    def close(self, slot: int) -> None:
        self._open.discard(slot)

    def reset(self, slot: int) -> None:
        """There is no state."""

    def probabilities(self, slots: Sequence[int], windows: NDArray[np.float32]) -> NDArray[np.float32]:
        loudness = np.sqrt(np.mean(np.square(windows), axis=1))
        return np.where(loudness >= _LOUD, np.float32(0.99), np.float32(0.01)).astype(np.float32)
