"""A chime: two soft bells, a fifth apart, that ring out within a second and a half."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_BELLS: Final = ((0.0, 659.26), (0.22, 987.77))  # when, and how high (E5, B5), in seconds and Hz
_PARTIALS: Final = ((1.0, 1.0, 3.2), (2.0, 0.35, 5.0), (3.01, 0.12, 8.0))  # times the pitch, loudness, decay per s
_LENGTH_S: Final = 1.5
_FADE_S: Final = 0.15
_PEAK: Final = 9000  # of int16: well below speech at its loudest


@cache
def chime(rate_hz: int) -> NDArray[np.int16]:
    """Its sound: mono int16, shape (n,), about 1.5 s at `rate_hz`. Not to be changed: it is made once."""
    time_s = np.arange(round(_LENGTH_S * rate_hz)) / rate_hz
    sound = np.zeros_like(time_s)
    for at_s, pitch_hz in _BELLS:
        since_s = np.clip(time_s - at_s, 0.0, None)
        attack = np.minimum(since_s / 0.008, 1.0)
        for times, loudness, decay in _PARTIALS:
            sound += attack * loudness * np.exp(-decay * since_s) * np.sin(2 * np.pi * times * pitch_hz * since_s)
    sound *= np.clip((_LENGTH_S - time_s) / _FADE_S, 0.0, 1.0)
    made = (sound * (_PEAK / np.abs(sound).max())).astype(np.int16)
    made.setflags(write=False)
    return made
