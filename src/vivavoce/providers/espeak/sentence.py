"""One sentence on its way out of the synthesiser: sound at 22.05 kHz and events in, pieces at 24 kHz out.

The devices play 24 or 48 kHz, which 22.05 has no small ratio to; so it is resampled once, here. A piece ends where a
word begins, so that all it tells of its words is final; what the resampler holds back follows with the next piece.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from vivavoce.providers.espeak.text import Token
from vivavoce.providers.espeak.timeline import Mark, Timeline
from vivavoce.providers.messages import Piece

NATIVE_HZ: Final = 22_050
RATE_HZ: Final = 24_000
_PIECE_MS: Final = 200  # at least, but for the first and the last


class Sentence:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._timeline = Timeline(tokens)
        self._resampler = soxr.ResampleStream(NATIVE_HZ, RATE_HZ, 1, dtype="int16")
        self._native = bytearray()  # not yet given to the resampler
        self._taken = 0  # native samples given to it
        self._given = 0  # samples in pieces so far
        self._words = 0  # words and shapes in pieces so far
        self._shapes = 0

    def add(self, pcm: bytes, marks: Iterable[Mark]) -> Piece | None:
        """Take more sound with the events in it; a piece if one is complete."""
        self._native += pcm
        for mark in marks:
            self._timeline.add(mark)
        ready = self._timeline.settled_ms * NATIVE_HZ // 1000 - self._taken
        if ready * 1000 < (_PIECE_MS * NATIVE_HZ if self._given else 1):
            return None
        return self._piece(ready)

    def end(self) -> Piece | None:
        """The rest, or None if there was no sound at all."""
        total = self._taken + len(self._native) // 2
        if not total:
            return None
        self._timeline.end(total * 1000 // NATIVE_HZ)
        return self._piece(len(self._native) // 2, last=True)

    def _piece(self, count: int, *, last: bool = False) -> Piece | None:
        pcm = np.frombuffer(bytes(self._native[: 2 * count]), np.int16)
        del self._native[: 2 * count]
        self._taken += pcm.size
        samples: NDArray[np.int16] = self._resampler.resample_chunk(pcm, last=last)
        if not samples.size:
            return None
        self._given += samples.size
        until_ms = float("inf") if last else self._given * 1000 / RATE_HZ
        words = [word for word in self._timeline.words[self._words :] if word[1] < until_ms]
        mouth = [shape for shape in self._timeline.mouth[self._shapes :] if shape[0] < until_ms]
        self._words += len(words)
        self._shapes += len(mouth)
        return Piece(samples.astype("<i2", copy=False).tobytes(), words, mouth)
