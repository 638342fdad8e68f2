"""Mono Opus in Ogg, and the resampling it takes. Imports PyAV, which costs 15 MB and 0.1 s: import this where needed.

All of it is synchronous and meant for a worker thread.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

RATE_HZ: Final = 24_000  # one of Opus' own rates; covers the voice
_FRAME: Final = RATE_HZ // 50  # 20 ms, what the encoder takes at once
_BIT_RATE: Final = "24000"


class Resampler:
    """int16 mono of any rates to int16 mono of one rate, as one continuous sound."""

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz: Final = rate_hz
        self._from: tuple[str, str, int] | None = None
        self._resampler: av.AudioResampler | None = None

    def convert(self, frame: av.AudioFrame) -> Samples:
        """The next piece. When the form of the input changes, what the old one still held comes first."""
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        pieces: list[Samples] = []
        if form != self._from:
            pieces.append(self.rest())
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=self.rate_hz)
            self._from = form
        assert self._resampler is not None
        frame.pts = None  # times are counted by samples; stamps from outside may jump
        pieces += [_samples_of(made) for made in self._resampler.resample(frame)]
        return np.concatenate(pieces)

    def push(self, samples: Samples, rate_hz: int) -> Samples:
        """The next piece of mono sound."""
        if rate_hz == self.rate_hz:
            rest = self.rest()
            return np.concatenate([rest, samples]) if len(rest) else samples
        return self.convert(frame_of(samples, rate_hz))

    def rest(self) -> Samples:
        """What is still held back. What comes after it is a new sound."""
        if self._resampler is None:
            return np.zeros(0, np.int16)
        made = self._resampler.resample(None)
        self._resampler = self._from = None
        return np.concatenate([np.zeros(0, np.int16), *(_samples_of(frame) for frame in made)])


class OggOpusWriter:
    """A file being written, at RATE_HZ. Closed or not, what was written up to half a second ago can be played."""

    def __init__(self, target: Path | BinaryIO) -> None:
        # A page per half second, handed to the operating system at once: what a crash may cost.
        options = {"page_duration": "500000", "flush_packets": "1"}
        where = str(target) if isinstance(target, Path) else target
        # PyAV's hints for writing leave types open.
        self._container: Any = av.open(where, "w", format="ogg", options=options)
        encoding = {"b": _BIT_RATE, "application": "voip", "frame_duration": "20", "compression_level": "5"}
        self._stream: Any = self._container.add_stream("libopus", rate=RATE_HZ, options=encoding, layout="mono")
        self._left: Samples = np.zeros(0, np.int16)  # less than a frame
        self._encoded = 0

    @property
    def length(self) -> int:
        """Samples written so far."""
        return self._encoded + len(self._left)

    def write(self, samples: Samples) -> None:
        pending = np.concatenate([self._left, samples])
        whole = len(pending) - len(pending) % _FRAME
        for start in range(0, whole, _FRAME):
            self._encode(pending[start : start + _FRAME])
        self._left = pending[whole:]

    def write_silence(self, count: int) -> None:
        second = np.zeros(RATE_HZ, np.int16)
        for start in range(0, count, RATE_HZ):
            self.write(second[: min(RATE_HZ, count - start)])

    def close(self) -> None:
        """Write what is left and the end mark. Call once."""
        if len(self._left):
            self._encode(self._left)  # the encoder fills up the last frame; its length is noted in the file
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def _encode(self, samples: Samples) -> None:
        frame = frame_of(samples, RATE_HZ)
        frame.pts = self._encoded
        frame.time_base = Fraction(1, RATE_HZ)
        self._encoded += len(samples)
        self._container.mux(self._stream.encode(frame))


def frame_of(samples: Samples, rate_hz: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate_hz
    return frame


def _samples_of(frame: av.AudioFrame) -> Samples:
    return cast(Samples, frame.to_ndarray().reshape(-1))
