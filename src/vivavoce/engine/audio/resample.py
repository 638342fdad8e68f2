"""Microphones come at 16, 24 or 48 kHz; everything that listens wants 16."""

from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

HEARING_HZ: Final = 16_000


class ToHearingRate:
    """A stream of one rate, resampled to 16 kHz. Keeps its filter's state between pieces."""

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self._stream = soxr.ResampleStream(rate_hz, HEARING_HZ, 1, dtype="int16", quality="LQ")

    def push(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """What is ready with these samples; may be empty at first."""
        return self._stream.resample_chunk(samples)
