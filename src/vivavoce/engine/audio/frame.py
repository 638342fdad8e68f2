"""A piece of audio on its way through a room."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FRAME_MS = 20  # the room's beat: one frame of playout, and what devices usually send (RFC 7587 default)


@dataclass(frozen=True, slots=True)
class AudioFrame:
    """A piece of mono PCM at a known place on its track's media clock.

    samples: int16, shape (n,), n > 0; never changed once the frame exists.
    rate_hz: samples per second.
    start: index of samples[0], counted in samples since the track began.
    """

    samples: NDArray[np.int16]
    rate_hz: int
    start: int
