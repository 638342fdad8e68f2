"""One device connected by WebRTC, as the engine sees it."""

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import anyio

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame
from vivavoce.transports.aiortc.media import Media
from vivavoce.transports.aiortc.peer import Peer
from vivavoce.transports.aiortc.sdp import Offer

_WATCH_S: Final = 0.5
_REPORT_EVERY: Final = 2  # watches: RTCP about once a second
_DRAIN_S: Final = 0.15  # for what is queued when the connection closes
_FLUSH: Final = '{"type":"flush"}'


@dataclass(frozen=True, slots=True)
class Limits:
    """connect_s: from `pump` to a connection. silent_s: without media and messages until a device counts as dead; the
    watch adds up to half a second. unsent_bytes: messages waiting for a device; above it the device is too slow."""

    connect_s: float = 10.0
    silent_s: float = 4.4
    unsent_bytes: int = 1024 * 1024


class AiortcConnection:
    """engine.ports.Connection over WebRTC. It connects while `pump` runs; `close` frees the sockets, pumped or not."""

    name = "webrtc"

    def __init__(self, peer: Peer, offer: Offer, media: Media | None, limits: Limits) -> None:
        self._peer, self._offer, self._media, self._limits = peer, offer, media, limits
        self._early: deque[str] = deque()  # messages from before the channel was open; within limits.unsent_bytes
        self._over = anyio.Event()
        self._lost: str | None = None  # why, if it did not end by being closed
        self._closed = False
        self._heard_s = 0.0  # monotonic
        self.on_closed: Callable[[], None] = lambda: None
        peer.on_open, peer.on_end = self._opened, self._over.set

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        """See engine.ports.Connection. Connects first; raises ConnectionLost if that fails. Call once."""
        if self._closed:
            return

        def media(packet: bytes, rtcp: bool) -> None:
            for frame in self._receive(packet, rtcp):
                on_audio(frame)

        def text(message: str) -> None:
            self._heard_s = time.monotonic()
            on_text(message)

        self._peer.on_media, self._peer.on_text = media, text
        try:
            with anyio.fail_after(self._limits.connect_s):
                await self._peer.connect(self._offer)
            await self._watch()
        except TimeoutError:
            self._lost = "the device did not connect in time"
        except ConnectionLost as error:
            self._lost = str(error)
        if self._peer.trouble is not None:
            raise self._peer.trouble
        if self._lost is not None and not self._closed:
            raise ConnectionLost(self._lost)

    def send(self, text: str) -> None:
        """See engine.ports.Connection. Over its bound the device is lost, and `pump` says so."""
        if self._closed or self._over.is_set():
            return
        if len(text.encode()) > (self._offer.max_message_bytes or self._limits.unsent_bytes):
            self._lose("a message is too long for the device")
        elif not self._peer.send_text(text):
            self._early.append(text)
        if self._peer.unsent_bytes + sum(map(len, self._early)) > self._limits.unsent_bytes:
            self._lose("the device is too slow for what it is sent")

    def play(self, frame: VoiceFrame) -> None:
        """See engine.ports.Connection. The packet leaves in this call; before the device is connected it is dropped."""
        if self._media and (packet := self._media.play(frame, time.monotonic())):
            self._peer.send_media(packet)

    def flush(self) -> None:
        """See engine.ports.Connection. Nothing waits here; silence follows, so that the browser stops at once.

        The device is told too: its screen shows what it plays.
        """
        self.send(_FLUSH)
        if self._media:
            for packet in self._media.cut(time.monotonic()):
                self._peer.send_media(packet)

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """See engine.ports.Connection. The code travels as the last message (docs/protocol.md). Within 0.3 s."""
        if self._closed:
            return
        self._closed = True
        with anyio.CancelScope(shield=True):
            self._peer.send_text(json.dumps({"type": "closed", "code": code, "reason": reason}))
            with anyio.move_on_after(_DRAIN_S):
                await self._peer.wait_sent()
            await self._peer.close()
        self._over.set()
        self.on_closed()

    def _receive(self, packet: bytes, rtcp: bool) -> list[AudioFrame]:
        now_s = self._heard_s = time.monotonic()
        if self._media is None:
            return []
        if rtcp:
            self._media.receive_report(packet, now_s)
            return []
        try:
            return self._media.receive(packet, now_s)
        except ValueError:
            return []  # encrypted by the device and yet no RTP: nothing to play, nothing to repair

    async def _watch(self) -> None:
        """Until the connection is over. Raises ConnectionLost when the device falls silent."""
        self._heard_s = time.monotonic()
        watches = 0
        while not self._over.is_set():
            with anyio.move_on_after(_WATCH_S):
                await self._over.wait()
            now_s = time.monotonic()
            if now_s - self._heard_s > self._limits.silent_s and not self._over.is_set():
                raise ConnectionLost(f"nothing arrived from the device for {self._limits.silent_s:g} s")
            watches += 1
            if self._media and watches % _REPORT_EVERY == 0:
                self._peer.send_media(self._media.report(now_s, time.time()), rtcp=True)

    def _opened(self) -> None:
        while self._early:
            self._peer.send_text(self._early.popleft())

    def _lose(self, why: str) -> None:
        self._lost = why
        self._over.set()
