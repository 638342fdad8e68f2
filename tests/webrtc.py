"""A person's end of a WebRTC connection, played by aiortc's own peer connection, and a wire that loses and reorders."""

# pyright: reportPrivateUsage=false

import random
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, cast

import anyio
import av
import numpy as np
from aioice import ice
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCDataChannel,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from vivavoce.engine.ports import Samples, VoiceFrame
from vivavoce.transports.aiortc import AiortcConnection, Limits, WebRtcSettings, WebRtcTransport
from vivavoce.transports.aiortc.opus import OpusDecoder, OpusEncoder

RATE_HZ: Final = 16_000
FRAME: Final = RATE_HZ // 50
LOOPBACK: Final = WebRtcSettings(hosts=("127.0.0.1",), limits=Limits(silent_s=0.6))


def tone(frequency_hz: float, ms: int, rate_hz: int = RATE_HZ, amplitude: float = 8000) -> Samples:
    at = np.arange(rate_hz * ms // 1000) / rate_hz
    return (amplitude * np.sin(2 * np.pi * frequency_hz * at)).astype(np.int16)


def speechlike(ms: int, rate_hz: int = RATE_HZ) -> Samples:
    """A voiced sound that glides, so that neither a guess nor a copy of the past fits."""
    at = np.arange(rate_hz * ms // 1000) / rate_hz
    pitch = 2 * np.pi * (110 * at + 60 * np.sin(3 * at))
    sound = sum(np.sin(pitch * harmonic) / harmonic for harmonic in range(1, 12))
    return (4000 * sound * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))).astype(np.int16)


def voice_frames(samples: Samples, rate_hz: int = 24_000, at_ms: int = 0) -> list[VoiceFrame]:
    """The samples as the room's playout hands them over."""
    size = rate_hz // 50
    return [
        VoiceFrame(samples[at : at + size], rate_hz, at_ms + 20 * number)
        for number, at in enumerate(range(0, len(samples) - size + 1, size))
    ]


async def play(connection: AiortcConnection, frames: list[VoiceFrame]) -> None:
    """Hand over each frame when it is due."""
    begin = time.monotonic()
    for number, frame in enumerate(frames):
        await anyio.sleep(max(0, begin + number * 0.02 - time.monotonic()))
        connection.play(frame)


def loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0


def microphone_encoder() -> OpusEncoder:
    """As a browser's is set up on a network that loses packets."""
    encoder = OpusEncoder(RATE_HZ, bitrate_bps=32_000)
    encoder.expect_loss(20)
    return encoder


def through_opus(samples: Samples) -> Samples:
    """What a microphone's sound is at the other end when nothing is lost."""
    encoder, decoder = microphone_encoder(), OpusDecoder(RATE_HZ)
    return np.concatenate([decoder.decode(encoder.encode(frame)) for frame in samples.reshape(-1, FRAME)])


class Mouth(MediaStreamTrack):
    """A microphone that sends Opus with in-band FEC: 20 ms each, one every `interval_s`, none when it has none."""

    kind = "audio"

    def __init__(self, interval_s: float = 0.02) -> None:
        super().__init__()
        self._interval_s = interval_s
        self._encoder = microphone_encoder()
        self._send, self._receive = anyio.create_memory_object_stream[bytes](5_000)
        self._next_s = 0.0
        self._pts = 0

    def say(self, samples: Samples) -> None:
        for at in range(0, len(samples) - FRAME + 1, FRAME):
            self._send.send_nowait(self._encoder.encode(samples[at : at + FRAME]))

    async def recv(self) -> Any:
        try:
            payload = await self._receive.receive()
        except anyio.EndOfStream:
            raise MediaStreamError from None
        self._next_s = max(self._next_s + self._interval_s, time.monotonic())
        await anyio.sleep(max(0, self._next_s - time.monotonic()))
        packet = av.Packet(payload)
        packet.pts, packet.time_base = self._pts, Fraction(1, 48_000)
        self._pts += 960
        return packet

    def stop(self) -> None:
        self._send.close()
        super().stop()


class Wire:
    """Between a socket and the network: drops and delays media packets, by chance from a seed. The rest passes."""

    def __init__(self, transport: Any, *, seed: int, loss: float, reorder: float) -> None:
        self._transport = transport
        self._chance = random.Random(seed)
        self._loss, self._reorder = loss, reorder
        self._late: list[tuple[bytes, Any]] = []
        self.lost = 0

    def sendto(self, data: bytes, address: Any) -> None:
        if not 127 < data[0] < 192 or 192 <= data[1] <= 223:
            self._transport.sendto(data, address)
        elif self._chance.random() < self._loss:
            self.lost += 1
        elif not self._late and self._chance.random() < self._reorder:
            self._late.append((data, address))
        else:
            self._transport.sendto(data, address)
            for late in self._late:
                self._transport.sendto(*late)
            self._late.clear()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@dataclass
class WebRtcDevice:
    """texts: what came over the data channel. heard: the voice, mono at 48 kHz, as a plain receiver decodes it."""

    pc: RTCPeerConnection
    mouth: Mouth
    channel: RTCDataChannel
    texts: list[str] = field(default_factory=list[str])
    heard: list[Samples] = field(default_factory=list[Samples])

    async def wait_ready(self) -> None:
        await until(lambda: self.channel.readyState == "open")

    def send(self, text: str) -> None:
        self.channel.send(text)

    def say(self, samples: Samples) -> None:
        self.mouth.say(samples)

    def hearing(self, last_ms: int = 200) -> float:
        """How loud the voice was lately."""
        return loudness(np.concatenate(self.heard)[-48 * last_ms :]) if self.heard else 0.0

    async def leave(self) -> None:
        await self.pc.close()

    async def vanish(self) -> None:
        """Stop existing, as a killed browser does: not a word, and the sockets are gone."""
        for protocol in self._sockets():
            protocol.transport.abort()
            protocol.transport = _Nowhere()

    def lossy(self, *, seed: int, loss: float, reorder: float) -> list[Wire]:
        wires: list[Wire] = []
        for protocol in self._sockets():
            wires.append(Wire(protocol.transport, seed=seed, loss=loss, reorder=reorder))
            protocol.transport = wires[-1]
        return wires

    def _sockets(self) -> list[Any]:
        return cast(Any, self.pc.getTransceivers()[0].receiver.transport.transport)._connection._protocols


class _Nowhere:
    def sendto(self, data: bytes, address: Any) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


@asynccontextmanager
async def offering(*, microphone: bool = True, interval_s: float = 0.02) -> AsyncGenerator[tuple[WebRtcDevice, str]]:
    """A device and its offer."""
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    device = WebRtcDevice(pc, Mouth(interval_s), pc.createDataChannel("events"))
    device.channel.on("message", device.texts.append)
    if microphone:
        pc.addTrack(device.mouth)
    else:
        pc.addTransceiver("audio", direction="recvonly")
    tracks: list[MediaStreamTrack] = []
    pc.on("track", tracks.append)
    await pc.setLocalDescription(await pc.createOffer())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_listen, tracks, device.heard)
        try:
            yield device, pc.localDescription.sdp
        finally:
            tasks.cancel_scope.cancel()
            with anyio.move_on_after(1, shield=True):
                await pc.close()


async def _listen(tracks: list[MediaStreamTrack], heard: list[Samples]) -> None:
    await until(lambda: bool(tracks), within_s=60)
    while True:
        try:
            frame = cast(av.AudioFrame, await cast(Any, tracks[0]).recv())
        except MediaStreamError:
            return
        heard.append(cast(Samples, frame.to_ndarray()).reshape(-1)[::2].copy())  # one side of interleaved stereo


@asynccontextmanager
async def connected(
    transport: WebRtcTransport, *, room: str = "room", microphone: bool = True, edit: Callable[[str], str] = str
) -> AsyncGenerator[tuple[WebRtcDevice, AiortcConnection]]:
    """A device that has the answer to its offer; it connects when the connection is pumped. edit: changes the offer."""
    async with offering(microphone=microphone) as (device, offer):
        answer, connection = await transport.answer(edit(offer), room=room)
        try:
            await device.pc.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            yield device, connection
        finally:
            await connection.close()


def only_loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    """For aioice's `get_host_addresses`: a machine without a network."""
    return ["127.0.0.1"] if use_ipv4 else []


def devices_use_loopback() -> None:
    ice.get_host_addresses = only_loopback


async def until(true: Callable[[], bool], *, within_s: float = 5) -> None:
    with anyio.fail_after(within_s):
        while not true():  # noqa: ASYNC110 - the other end of a real connection tells by no event
            await anyio.sleep(0.005)
