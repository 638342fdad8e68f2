"""WebRTC over real sockets: with aiortc's peer connection at the far end, and with a browser."""

import asyncio
import math
import os
import signal
import subprocess
import threading
import time
import wave
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, cast

import anyio
import numpy as np
import pytest
from playwright.async_api import Browser, Page, async_playwright
from tests.parts import need
from tests.webrtc import (
    LOOPBACK,
    connected,
    devices_use_loopback,
    offering,
    play,
    speechlike,
    through_opus,
    tone,
    until,
    voice_frames,
)

from vivavoce.domain.errors import Invalid, Unavailable
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, Samples
from vivavoce.transports.aiortc import AiortcConnection, Limits, WebRtcTransport

pytestmark = pytest.mark.anyio


@dataclass
class Room:
    """What a pump brought. end: None while it runs; lost_at_s: monotonic, when it raised."""

    frames: list[AudioFrame] = field(default_factory=list[AudioFrame])
    texts: list[str] = field(default_factory=list[str])
    end: str | None = None
    ended_at_s: float = 0.0

    async def pump(self, connection: AiortcConnection) -> None:
        try:
            await connection.pump(on_audio=self.frames.append, on_text=self.texts.append)
            self.end = "closed"
        except ConnectionLost as lost:
            self.end = f"lost: {lost}"
        self.ended_at_s = time.monotonic()

    def heard(self) -> Samples:
        return np.concatenate([frame.samples for frame in self.frames])


@pytest.fixture(autouse=True)
def loopback() -> None:
    devices_use_loopback()


@pytest.fixture
async def transport() -> AsyncGenerator[WebRtcTransport]:
    one = WebRtcTransport(LOOPBACK)
    yield one
    await one.aclose()
    assert one.connections == 0


# --- aiortc at the far end --------------------------------------------------------------------------


async def test_everybody_in_a_room_hears_the_same_voice(transport: WebRtcTransport) -> None:
    async with (
        connected(transport) as (ana, to_ana),
        connected(transport, microphone=False) as (ben, to_ben),
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(Room().pump, to_ana)
        tasks.start_soon(Room().pump, to_ben)
        await ana.wait_ready()
        await ben.wait_ready()
        for frame in voice_frames(tone(300, 1000, 24_000)):
            to_ana.play(frame)
            to_ben.play(frame)
            await anyio.sleep(0.02)
        assert ana.hearing() == pytest.approx(8000 / math.sqrt(2), rel=0.3)
        assert ben.hearing() == pytest.approx(ana.hearing(), rel=0.1)
        tasks.cancel_scope.cancel()


async def test_loss_and_disorder_on_the_wire_are_mended(transport: WebRtcTransport) -> None:
    room, spoken = Room(), speechlike(4000)
    async with connected(transport) as (device, connection), anyio.create_task_group() as tasks:
        tasks.start_soon(room.pump, connection)
        await device.wait_ready()
        wires = device.lossy(seed=5, loss=0.1, reorder=0.1)
        device.say(spoken)
        await until(lambda: bool(room.frames) and room.frames[-1].start >= 16 * 3900, within_s=8)
        await connection.close()
        assert 10 <= sum(wire.lost for wire in wires) <= 30  # of 200
    for before, after in pairwise(room.frames):
        assert after.start == before.start + len(before.samples)
    assert likeness(room.heard(), through_opus(spoken)[: 16 * 3500]) > 0.97


async def test_an_offer_needs_no_candidates(transport: WebRtcTransport) -> None:
    def strip(offer: str) -> str:
        lines = offer.splitlines(keepends=True)
        return "".join(line for line in lines if "candidate" not in line)

    room = Room()
    async with connected(transport, edit=strip) as (device, connection), anyio.create_task_group() as tasks:
        tasks.start_soon(room.pump, connection)
        await device.wait_ready()
        await connection.close()


async def test_all_addresses_are_offered_when_none_is_configured() -> None:
    transport = WebRtcTransport()
    async with offering() as (_, offer):
        answer, connection = await transport.answer(offer, room="room")
        assert "typ host" in answer
        await connection.close()


async def test_sixty_connections_come_and_go_without_a_trace(transport: WebRtcTransport) -> None:
    async def visit() -> None:
        async with connected(transport) as (device, connection), anyio.create_task_group() as tasks:
            tasks.start_soon(Room().pump, connection)
            await device.wait_ready()
            await connection.close()

    def traces() -> tuple[int, int, int]:
        return len(asyncio.all_tasks()), threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    await visit()
    before = traces()
    for _ in range(60):
        await visit()
    await until(lambda: all(now <= then for now, then in zip(traces(), before, strict=True)))
    assert transport.connections == 0


async def test_more_than_the_limit_are_turned_away_until_one_leaves() -> None:
    transport = WebRtcTransport(replace(LOOPBACK, max_connections=1))
    async with offering() as (_, offer):
        _, first = await transport.answer(offer, room="room")
        with pytest.raises(Unavailable, match="1 WebRTC connections"):
            await transport.answer(offer, room="room")
        await first.close()
        _, second = await transport.answer(offer, room="room")
        await second.close()


async def test_an_offer_that_makes_no_sense_takes_no_place(transport: WebRtcTransport) -> None:
    with pytest.raises(Invalid):
        await transport.answer("v=0\r\nm=audio", room="room")
    assert transport.connections == 0


async def test_without_a_port_to_listen_on_it_says_so() -> None:
    transport = WebRtcTransport(replace(LOOPBACK, hosts=("192.0.2.77",)))
    async with offering() as (_, offer):
        with pytest.raises(Unavailable, match="no network address"):
            await transport.answer(offer, room="room")
    assert transport.connections == 0


async def test_a_device_that_never_comes_is_lost() -> None:
    transport = WebRtcTransport(replace(LOOPBACK, limits=Limits(connect_s=0.3)))
    room = Room()
    async with offering() as (_, offer):
        _, connection = await transport.answer(offer, room="room")
        await room.pump(connection)
        await connection.close()
    assert room.end == "lost: the device did not connect in time"


async def test_a_connection_may_be_closed_before_the_device_comes(transport: WebRtcTransport) -> None:
    for waits_s in (0.0, 0.05):
        room = Room()
        async with offering() as (_, offer):
            _, connection = await transport.answer(offer, room="room")
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(room.pump, connection)
                await anyio.sleep(waits_s)
                await connection.close()
            await Room().pump(connection)
        assert room.end == "closed"


async def test_a_device_too_slow_for_its_messages_is_dropped() -> None:
    transport = WebRtcTransport(replace(LOOPBACK, limits=Limits(unsent_bytes=10_000)))
    room = Room()
    async with connected(transport) as (device, connection), anyio.create_task_group() as tasks:
        tasks.start_soon(room.pump, connection)
        await device.wait_ready()
        for _ in range(20):
            connection.send("x" * 1000)
        await until(lambda: room.end is not None)
    assert room.end == "lost: the device is too slow for what it is sent"


async def test_messages_from_before_the_channel_is_open_are_kept(transport: WebRtcTransport) -> None:
    room = Room()
    async with connected(transport) as (device, connection), anyio.create_task_group() as tasks:
        connection.send("first")
        tasks.start_soon(room.pump, connection)
        await device.wait_ready()
        connection.send("second")
        await until(lambda: device.texts == ["first", "second"])
        await connection.close(4409, "over")
        await until(lambda: len(device.texts) == 3)
    assert device.texts[2] == '{"type": "closed", "code": 4409, "reason": "over"}'


async def test_stopping_the_transport_closes_what_is_open() -> None:
    transport = WebRtcTransport(LOOPBACK)
    rooms = [Room(), Room()]
    async with (
        connected(transport) as (ana, to_ana),
        connected(transport) as (ben, to_ben),
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(rooms[0].pump, to_ana)
        tasks.start_soon(rooms[1].pump, to_ben)
        await ana.wait_ready()
        await ben.wait_ready()
        begin = time.monotonic()
        await transport.aclose()
        assert time.monotonic() - begin < 1
    assert [room.end for room in rooms] == ["closed", "closed"]
    assert '"code": 1001' in ana.texts[-1]


@pytest.mark.parametrize("anyio_backend", [("asyncio", {"use_uvloop": True})], ids=["uvloop"])
async def test_the_servers_own_event_loop_will_do(transport: WebRtcTransport) -> None:
    room = Room()
    async with connected(transport) as (device, connection), anyio.create_task_group() as tasks:
        tasks.start_soon(room.pump, connection)
        await device.wait_ready()
        device.say(tone(300, 400))
        await play(connection, voice_frames(tone(300, 800, 24_000)))
        assert device.hearing() > 4000
        assert len(room.frames) > 15
        await connection.close()


# --- a browser --------------------------------------------------------------------------------------

CHROMIUM_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
)
PAGE: Final = """<audio id="voice" autoplay></audio><script>
async function call(withMicrophone) {
  const pc = window.pc = new RTCPeerConnection();
  const channel = window.channel = pc.createDataChannel('events');
  window.texts = [];
  channel.onmessage = (event) => texts.push(event.data);
  if (withMicrophone) {
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    pc.addTrack(stream.getAudioTracks()[0], stream);
  } else {
    pc.addTransceiver('audio', { direction: 'recvonly' });
  }
  pc.ontrack = ({ streams }) => {
    document.getElementById('voice').srcObject = streams[0];
    const context = new AudioContext({ sampleRate: 48000 });
    window.analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(streams[0]).connect(analyser);
  };
  await pc.setLocalDescription(await pc.createOffer());
  await pc.setRemoteDescription({ type: 'answer', sdp: await answer(pc.localDescription.sdp) });
  await new Promise((resolve) => { channel.onopen = resolve; });
  channel.send('hello from the page');
}
function listen() {
  const wave = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(wave);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(spectrum);
  return {
    rms: Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length),
    hz: spectrum.indexOf(Math.max(...spectrum)) * 48000 / analyser.fftSize,
  };
}
async function received() {
  for (const report of (await pc.getStats()).values())
    if (report.type === 'inbound-rtp' && report.kind === 'audio') return report;
}
</script>"""


@dataclass
class BrowserCall:
    page: Page
    room: Room
    connection: AiortcConnection


@asynccontextmanager
async def browser(microphone: Path | None = None) -> AsyncGenerator[Browser]:
    flags = [*CHROMIUM_FLAGS, *([f"--use-file-for-fake-audio-capture={microphone}"] if microphone else [])]
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=need("chromium"), args=flags)
        yield chromium
        if chromium.is_connected():
            await chromium.close()


@asynccontextmanager
async def page_call(
    chromium: Browser, transport: WebRtcTransport, *, microphone: bool = True
) -> AsyncGenerator[BrowserCall]:
    """A page in a call, its data channel open. Secure as browsers ask for microphones: localhost, served from here."""
    room, connections = Room(), list[AiortcConnection]()
    page = await chromium.new_page()
    await page.route("http://localhost/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    await page.goto("http://localhost/")
    async with anyio.create_task_group() as tasks:

        async def answer(offer: str) -> str:
            sdp, connection = await transport.answer(offer, room="room")
            connections.append(connection)
            tasks.start_soon(room.pump, connection)
            return sdp

        await cast(Any, page).expose_function("answer", answer)
        await page.evaluate("withMicrophone => call(withMicrophone)", microphone)
        yield BrowserCall(page, room, connections[0])
        await connections[0].close()


def likeness(heard: Samples, spoken: Samples) -> float:
    """The correlation of what was spoken with the part of what was heard that is most like it."""
    size = 1 << (len(heard) + len(spoken)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(spoken, size))
    at = int(np.argmax(np.fft.irfft(product, size)[: len(heard) - len(spoken)]))
    return float(np.corrcoef(heard[at : at + len(spoken)], spoken)[0, 1])


@pytest.fixture
def spoken(tmp_path: Path) -> tuple[Path, Samples]:
    """A sentence as a WAV at 16 kHz."""
    path = tmp_path / "spoken.wav"
    sentence = "There are three things that I want to finish before Friday."
    subprocess.run([need("flite"), "-voice", "slt", "-t", sentence, "-o", path], check=True)
    with wave.open(str(path)) as file:
        assert file.getframerate() == 16_000
        return path, np.frombuffer(file.readframes(file.getnframes()), np.int16)


async def test_a_browsers_microphone_is_heard(transport: WebRtcTransport, spoken: tuple[Path, Samples]) -> None:
    path, samples = spoken
    async with browser(path) as chromium, page_call(chromium, transport) as call:
        await until(lambda: bool(call.room.frames), within_s=10)
        await until(lambda: call.room.frames[-1].start > 2 * len(samples) + 16_000, within_s=20)
        assert likeness(call.room.heard(), samples) > 0.8


async def test_a_browser_hears_the_voice_and_a_pause_costs_it_no_delay(transport: WebRtcTransport) -> None:
    delays_ms: list[float] = []
    async with browser() as chromium, page_call(chromium, transport, microphone=False) as call:
        for at_ms in (0, 2500, 5000):
            await play(call.connection, voice_frames(tone(440, 1000, 24_000), at_ms=at_ms))
            sound = await call.page.evaluate("listen()")
            assert sound["rms"] > 0.1  # it went at 0.17
            assert sound["hz"] == pytest.approx(440, abs=12)
            call.connection.flush()
            await anyio.sleep(0.5)
            assert (await call.page.evaluate("listen()"))["rms"] < 0.01
            delays_ms.append(buffered_ms(await call.page.evaluate("received()")))
            await anyio.sleep(1.0)
        assert (await call.page.evaluate("received()"))["packetsLost"] == 0
    assert delays_ms[-1] < delays_ms[0] + 100  # 73 and 58 where nothing else runs; the pauses are 1500


def buffered_ms(received: Mapping[str, Any]) -> float:
    """How long sound waited in the page's jitter buffer, on average since the call began."""
    return 1000 * received["jitterBufferDelay"] / received["jitterBufferEmittedCount"]


async def test_words_go_both_ways_between_a_page_and_its_room(transport: WebRtcTransport) -> None:
    async with browser() as chromium, page_call(chromium, transport, microphone=False) as call:
        await until(lambda: call.room.texts == ["hello from the page"])
        call.connection.send('{"type": "welcome"}')
        await call.page.wait_for_function('texts.includes(\'{"type": "welcome"}\')')
        begin = time.monotonic()
        await call.connection.close(1000, "over")
        assert time.monotonic() - begin < 0.6  # 0.15 where nothing else runs
        await call.page.wait_for_function("channel.readyState === 'closed'")
        assert '"code": 1000' in (await call.page.evaluate("texts"))[-1]


@pytest.mark.parametrize("goodbye", ["pc.close()", "location.href = 'about:blank'"])
async def test_a_page_that_leaves_is_noticed_at_once(transport: WebRtcTransport, goodbye: str) -> None:
    async with browser() as chromium, page_call(chromium, transport, microphone=False) as call:
        begin = time.monotonic()
        await call.page.evaluate(goodbye)
        await until(lambda: call.room.end is not None, within_s=1)
        assert call.room.end == "closed"
        assert call.room.ended_at_s - begin < 1


async def test_a_browser_that_is_killed_is_noticed_within_five_seconds() -> None:
    transport = WebRtcTransport(replace(LOOPBACK, limits=Limits()))
    async with browser() as chromium, page_call(chromium, transport) as call:
        await until(lambda: len(call.room.frames) > 10)
        devtools = cast(Any, await chromium.new_browser_cdp_session())
        processes: list[dict[str, int]] = (await devtools.send("SystemInfo.getProcessInfo"))["processInfo"]
        begin = time.monotonic()
        for process in processes:
            os.kill(process["id"], signal.SIGKILL)
        await until(lambda: call.room.end is not None, within_s=8)
        assert call.room.end == "lost: nothing arrived from the device for 4.4 s"
        assert call.room.ended_at_s - begin < 5.5  # 4.9 at most, and a busy machine
