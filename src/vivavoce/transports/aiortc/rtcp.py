"""Reports on an RTP stream (RFC 3550 section 6): what we received, and where our own stream stands.

The browser needs them: its encoder adds in-band FEC once the receiver reports loss, and its clocks line up by the
sender reports. Of what comes in, the sender's time is used, to send it back, and the loss of our own stream.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vivavoce.transports.aiortc.rtp import CLOCK_HZ, RtpPacket, signed

_SENDER_REPORT: Final = 200
_RECEIVER_REPORT: Final = 201
_SOURCE_DESCRIPTION: Final = 202
_CNAME: Final = 1
_NTP_EPOCH_S: Final = 2_208_988_800  # 1900 to 1970


@dataclass(frozen=True, slots=True)
class SenderReport:
    """ntp_middle: the middle 32 bits of the sender's NTP time."""

    ssrc: int
    ntp_middle: int


@dataclass(frozen=True, slots=True)
class LossReport:
    """fraction: of the packets of `ssrc` that the device missed since it last reported, 0..1."""

    ssrc: int
    fraction: float


@dataclass(frozen=True, slots=True)
class Sent:
    """Where our own stream stands. timestamp: RTP time of now, in 48 kHz ticks, 32 bits."""

    timestamp: int
    packets: int
    payload_bytes: int


def is_rtcp(data: bytes) -> bool:
    """Whether a packet on the shared port is RTCP (RFC 5761 section 4)."""
    return len(data) >= 8 and 192 <= data[1] <= 223


def parse(data: bytes) -> Iterator[SenderReport | LossReport]:
    """What a compound packet tells of both streams; stops where it makes no sense."""
    at = 0
    while at + 8 <= len(data):
        flags, kind, words = struct.unpack_from("!BBH", data, at)
        if flags >> 6 != 2:
            return
        blocks_at = at + 8
        if kind == _SENDER_REPORT and at + 28 <= len(data):
            ssrc, ntp_s, ntp_fraction = struct.unpack_from("!III", data, at + 4)
            yield SenderReport(ssrc, (ntp_s & 0xFFFF) << 16 | ntp_fraction >> 16)
            blocks_at = at + 28
        if kind in (_SENDER_REPORT, _RECEIVER_REPORT):
            for block_at in range(blocks_at, min(blocks_at + 24 * (flags & 0x1F), len(data) - 23), 24):
                ssrc, fraction = struct.unpack_from("!IB", data, block_at)
                yield LossReport(ssrc, fraction / 256)
        at += 4 + 4 * words


class Reception:
    """Statistics of one stream that we receive, as RFC 3550 appendix A counts them. Times in seconds, monotonic."""

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self._base: int | None = None
        self._highest = 0  # extended by the wraps
        self._received = 0
        self._before = (0, 0)  # expected, received at the last report
        self._jitter = 0.0  # ticks
        self._transit: float | None = None
        self._last_report: tuple[int, float] | None = None  # its NTP middle, when it came

    def add(self, packet: RtpPacket, arrival_s: float) -> None:
        self._received += 1
        if self._base is None:
            self._base = self._highest = packet.sequence
        ahead = signed(packet.sequence - self._highest, 16)
        if ahead < 0:
            return
        self._highest += ahead
        transit = arrival_s * CLOCK_HZ - packet.timestamp
        if self._transit is not None and abs(step := transit - self._transit) < CLOCK_HZ:  # not where it wraps
            self._jitter += (abs(step) - self._jitter) / 16
        self._transit = transit

    def heard(self, report: SenderReport, arrival_s: float) -> None:
        self._last_report = (report.ntp_middle, arrival_s)

    def block(self, now_s: float) -> bytes:
        """The report block, 24 bytes; each call starts the next interval."""
        expected = self._highest - self._base + 1 if self._base is not None else 0
        expected_now, received_now = expected - self._before[0], self._received - self._before[1]
        self._before = (expected, self._received)
        lost_now = max(0, expected_now - received_now)
        fraction = min(255, (lost_now << 8) // expected_now) if expected_now > 0 else 0
        lost = max(-(1 << 23), min((1 << 23) - 1, expected - self._received)) & 0xFFFFFF
        middle, at_s = self._last_report or (0, now_s)
        since = min(0xFFFFFFFF, round((now_s - at_s) * 65536))
        return struct.pack(
            "!IIIIII", self.ssrc, fraction << 24 | lost, self._highest & 0xFFFFFFFF, round(self._jitter), middle, since
        )


def report(ssrc: int, cname: str, sent: Sent | None, blocks: bytes, wall_s: float) -> bytes:
    """A compound packet: a sender report if something was sent, else a receiver report; then our name. wall_s: Unix."""
    count = len(blocks) // 24
    if sent is None:
        first = struct.pack("!BBHI", 0x80 | count, _RECEIVER_REPORT, 1 + 6 * count, ssrc)
    else:
        ntp = int((wall_s + _NTP_EPOCH_S) * (1 << 32))
        first = struct.pack(
            "!BBHIQIII",
            0x80 | count,
            _SENDER_REPORT,
            6 + 6 * count,
            ssrc,
            ntp,
            sent.timestamp,
            sent.packets & 0xFFFFFFFF,
            sent.payload_bytes & 0xFFFFFFFF,
        )
    name = cname.encode()
    item = struct.pack("!IBB", ssrc, _CNAME, len(name)) + name
    item += bytes(4 - len(item) % 4)  # one to four zero bytes end the chunk
    return first + blocks + struct.pack("!BBH", 0x81, _SOURCE_DESCRIPTION, len(item) // 4) + item
