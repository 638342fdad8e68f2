"""One device's audio without sockets: packets in → frames, frames → packets out, and the reports on both."""

import secrets
from typing import Final

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import VoiceFrame
from vivavoce.transports.aiortc import rtcp
from vivavoce.transports.aiortc.microphone import Microphone
from vivavoce.transports.aiortc.rtp import parse
from vivavoce.transports.aiortc.sdp import AudioOffer
from vivavoce.transports.aiortc.voice import SharedVoice, VoiceStream

_TAIL_PACKETS: Final = 2  # of silence after a cut: one may be lost


class Media:
    """Times: `now_s` monotonic, `wall_s` Unix. Packets are RTP or RTCP before encryption."""

    def __init__(self, audio: AudioOffer, voice: SharedVoice) -> None:
        self.cname = secrets.token_hex(8)
        self._hears = audio.direction in ("sendrecv", "recvonly")
        self._speaks = audio.direction in ("sendrecv", "sendonly")
        self._payload_type = audio.payload_type
        self._microphone = Microphone()
        self._reception: rtcp.Reception | None = None
        self._voice = voice
        self._stream = VoiceStream(audio.payload_type)

    @property
    def ssrc(self) -> int:
        return self._stream.ssrc

    def receive(self, data: bytes, now_s: float) -> list[AudioFrame]:
        """The microphone's frames that this RTP packet makes due. Raises ValueError if it is no RTP packet."""
        packet = parse(data)
        if not self._hears or packet.payload_type != self._payload_type:
            return []
        if self._reception is None or self._reception.ssrc != packet.ssrc:
            self._reception = rtcp.Reception(packet.ssrc)
        self._reception.add(packet, now_s)
        return self._microphone.add(packet)

    def receive_report(self, data: bytes, now_s: float) -> None:
        """Take what the device reports of its stream and of ours."""
        for report in rtcp.parse(data):
            match report:
                case rtcp.SenderReport(ssrc):
                    if self._reception and self._reception.ssrc == ssrc:
                        self._reception.heard(report, now_s)
                case rtcp.LossReport(ssrc, fraction):
                    if ssrc == self.ssrc:
                        self._voice.reported_loss(fraction)

    def play(self, frame: VoiceFrame, now_s: float) -> bytes | None:
        """The packet for the voice's next 20 ms, if there is anything to send."""
        if not self._speaks:
            return None
        return self._stream.packet(self._voice.encode(frame), frame.at_ms, now_s)

    def cut(self, now_s: float) -> list[bytes]:
        """Packets that end the voice in silence; none if it has ended already."""
        if not self._speaks or not self._stream.talking(now_s):
            return []
        return [self._stream.silence(self._voice.silence(), now_s) for _ in range(_TAIL_PACKETS)]

    def report(self, now_s: float, wall_s: float) -> bytes:
        """The RTCP packet that is due about once a second."""
        blocks = self._reception.block(now_s) if self._reception else b""
        return rtcp.report(self.ssrc, self.cname, self._stream.sent(now_s), blocks, wall_s)
