"""The AI's voice on its way out: encoded once for a room, then a stream of its own for each device.

Nothing is sent while the AI is silent. Timestamps follow the room's playout clock through the silence and the first
packet after it carries the marker, so that the browser sees a pause and not a loss, and its jitter buffer keeps its
size. A cut is followed by a packet or two of encoded silence: otherwise the browser would stretch the last sound.
"""

import secrets
from typing import Final

import numpy as np

from vivavoce.engine.audio.frame import FRAME_MS
from vivavoce.engine.ports import VoiceFrame
from vivavoce.transports.aiortc.opus import OpusEncoder
from vivavoce.transports.aiortc.rtcp import Sent
from vivavoce.transports.aiortc.rtp import CLOCK_HZ, RtpPacket, serialize

_BITRATE_BPS: Final = 32_000
_LARGEST_LOSS: Final = 0.2  # beyond it more of the bitrate for FEC does not help
_TICKS_PER_MS: Final = CLOCK_HZ // 1000
_FRAME_TICKS: Final = FRAME_MS * _TICKS_PER_MS
_SILENT_FRAMES: Final = 5  # encoded at the start of a silence, so that the browser's decoder comes to rest


class SharedVoice:
    """One room's encoder. The same frame object handed over by several devices is encoded once."""

    def __init__(self) -> None:
        self._encoder: OpusEncoder | None = None
        self._rate_hz = 0
        self._frame: VoiceFrame | None = None  # the last one encoded
        self._packet = b""
        self._silent_frames = 0  # running, of nothing but zeros
        self._silence: bytes | None = None  # encoded after `_frame`
        self._loss = 0.0  # 0..1, as the devices report it; falls slowly, so that the one with the most counts

    def encode(self, frame: VoiceFrame) -> bytes:
        """The frame as an Opus packet; empty where it only prolongs a silence of zeros. Raises OpusError if the frame's
        rate or length is none of Opus's."""
        if frame is not self._frame:
            self._frame, self._silence = frame, None
            self._silent_frames = 0 if frame.samples.any() else self._silent_frames + 1
            silent = self._silent_frames > _SILENT_FRAMES
            self._packet = b"" if silent else self._encoder_for(frame.rate_hz).encode(frame.samples)
        return self._packet

    def silence(self) -> bytes:
        """20 ms of silence that follows the last frame; empty if nothing was said yet."""
        if self._encoder is None:
            return b""
        if self._silence is None:
            self._silence = self._encoder.encode(np.zeros(self._rate_hz * FRAME_MS // 1000, np.int16))
        return self._silence

    def reported_loss(self, fraction: float) -> None:
        """Take one device's report. In-band FEC costs part of the bitrate, so it is as strong as the loss is high."""
        self._loss = min(_LARGEST_LOSS, max(fraction, 0.9 * self._loss))
        if self._encoder is not None:
            self._encoder.expect_loss(round(100 * self._loss))

    def _encoder_for(self, rate_hz: int) -> OpusEncoder:
        if self._encoder is None or rate_hz != self._rate_hz:
            self._rate_hz = rate_hz
            self._encoder = OpusEncoder(rate_hz, bitrate_bps=_BITRATE_BPS)
            self._encoder.expect_loss(round(100 * self._loss))
        return self._encoder


class VoiceStream:
    """One device's RTP stream of the voice. Makes packets; sends nothing itself. Times in seconds, monotonic."""

    def __init__(self, payload_type: int) -> None:
        self.ssrc = secrets.randbits(32)
        self._payload_type = payload_type
        self._sequence = secrets.randbits(15)  # lower half: no wrap before both ends count SRTP's roll-over alike
        self._origin = secrets.randbits(32)
        self._ticks: int | None = None  # of the last packet, on the playout clock
        self._at_s = 0.0  # when it was made
        self._packets = self._payload_bytes = 0

    def packet(self, payload: bytes, at_ms: int, now_s: float) -> bytes | None:
        """The RTP packet for the frame at `at_ms` of the playout clock; None for an empty payload."""
        if not payload:
            return None
        ticks = at_ms * _TICKS_PER_MS
        if self._ticks is None:
            return self._make(payload, ticks, now_s, marker=True)
        soonest = self._ticks + _FRAME_TICKS
        return self._make(payload, max(ticks, soonest), now_s, marker=ticks > soonest)

    def silence(self, payload: bytes, now_s: float) -> bytes:
        """The packet that follows the last one at once: the voice stops here."""
        return self._make(payload, (self._ticks or 0) + _FRAME_TICKS, now_s, marker=False)

    def talking(self, now_s: float) -> bool:
        """Whether the last packet is so fresh that the browser is still playing it."""
        return self._ticks is not None and now_s - self._at_s < 0.2

    def sent(self, now_s: float) -> Sent | None:
        """Where the stream stands, for a sender report; None before its first packet."""
        if self._ticks is None:
            return None
        now = self._origin + self._ticks + round((now_s - self._at_s) * CLOCK_HZ)
        return Sent(now & 0xFFFFFFFF, self._packets, self._payload_bytes)

    def _make(self, payload: bytes, ticks: int, now_s: float, *, marker: bool) -> bytes:
        timestamp = (self._origin + ticks) & 0xFFFFFFFF
        packet = RtpPacket(self._payload_type, self._sequence, timestamp, self.ssrc, payload)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._ticks, self._at_s = ticks, now_s
        self._packets += 1
        self._payload_bytes += len(payload)
        return serialize(packet, marker=marker)
