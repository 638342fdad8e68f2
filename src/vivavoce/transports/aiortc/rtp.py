"""RTP as one Opus stream uses it (RFC 3550, RFC 7587), and putting packets back into order.

The reorder window's rules. A packet that continues the order is due at once. A packet ahead of its turn waits, and so
do those behind it, until the missing ones come or until more than `depth` packets wait: then the hole is given up and
what follows it is due. A packet whose turn is over is dropped. So a lost packet costs the next ones a short wait and
never a lasting delay, and a packet that others overtook is still in time while at most `depth` did.
"""

import struct
from typing import Final, NamedTuple

CLOCK_HZ: Final = 48_000  # of Opus, whatever the sample rate (RFC 7587 section 4.1)
REORDER_DEPTH: Final = 2  # packets: 40 ms
_RESTART: Final = 3000  # a step this far is a new stream, not a loss (MAX_DROPOUT of RFC 3550 A.1)
_HEADER: Final = struct.Struct("!BBHII")


class RtpPacket(NamedTuple):
    """sequence: 16 bits; timestamp: 32 bits, in ticks of 48 kHz."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def parse(data: bytes) -> RtpPacket:
    """The packet, without CSRCs, header extension and padding. Raises ValueError."""
    if len(data) < _HEADER.size:
        raise ValueError("RTP packet is too short")
    flags, marker_and_type, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    start, end = _HEADER.size + 4 * (flags & 0x0F), len(data)
    if flags & 0x10:
        if len(data) < start + 4:
            raise ValueError("RTP header extension is cut off")
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
    if flags & 0x20:
        end -= data[-1]
    if flags >> 6 != 2 or start > end:
        raise ValueError("RTP packet makes no sense")
    return RtpPacket(marker_and_type & 0x7F, sequence, timestamp, ssrc, data[start:end])


def serialize(packet: RtpPacket, *, marker: bool) -> bytes:
    """marker: the first packet after a silence (RFC 3551 section 4.1)."""
    header = _HEADER.pack(0x80, packet.payload_type | (marker << 7), packet.sequence, packet.timestamp, packet.ssrc)
    return header + packet.payload


def signed(difference: int, bits: int) -> int:
    """A difference of two counters that wrap, as the shorter way round."""
    half = 1 << (bits - 1)
    return ((difference + half) & ((1 << bits) - 1)) - half


class ReorderWindow:
    """Packets of one stream, in order. See the module's head."""

    def __init__(self, depth: int = REORDER_DEPTH) -> None:
        self._depth = depth
        self._next: int | None = None  # sequence number whose turn it is
        self._waiting: dict[int, RtpPacket] = {}  # ahead of their turn; at most depth

    def add(self, packet: RtpPacket) -> list[RtpPacket]:
        """The packets that are due now, in order; a step between their numbers is a loss."""
        if self._next is None:
            self._next = packet.sequence
        ahead = signed(packet.sequence - self._next, 16)
        if abs(ahead) >= _RESTART:
            self._waiting.clear()
            self._next, ahead = packet.sequence, 0
        if ahead < 0:
            return []
        self._waiting[packet.sequence] = packet
        due = self._in_turn()
        if len(self._waiting) > self._depth:
            self._next = min(self._waiting, key=lambda sequence: signed(sequence - packet.sequence, 16))
            due += self._in_turn()
        return due

    def _in_turn(self) -> list[RtpPacket]:
        due: list[RtpPacket] = []
        while self._next is not None and (packet := self._waiting.pop(self._next, None)) is not None:
            due.append(packet)
            self._next = (self._next + 1) & 0xFFFF
        return due
