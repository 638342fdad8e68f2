"""How many WebRTC sessions one core carries, at the wire.

    python -m bench.webrtc_sessions [--sessions 1,20,40,60] [--seconds 15] [--one-room | --stock]

The server has the first core for itself, the devices have the second. Every session receives speech and sends it: 50
packets a second each way, Opus, encrypted. Each session is a room of its own with its own encoder; with --one-room all
devices are in one room and hear the same voice, encoded once. Devices send packets encoded beforehand and count what
they get, without decoding; each also pings on its data channel every 2 s. No engine runs: this is the transport alone.

With --stock the server is aiortc's own peer connection, as its manual uses it: tracks of frames that it decodes and
encodes.

`core`: CPU time of the server's process. `gap`: between two packets of the voice at the device; due every 20 ms.
"""

# pyright: reportPrivateUsage=false

import argparse
import contextlib
import json
import multiprocessing
import os
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from multiprocessing.connection import Connection as Pipe
from typing import Any, Final, cast

import anyio
import anyio.to_thread
import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCDataChannel,
    RTCDataChannelParameters,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from tests.webrtc import FRAME, devices_use_loopback, microphone_encoder, speechlike

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame
from vivavoce.transports.aiortc import AiortcConnection, WebRtcSettings, WebRtcTransport
from vivavoce.transports.aiortc.peer import Peer
from vivavoce.transports.aiortc.rtp import RtpPacket, serialize
from vivavoce.transports.aiortc.sdp import Local, Offer, parse_offer, write_answer

_OPUS: Final = 111
_RATE_HZ: Final = 24_000
_WARM_UP_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """profile: a file for cProfile's figures of the server, or empty."""

    seconds: float
    one_room: bool
    stock: bool
    profile: str


async def beat(each: Callable[[int], None]) -> None:
    """Call with 0, 1, 2, ... every 20 ms, on one clock that does not drift."""
    begin, number = time.monotonic(), 0
    while True:
        await anyio.sleep(max(0, begin + number * 0.02 - time.monotonic()))
        each(number)
        number += 1


# --- the server's process ---------------------------------------------------------------------------


def serve(pipe: Pipe, chosen: Chosen) -> None:
    os.sched_setaffinity(0, {0})
    if chosen.stock:
        anyio.run(_serve_stock, pipe)
    else:
        anyio.run(_serve, pipe, chosen.one_room, chosen.profile)


async def _serve(pipe: Pipe, one_room: bool, profile: str) -> None:
    transport = WebRtcTransport(WebRtcSettings(hosts=("127.0.0.1",), max_connections=1000))
    connections: list[AiortcConnection] = []
    sound = speechlike(4000, _RATE_HZ).reshape(-1, _RATE_HZ // 50)

    def play(number: int) -> None:
        shared = VoiceFrame(sound[number % len(sound)], _RATE_HZ, number * 20)
        for connection in connections:
            connection.play(shared if one_room else VoiceFrame(shared.samples, _RATE_HZ, shared.at_ms))

    def hear(frame: AudioFrame) -> None: ...

    async def pump(connection: AiortcConnection) -> None:
        try:
            await connection.pump(on_audio=hear, on_text=lambda text: connection.send('{"type": "pong"}'))
        except ConnectionLost as lost:
            sys.stderr.write(f"a session was lost: {lost}\n")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(beat, play)
        while (offer := await anyio.to_thread.run_sync(pipe.recv)) is not None:
            if offer == "profile":
                tasks.start_soon(_profile, profile)
                continue
            room = "room" if one_room else secrets.token_hex(4)
            answer, connection = await transport.answer(offer, room=room)
            tasks.start_soon(pump, connection)
            connections.append(connection)
            pipe.send(answer)
        tasks.cancel_scope.cancel()


class StockVoice(MediaStreamTrack):
    """Frames of the room's clock, as aiortc's own sender takes them."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        # half a second: what the sender has not fetched by then is dropped, as the newest
        self._play, self._frames = anyio.create_memory_object_stream[av.AudioFrame](25)

    def play(self, frame: av.AudioFrame) -> None:
        with contextlib.suppress(anyio.WouldBlock):
            self._play.send_nowait(frame)

    async def recv(self) -> av.AudioFrame:
        return await self._frames.receive()


async def _serve_stock(pipe: Pipe) -> None:
    devices_use_loopback()
    voices: list[StockVoice] = []
    sound = speechlike(4000, _RATE_HZ).reshape(-1, _RATE_HZ // 50)

    def play(number: int) -> None:
        for voice in voices:
            frame = av.AudioFrame.from_ndarray(sound[number % len(sound)][None], format="s16", layout="mono")
            frame.sample_rate, frame.time_base, frame.pts = _RATE_HZ, Fraction(1, _RATE_HZ), number * sound.shape[1]
            voice.play(frame)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(beat, play)
        while (offer := await anyio.to_thread.run_sync(pipe.recv)) is not None:
            pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
            voices.append(StockVoice())
            pc.addTrack(voices[-1])
            pc.on("track", partial(tasks.start_soon, _drain))
            pc.on("datachannel", _answer_pings)
            await pc.setRemoteDescription(RTCSessionDescription(offer, "offer"))
            await pc.setLocalDescription(await pc.createAnswer())
            pipe.send(pc.localDescription.sdp)
        tasks.cancel_scope.cancel()


def _answer_pings(channel: RTCDataChannel) -> None:
    def pong(_: str) -> None:
        channel.send('{"type": "pong"}')

    channel.on("message", pong)


async def _drain(track: MediaStreamTrack) -> None:
    with contextlib.suppress(MediaStreamError):
        while True:
            await cast(Any, track).recv()


async def _profile(path: str) -> None:
    import cProfile  # only for a run that asks for it

    profiler = cProfile.Profile()
    profiler.enable()
    await anyio.sleep(8)
    profiler.disable()
    profiler.dump_stats(path)


# --- the devices' process ---------------------------------------------------------------------------


@dataclass
class Device:
    """The far end: our own transport the other way round, so that a core carries enough of them."""

    peer: Peer
    offer: Offer
    packets: list[bytes]
    gaps_ms: list[float] = field(default_factory=list[float])
    last_s: float = 0.0
    sequence: int = 0
    ssrc: int = field(default_factory=lambda: secrets.randbits(32))

    def take(self, _: bytes, rtcp: bool) -> None:
        if not rtcp:
            now_s = time.monotonic()
            if self.last_s:
                self.gaps_ms.append((now_s - self.last_s) * 1000)
            self.last_s = now_s

    def beat(self, number: int) -> None:
        payload = self.packets[number % len(self.packets)]
        packet = RtpPacket(_OPUS, self.sequence & 0xFFFF, number * 960 & 0xFFFFFFFF, self.ssrc, payload)
        self.peer.send_media(serialize(packet, marker=False))
        self.sequence += 1
        if (number + self.ssrc) % 100 == 0:
            self.peer.send_text(json.dumps({"type": "ping"}))


def offer_text(local: Local) -> str:
    """An offer for one microphone and one data channel: an answer to itself, with the roles open."""
    head = ["v=0", "a=group:BUNDLE 0 1", "a=setup:active"]
    transport = [f"a=ice-ufrag:{local.username}", f"a=ice-pwd:{local.password}"]
    transport += [f"a=fingerprint:{algorithm} {value}" for algorithm, value in local.fingerprints]
    audio = [
        f"m=audio 9 UDP/TLS/RTP/SAVPF {_OPUS}",
        "a=mid:0",
        "a=sendrecv",
        "a=rtcp-mux",
        f"a=rtpmap:{_OPUS} opus/48000/2",
    ]
    channel = ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:1", "a=sctp-port:5000"]
    return write_answer(parse_offer("\r\n".join([*head, *audio, *transport, *channel, *transport, ""])), local)


async def connect(pipe: Pipe, packets: list[bytes]) -> Device:
    peer = Peer()
    peer._ice._connection.ice_controlling = True
    candidates = await peer.gather(["127.0.0.1"])
    local = Local(peer.username, peer.password, peer.fingerprints, candidates, secrets.randbits(32), "bench")
    # our answer takes the passive role; the server must find the roles open
    offer = offer_text(local).replace("a=setup:passive", "a=setup:actpass")
    await anyio.to_thread.run_sync(pipe.send, offer)
    answer = await anyio.to_thread.run_sync(pipe.recv)
    device = Device(peer, parse_offer(answer), packets)
    peer.on_media = device.take
    await peer.connect(device.offer)
    channel = RTCDataChannel(peer._sctp, RTCDataChannelParameters(label="events"))
    channel.on("open", lambda: setattr(peer, "_channel", channel))
    return device


@dataclass(frozen=True, slots=True)
class Row:
    sessions: int
    core: float  # of the server, 0..1
    per_second: float  # packets of the voice that a device got
    gaps_ms: tuple[float, float, float]  # p50, p99, largest
    device_core: float  # of the devices: at 1 they are what is measured
    memory_mb: float


async def measure(pipe: Pipe, pid: int, sessions: int, seconds: float, profile: bool) -> Row:
    encoder = microphone_encoder()
    packets = [encoder.encode(frame) for frame in speechlike(4000).reshape(-1, FRAME)]
    devices, row = list[Device](), list[Row]()

    def speak(number: int) -> None:
        for device in devices:
            device.beat(number)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(beat, speak)
        for _ in range(sessions):
            devices.append(await connect(pipe, packets))
        await anyio.sleep(_WARM_UP_S)
        if profile:
            pipe.send("profile")
        row.append(await watch(devices, pid, seconds))
        tasks.cancel_scope.cancel()
    for device in devices:
        await device.peer.close()
    return row[0]


async def watch(devices: list[Device], pid: int, seconds: float) -> Row:
    for device in devices:
        device.gaps_ms.clear()
    begin_s, server, own = time.monotonic(), cpu_s(pid), cpu_s(os.getpid())
    await anyio.sleep(seconds)
    took_s = time.monotonic() - begin_s
    server, own = cpu_s(pid) - server, cpu_s(os.getpid()) - own
    gaps = np.concatenate([device.gaps_ms for device in devices])
    p50, p99, most = np.percentile(gaps, (50, 99, 100))
    rate = len(gaps) / took_s / len(devices)
    return Row(len(devices), server / took_s, rate, (p50, p99, most), own / took_s, memory_mb(pid))


def cpu_s(pid: int) -> float:
    fields = open(f"/proc/{pid}/stat").read().rsplit(") ", 1)[1].split()  # noqa: PTH123, SIM115
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    pages = int(open(f"/proc/{pid}/statm").read().split()[1])  # noqa: PTH123, SIM115
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def run(sessions: int, chosen: Chosen) -> Row:
    """One row, in a fresh server."""
    spawn = multiprocessing.get_context("spawn")
    pipe, far = spawn.Pipe()
    server = spawn.Process(target=serve, args=(far, chosen))
    server.start()
    try:
        return anyio.run(measure, pipe, server.pid or 0, sessions, chosen.seconds, bool(chosen.profile))
    finally:
        server.terminate()
        server.join()


def main() -> None:
    parser = argparse.ArgumentParser(description="WebRTC sessions per core, at the wire")
    parser.add_argument("--sessions", default="1,20,40,60")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--one-room", action="store_true")
    parser.add_argument("--stock", action="store_true", help="aiortc's own peer connection in our place")
    parser.add_argument("--profile", default="", help="file for cProfile's figures of the server")
    given = parser.parse_args()
    chosen = Chosen(given.seconds, given.one_room, given.stock, given.profile)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    out = sys.stdout
    out.write("| sessions | core | per session | packets/s | gap p50 / p99 / max, ms | devices' core | memory, MB |\n")
    out.write("|---|---|---|---|---|---|---|\n")
    for sessions in map(int, given.sessions.split(",")):
        row = run(sessions, chosen)
        p50, p99, most = row.gaps_ms
        out.write(
            f"| {row.sessions} | {row.core:.1%} | {row.core / row.sessions:.2%} | {row.per_second:.1f} "
            f"| {p50:.1f} / {p99:.1f} / {most:.1f} | {row.device_core:.0%} | {row.memory_mb:.0f} |\n"
        )
        out.flush()


if __name__ == "__main__":
    main()
