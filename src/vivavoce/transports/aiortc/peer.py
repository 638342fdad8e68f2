"""One device's transport: ICE, DTLS and the data channel by aiortc, media packets past it.

aiortc's peer connection does much for each packet: a task wake-up, a parsed copy with header extensions, a queue to a
decoder thread of each device, a level loop in Python. Here its ICE, DTLS and SCTP objects are used without it (they are
public, as ORTC names them), and a media packet is taken where the socket delivers it: unprotected and handed on in the
same call; outgoing ones are protected and sent in the call that made them. Everything that touches private names of
aiortc and aioice is in this module; both versions are pinned and `check_versions` refuses others.
"""

# pyright: reportPrivateUsage=false

import importlib.metadata
import ipaddress
from asyncio import WriteTransport
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, cast

import anyio
from aioice import Candidate
from aioice.ice import get_host_addresses
from aiortc import RTCCertificate, RTCDataChannel, RTCDtlsTransport, RTCIceGatherer, RTCIceTransport, RTCSctpTransport
from aiortc.rtcdtlstransport import RTCDtlsFingerprint, RTCDtlsParameters
from aiortc.rtcicetransport import RTCIceParameters
from aiortc.rtcsctptransport import RTCSctpCapabilities
from pylibsrtp import Error as SrtpError
from pylibsrtp import Session

from vivavoce.domain.errors import Unavailable
from vivavoce.engine.ports import ConnectionLost
from vivavoce.transports.aiortc.rtcp import is_rtcp
from vivavoce.transports.aiortc.sdp import Offer

_VERSIONS: Final = {"aiortc": "1.16.0", "aioice": "0.13.0"}
_CHANNEL: Final = "events"
_WRITE_BUFFER_BYTES: Final = 64 * 1024  # of one socket; above it media is dropped: late voice is worth nothing
_STOP_S: Final = 0.1


def check_versions() -> None:
    """Raises Unavailable if aiortc or aioice is not the version whose inner names are used here."""
    for name, version in _VERSIONS.items():
        if (found := importlib.metadata.version(name)) != version:
            raise Unavailable(f"WebRTC needs {name} {version}, and {found} is installed: install the locked versions.")


def host_addresses(configured: Sequence[str]) -> list[str]:
    """Where to listen: the configured addresses, else those of all interfaces, else loopback."""
    found = list(configured) or get_host_addresses(use_ipv4=True, use_ipv6=True)
    routed = [address for address in found if configured or not ipaddress.ip_address(address).is_link_local]
    return routed or ["127.0.0.1"]


class Peer:
    """Events are plain callbacks in the event loop; what they raise is kept for `trouble`, not left to the loop.

    on_media: a media packet after decryption, and whether it is RTCP. on_text: a message of the data channel.
    on_open: the data channel is there. on_end: the device closed the transport or the channel, or a callback raised.
    """

    def __init__(self) -> None:
        self._ice = RTCIceTransport(RTCIceGatherer(iceServers=[]))
        self._dtls = RTCDtlsTransport(self._ice, [RTCCertificate.generateCertificate()])
        self._sctp = RTCSctpTransport(self._dtls)
        self._channel: RTCDataChannel | None = None
        self.trouble: BaseException | None = None
        self._keep = _KeepTrouble(self)
        self.on_media: Callable[[bytes, bool], None] = lambda packet, rtcp: None
        self.on_text: Callable[[str], None] = lambda text: None
        self.on_open: Callable[[], None] = lambda: None
        self.on_end: Callable[[], None] = lambda: None
        self._to_aiortc = self._ice._connection.data_received
        self._ice._connection.data_received = self._datagram
        self._sctp.on("datachannel", self._channel_made)
        self._dtls.on("statechange", self._dtls_changed)

    @property
    def username(self) -> str:
        return self._ice._connection.local_username

    @property
    def password(self) -> str:
        return self._ice._connection.local_password

    @property
    def fingerprints(self) -> tuple[tuple[str, str], ...]:
        return tuple((print_.algorithm, print_.value) for print_ in self._dtls.getLocalParameters().fingerprints)

    async def gather(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Listen on a free UDP port of each address. The `a=candidate` values; empty if none could be bound."""
        connection = self._ice._connection
        candidates = await connection.get_component_candidates(component=1, addresses=list(addresses))
        # What gather_candidates() does, for addresses of our choice.
        connection._local_candidates += candidates
        connection._local_candidates_start = connection._local_candidates_end = True
        return tuple(candidate.to_sdp() for candidate in candidates)

    async def connect(self, offer: Offer) -> None:
        """Find the device, shake hands and start the data channel. Takes as long as it takes; a `close` ends it.

        Raises ConnectionLost.
        """
        for text in offer.candidates:
            try:
                candidate = Candidate.from_sdp(text)
            except ValueError:
                continue  # one of several; the device's own checks show its address anyway
            await self._ice._connection.add_remote_candidate(candidate)
        await self._ice.start(RTCIceParameters(usernameFragment=offer.username, password=offer.password))
        if self._ice.state != "completed":
            raise ConnectionLost("no network path to the device")
        self._dtls._set_role("client" if offer.setup == "active" else "server")
        fingerprints = [RTCDtlsFingerprint(algorithm, value) for algorithm, value in offer.fingerprints]
        await self._dtls.start(RTCDtlsParameters(fingerprints=fingerprints))
        if self._dtls.state != "connected":
            raise ConnectionLost("the device's encryption handshake failed")
        try:
            await self._sctp.start(RTCSctpCapabilities(maxMessageSize=offer.max_message_bytes), offer.sctp_port)
        except ConnectionError as error:
            raise ConnectionLost("the device left while it connected") from error

    def send_media(self, packet: bytes, *, rtcp: bool = False) -> None:
        """Protect and send an RTP or RTCP packet; dropped while there is no connection or the socket is full."""
        pair, srtp = self._ice._connection._nominated.get(1), cast(Session | None, self._dtls._tx_srtp)
        if pair is None or srtp is None:
            return
        socket = pair.protocol.transport
        # asyncio's and uvloop's datagram transports tell this too; only the interface does not say so
        if cast(WriteTransport, socket).get_write_buffer_size() <= _WRITE_BUFFER_BYTES:
            socket.sendto(srtp.protect_rtcp(packet) if rtcp else srtp.protect(packet), pair.remote_addr)

    def send_text(self, text: str) -> bool:
        """Queue a message on the data channel. False: the channel is not open."""
        if self._channel is None or self._channel.readyState != "open":
            return False
        self._channel.send(text)
        return True

    @property
    def unsent_bytes(self) -> int:
        """Of messages that aiortc has not yet cut into packets."""
        return self._channel.bufferedAmount if self._channel else 0

    async def wait_sent(self) -> None:
        """Wait until the device has acknowledged all messages. The caller sets the deadline."""
        sctp = self._sctp
        while sctp._data_channel_queue or sctp._outbound_queue or sctp._sent_queue:
            if self._dtls.state != "connected":
                return
            await anyio.sleep(0.005)

    async def close(self) -> None:
        """Tell the device and free the sockets. Safe to repeat."""
        self._ice._connection.data_received = self._to_aiortc
        for stop in (self._sctp.stop, self._dtls.stop, self._ice.stop):
            with anyio.move_on_after(_STOP_S, shield=True):
                await stop()

    def _datagram(self, data: bytes, component: int) -> None:
        """What the socket received, less STUN. RFC 7983: a first byte of 128 to 191 is SRTP."""
        srtp = cast(Session | None, self._dtls._rx_srtp)  # None until the handshake is done
        if srtp is None or not 127 < data[0] < 192:
            self._to_aiortc(data, component)
            return
        rtcp = is_rtcp(data)
        try:
            packet = srtp.unprotect_rtcp(data) if rtcp else srtp.unprotect(data)
        except SrtpError:
            return  # not from the device, or a repetition
        with self._keep:
            self.on_media(packet, rtcp)

    def _channel_made(self, channel: RTCDataChannel) -> None:
        if channel.label != _CHANNEL or self._channel is not None:
            return
        self._channel = channel
        channel.on("message", self._message)
        channel.on("close", self._end)
        with self._keep:
            self.on_open()

    def _message(self, message: str | bytes) -> None:
        if isinstance(message, str):  # bytes have no meaning here (docs/protocol.md): audio is on the media tracks
            with self._keep:
                self.on_text(message)

    def _dtls_changed(self) -> None:
        if self._dtls.state in ("closed", "failed"):
            self._end()

    def _end(self) -> None:
        self.on_end()


class _KeepTrouble:
    """What the room's callbacks raise belongs to the task that pumps; the event loop or aiortc would only log it."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        if error is not None:
            self._peer.trouble = self._peer.trouble or error
            self._peer.on_end()
        return isinstance(error, Exception)
