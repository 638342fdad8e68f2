"""The AI's voice at the rate that a device asked for."""

from collections.abc import Sequence

import soxr

from vivavoce.engine.audio.frame import FRAME_MS
from vivavoce.engine.ports import VoiceFrame


class DownVoice:
    """Turns a room's frames into PCM16 of 20 ms each at `rate_hz`. Keeps what does not fill a frame for the next."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._length = rate_hz * FRAME_MS // 1000 * 2  # bytes of a frame
        self._resampler: soxr.ResampleStream | None = None
        self._from_hz = rate_hz
        self._rest = b""

    def frames(self, frame: VoiceFrame) -> Sequence[bytes]:
        if frame.rate_hz == self._rate_hz:
            return (frame.samples.tobytes(),)
        if self._resampler is None or frame.rate_hz != self._from_hz:
            self._from_hz = frame.rate_hz
            self._resampler = soxr.ResampleStream(frame.rate_hz, self._rate_hz, 1, dtype="int16", quality="LQ")
        pcm = self._rest + self._resampler.resample_chunk(frame.samples).tobytes()
        whole = len(pcm) - len(pcm) % self._length
        self._rest = pcm[whole:]
        return [pcm[at : at + self._length] for at in range(0, whole, self._length)]

    def reset(self) -> None:
        """Forget what was handed over: somebody barged in."""
        self._resampler, self._rest = None, b""
