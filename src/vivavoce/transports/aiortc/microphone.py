"""A device's microphone: RTP packets in, PCM out, synchronously and in media order.

Packets are decoded as soon as they are in order (see rtp.py). Before a packet that follows a loss the missing time is
filled: its end from the copy that the packet carries (Opus in-band FEC), the rest guessed by libopus. More than 120 ms
is not filled: the next frame then starts further on. Decoded at 16 kHz, which is what voice activity and recognisers
take; libopus leaves out the upper bands instead of resampling them away.
"""

from typing import Final

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Samples
from vivavoce.transports.aiortc.opus import OpusDecoder, OpusError
from vivavoce.transports.aiortc.rtp import CLOCK_HZ, ReorderWindow, RtpPacket, signed

RATE_HZ: Final = 16_000
_TICKS_PER_SAMPLE: Final = CLOCK_HZ // RATE_HZ
_LONGEST_FILL: Final = RATE_HZ * 120 // 1000  # samples
_FRAME: Final = RATE_HZ * 20 // 1000
_STEP: Final = RATE_HZ // 400  # samples; libopus fills in steps of 2.5 ms


class Microphone:
    """One RTP stream and its decoder. A new SSRC goes on where the old one ended."""

    def __init__(self) -> None:
        self._ssrc: int | None = None
        self._window = ReorderWindow()
        self._decoder = OpusDecoder(RATE_HZ)
        self._last: RtpPacket | None = None  # decoded last
        self._timestamp = 0  # RTP time at which the next packet is due
        self._end = 0  # samples since the track began

    def add(self, packet: RtpPacket) -> list[AudioFrame]:
        """The frames that are due now: none, one, or several when a hole was closed or given up."""
        if packet.ssrc != self._ssrc:
            self._ssrc, self._window, self._last = packet.ssrc, ReorderWindow(), None
        frames: list[AudioFrame] = []
        for due in self._window.add(packet):
            self._decode(due, frames)
        return frames

    def _decode(self, packet: RtpPacket, frames: list[AudioFrame]) -> None:
        if not packet.payload:
            return
        self._fill(packet, frames)
        try:
            samples = self._decoder.decode(packet.payload)
        except OpusError:
            samples = self._decoder.guess(_FRAME)
        self._append(samples, frames)
        self._last = packet
        self._timestamp = packet.timestamp + len(samples) * _TICKS_PER_SAMPLE

    def _fill(self, packet: RtpPacket, frames: list[AudioFrame]) -> None:
        """Bring the media clock to the packet: fill what was lost, pass over what was never sent."""
        if self._last is None:
            return
        missing = signed(packet.timestamp - self._timestamp, 32) // _TICKS_PER_SAMPLE
        lost = packet.sequence != (self._last.sequence + 1) & 0xFFFF
        if lost and _STEP <= missing <= _LONGEST_FILL:
            try:
                self._append(self._decoder.recover(missing - missing % _STEP, packet.payload), frames)
            except OpusError:
                self._end += missing
        elif missing > 0:
            self._end += missing

    def _append(self, samples: Samples, frames: list[AudioFrame]) -> None:
        frames.append(AudioFrame(samples, RATE_HZ, self._end))
        self._end += len(samples)
