"""WebRTC in this process: offers in, answers and connections out."""

from dataclasses import dataclass, field

import anyio

from vivavoce.domain.errors import Unavailable
from vivavoce.transports.aiortc.connection import AiortcConnection, Limits
from vivavoce.transports.aiortc.media import Media
from vivavoce.transports.aiortc.opus import OpusMissing, load_opus
from vivavoce.transports.aiortc.peer import Peer, check_versions, host_addresses
from vivavoce.transports.aiortc.sdp import Local, Offer, parse_offer, write_answer
from vivavoce.transports.aiortc.voice import SharedVoice

_GOING_AWAY = 1001


@dataclass(frozen=True, slots=True)
class WebRtcSettings:
    """hosts: addresses to listen on, a free UDP port for each connection; empty: all interfaces, or loopback where
    there is no other. max_connections: of this process; one costs about 0.5 MB and 1 % of a core."""

    hosts: tuple[str, ...] = ()
    max_connections: int = 60
    limits: Limits = field(default_factory=Limits)


class WebRtcTransport:
    """Makes connections and knows those that are open. Start one per process; `aclose` it at the end."""

    def __init__(self, settings: WebRtcSettings | None = None) -> None:
        """Raises Unavailable if a library is missing or of another version."""
        check_versions()
        try:
            load_opus()
        except OpusMissing as error:
            raise Unavailable(f"WebRTC cannot run: {error}.") from error
        self._settings = settings or WebRtcSettings()
        self._open: dict[AiortcConnection, str] = {}  # with their rooms
        self._voices: dict[str, SharedVoice] = {}  # of rooms with an open connection

    @property
    def connections(self) -> int:
        """How many are open, those that are still connecting included."""
        return len(self._open)

    async def answer(self, offer_sdp: str, *, room: str) -> tuple[str, AiortcConnection]:
        """The answer to a device's offer, and its connection, which must now be pumped or closed.

        room: connections with the same one share an encoder, so the same frames must be played to all of them.
        Raises Invalid if the offer makes no sense, Unavailable if all connections are taken or no port is free.
        """
        offer = parse_offer(offer_sdp)
        if len(self._open) >= self._settings.max_connections:
            raise Unavailable(f"All {self._settings.max_connections} WebRTC connections are in use: try again later.")
        peer = Peer()
        media = Media(offer.audio, self._voices.setdefault(room, SharedVoice())) if offer.audio else None
        connection = AiortcConnection(peer, offer, media, self._settings.limits)
        self._open[connection] = room  # before the first wait: it counts
        connection.on_closed = lambda: self._forget(connection)
        try:
            return await self._answer(offer, peer, media), connection
        except BaseException:
            await connection.close()
            raise

    async def aclose(self) -> None:
        """Close what is open."""
        async with anyio.create_task_group() as tasks:
            for connection in list(self._open):
                tasks.start_soon(connection.close, _GOING_AWAY, "the server is stopping")

    async def _answer(self, offer: Offer, peer: Peer, media: Media | None) -> str:
        candidates = await peer.gather(host_addresses(self._settings.hosts))
        if not candidates:
            raise Unavailable("WebRTC could listen on no network address: check the configured hosts.")
        local = Local(
            username=peer.username,
            password=peer.password,
            fingerprints=peer.fingerprints,
            candidates=candidates,
            ssrc=media.ssrc if media else 0,
            cname=media.cname if media else "",
        )
        return write_answer(offer, local)

    def _forget(self, connection: AiortcConnection) -> None:
        room = self._open.pop(connection)
        if room not in self._open.values():
            self._voices.pop(room, None)
