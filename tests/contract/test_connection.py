"""What every implementation of engine.ports.Connection does. One suite, run over each of them.

Another transport joins with an entry in `WIRINGS`: a context manager that gives a device and the connection to it.
"""

import math
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import anyio
import numpy as np
import pytest
from starlette.types import Message
from tests import webrtc
from tests.webrtc import tone, until, voice_frames

from vivavoce.api.live.messages import AudioChoice
from vivavoce.api.ws.connection import WebSocketConnection
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Connection, ConnectionLost, Samples
from vivavoce.transports.aiortc import WebRtcTransport
from vivavoce.transports.memory import MemoryConnection

pytestmark = pytest.mark.anyio


class Device(Protocol):
    """The far end. texts: what it was sent, in order."""

    @property
    def texts(self) -> list[str]: ...

    async def wait_ready(self) -> None:
        """Wait until it can send; its connection is being pumped."""
        ...

    def send(self, text: str) -> None: ...

    def say(self, samples: Samples) -> None:
        """Speak: mono at 16 kHz, whole 20 ms, no slower than in real time."""
        ...

    def hearing(self) -> float:
        """RMS of the last fifth of a second of the voice as it arrived, at full scale 32767."""
        ...

    async def leave(self) -> None:
        """Close properly."""
        ...

    async def vanish(self) -> None:
        """Be gone without a word. The wiring's connection must notice within two seconds."""
        ...


Wired = tuple[Device, Connection]


@asynccontextmanager
async def aiortc() -> AsyncGenerator[Wired]:
    webrtc.devices_use_loopback()
    transport = WebRtcTransport(webrtc.LOOPBACK)
    async with webrtc.connected(transport) as wired:
        yield wired


@dataclass
class MemoryDevice:
    connection: MemoryConnection
    said: int = 0  # samples

    @property
    def texts(self) -> list[str]:
        return self.connection.texts

    async def wait_ready(self) -> None: ...

    def send(self, text: str) -> None:
        self.connection.write(text)

    def say(self, samples: Samples) -> None:
        for frame in samples.reshape(-1, webrtc.FRAME):
            self.connection.speak(AudioFrame(frame, webrtc.RATE_HZ, self.said))
            self.said += len(frame)

    def hearing(self) -> float:
        lately = self.connection.played[-10:]
        return webrtc.loudness(np.concatenate([frame.samples for frame in lately])) if lately else 0.0

    async def leave(self) -> None:
        self.connection.leave()

    async def vanish(self) -> None:
        self.connection.vanish()


@asynccontextmanager
async def memory() -> AsyncGenerator[Wired]:
    connection = MemoryConnection()
    yield MemoryDevice(connection), connection


class SocketDevice:
    """The far end of a WebSocket, on plain ASGI messages."""

    def __init__(self) -> None:
        self._up, self._arriving = anyio.create_memory_object_stream[Message](math.inf)
        self.texts: list[str] = []
        self._voice: list[bytes] = []

    async def receive(self) -> Message:
        return await self._arriving.receive()

    async def take(self, message: Message) -> None:
        if message.get("text") is not None:
            self.texts.append(message["text"])
        elif message.get("bytes") is not None:
            self._voice.append(message["bytes"])
        elif message["type"] == "websocket.close":
            self._up.send_nowait({"type": "websocket.disconnect", "code": message["code"]})

    async def wait_ready(self) -> None: ...

    def send(self, text: str) -> None:
        self._up.send_nowait({"type": "websocket.receive", "text": text})

    def say(self, samples: Samples) -> None:
        for frame in samples.reshape(-1, webrtc.FRAME):
            self._up.send_nowait({"type": "websocket.receive", "bytes": frame.tobytes()})

    def hearing(self) -> float:
        return webrtc.loudness(np.frombuffer(b"".join(self._voice[-10:]), np.int16)) if self._voice else 0.0

    async def leave(self) -> None:
        self._up.send_nowait({"type": "websocket.disconnect", "code": 1000})

    async def vanish(self) -> None:
        self._up.send_nowait({"type": "websocket.disconnect", "code": 1006})


@asynccontextmanager
async def websocket() -> AsyncGenerator[Wired]:
    device = SocketDevice()
    connection = WebSocketConnection(device.receive, device.take)
    connection.configure(AudioChoice(up_hz=webrtc.RATE_HZ, down_hz=24_000))
    yield device, connection


WIRINGS: dict[str, Callable[[], AbstractAsyncContextManager[Wired]]] = {
    "memory": memory,
    "websocket": websocket,
    "webrtc": aiortc,
}


@dataclass
class Heard:
    """What came out of a pump. end: None while it runs, then True, or the exception it raised."""

    frames: list[AudioFrame] = field(default_factory=list[AudioFrame])
    texts: list[str] = field(default_factory=list[str])
    end: bool | Exception | None = None

    async def pump(self, connection: Connection) -> None:
        try:
            await connection.pump(on_audio=self.frames.append, on_text=self.texts.append)
            self.end = True
        except ConnectionLost as lost:
            self.end = lost


@dataclass
class Call:
    device: Device
    connection: Connection
    heard: Heard

    async def say_hello(self) -> None:
        """The device speaks first, as the protocol asks: from here on both ways are open."""
        await self.device.wait_ready()
        self.device.send("hello")
        await until(lambda: self.heard.texts[:1] == ["hello"])
        self.heard.texts.clear()


@pytest.fixture(params=list(WIRINGS))
async def call(request: pytest.FixtureRequest) -> AsyncGenerator[Call]:
    async with WIRINGS[request.param]() as (device, connection), anyio.create_task_group() as tasks:
        one = Call(device, connection, Heard())
        tasks.start_soon(one.heard.pump, connection)
        await one.say_hello()
        yield one
        await connection.close()
        await until(lambda: one.heard.end is not None)


async def test_words_reach_the_room_in_order(call: Call) -> None:
    sent = [f'{{"n": {number}, "text": "größe"}}' for number in range(50)]
    for text in sent:
        call.device.send(text)
    await until(lambda: len(call.heard.texts) == 50)
    assert call.heard.texts == sent


async def test_words_reach_the_device_in_order(call: Call) -> None:
    sent = [f'{{"n": {number}, "text": "größe"}}' for number in range(50)]
    for text in sent:
        call.connection.send(text)
    await until(lambda: len(call.device.texts) == 50)
    assert call.device.texts == sent


async def test_a_long_message_comes_whole(call: Call) -> None:
    text = "x" * 40_000
    call.connection.send(text)
    call.device.send(text)
    await until(lambda: call.device.texts == [text] and call.heard.texts == [text])


async def test_the_microphone_comes_as_frames_of_one_media_clock(call: Call) -> None:
    call.device.say(tone(300, 600))
    await until(lambda: sum(len(f.samples) / f.rate_hz for f in call.heard.frames) > 0.55)
    frames = call.heard.frames
    for frame in frames:
        assert frame.samples.dtype == np.int16
        assert frame.samples.ndim == 1
        assert frame.rate_hz == frames[0].rate_hz
    starts = [frame.start for frame in frames]
    assert starts == [sum(len(f.samples) for f in frames[:n]) for n in range(len(frames))]
    middle = np.concatenate([frame.samples for frame in frames[5:-3]])
    assert webrtc.loudness(middle) == pytest.approx(8000 / np.sqrt(2), rel=0.2)


async def test_the_voice_is_heard(call: Call) -> None:
    assert call.device.hearing() < 10
    for frame in voice_frames(tone(300, 1000, 24_000)):
        call.connection.play(frame)
        await anyio.sleep(0.02)
    assert call.device.hearing() == pytest.approx(8000 / np.sqrt(2), rel=0.3)


async def test_after_a_flush_the_next_words_are_heard(call: Call) -> None:
    call.connection.flush()
    for frame in voice_frames(tone(300, 300, 24_000)):
        call.connection.play(frame)
        await anyio.sleep(0.02)
    call.connection.flush()
    for frame in voice_frames(tone(300, 1000, 24_000), at_ms=600):
        call.connection.play(frame)
        await anyio.sleep(0.02)
    assert call.device.hearing() == pytest.approx(8000 / np.sqrt(2), rel=0.3)


async def test_what_was_sent_before_a_close_still_arrives(call: Call) -> None:
    call.connection.send("goodbye")
    await call.connection.close(1000, "over")
    await until(lambda: call.device.texts[:1] == ["goodbye"])
    await until(lambda: call.heard.end is not None)
    assert call.heard.end is True


async def test_closing_is_quick_and_may_be_repeated(call: Call) -> None:
    with anyio.fail_after(1):
        await call.connection.close()
        await call.connection.close(1001, "again")


async def test_a_closed_connection_takes_everything_without_complaint(call: Call) -> None:
    await call.connection.close()
    call.connection.send("too late")
    call.connection.play(voice_frames(tone(300, 20, 24_000))[0])
    call.connection.flush()


async def test_the_pump_returns_when_the_device_leaves(call: Call) -> None:
    await call.device.leave()
    await until(lambda: call.heard.end is not None, within_s=1)
    assert call.heard.end is True


async def test_the_pump_raises_when_the_device_is_gone(call: Call) -> None:
    await call.device.vanish()
    await until(lambda: call.heard.end is not None, within_s=2)
    assert isinstance(call.heard.end, ConnectionLost)


@pytest.mark.parametrize("wiring", list(WIRINGS))
@pytest.mark.parametrize("what", ["audio", "text"])
async def test_what_a_callback_raises_comes_out_of_the_pump(wiring: str, what: str) -> None:
    def break_(_: object) -> None:
        raise ZeroDivisionError

    def take(_: object) -> None: ...

    async with WIRINGS[wiring]() as (device, connection), anyio.create_task_group() as tasks:
        tasks.start_soon(_speak_when_open, device)
        with pytest.raises(ZeroDivisionError), anyio.fail_after(5):
            await connection.pump(
                on_audio=break_ if what == "audio" else take, on_text=break_ if what == "text" else take
            )
        tasks.cancel_scope.cancel()


async def _speak_when_open(device: Device) -> None:
    device.say(tone(300, 2000))
    await device.wait_ready()
    device.send("hello")
