"""A device on a WebSocket, without a server."""

import json
from collections import deque
from dataclasses import dataclass, field

import anyio
import numpy as np
import pytest
from anyio.lowlevel import checkpoint
from starlette.types import Message

from vivavoce.api.live.messages import AudioChoice, Rate
from vivavoce.api.ws.connection import WebSocketConnection
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame

pytestmark = pytest.mark.anyio


@dataclass(slots=True, eq=False)
class Wire:
    """The server's side of the WebSocket. While `open` is not set, nothing can be sent."""

    inbox: deque[Message] = field(default_factory=deque[Message])
    arrived: anyio.Event = field(default_factory=anyio.Event)
    sent: list[Message] = field(default_factory=list[Message])
    open: anyio.Event = field(default_factory=anyio.Event)
    broken: bool = False

    async def receive(self) -> Message:
        while not self.inbox:
            self.arrived = anyio.Event()
            await self.arrived.wait()
        return self.inbox.popleft()

    async def send(self, message: Message) -> None:
        await self.open.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    def bring(self, *messages: Message) -> None:
        self.inbox.extend(messages)
        self.arrived.set()

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.sent if "text" in message]

    @property
    def voice(self) -> list[bytes]:
        return [message["bytes"] for message in self.sent if "bytes" in message]


class Talk:
    """A connection that is pumped, and what it heard."""

    def __init__(self, *, open: bool = True, audio: AudioChoice | None = None) -> None:
        self.wire = Wire()
        if open:
            self.wire.open.set()
        self.connection = WebSocketConnection(self.wire.receive, self.wire.send, close_s=0.01)
        if audio is not None:
            self.connection.configure(audio)
        self.frames: list[AudioFrame] = []
        self.texts: list[str] = []
        self.lost: str | None = None
        self.over = False

    async def pump(self) -> None:
        try:
            await self.connection.pump(on_audio=self.frames.append, on_text=self.texts.append)
        except ConnectionLost as error:
            self.lost = str(error)
        self.over = True

    def hang_up(self, code: int = 1000) -> None:
        self.wire.bring({"type": "websocket.disconnect", "code": code})


def pcm(samples: int, first: int = 0) -> bytes:
    return np.arange(first, first + samples, dtype="<i2").tobytes()


def voice(number: int, rate_hz: int = 24_000) -> VoiceFrame:
    return VoiceFrame(np.full(rate_hz // 50, number, np.int16), rate_hz, number * 20)


async def settled() -> None:
    """Until every task had its turn; all here wait for each other only."""
    for _ in range(10):
        await checkpoint()


async def test_sound_arrives_as_frames_that_follow_each_other() -> None:
    talk = Talk(audio=AudioChoice(up_hz=48000))
    talk.wire.bring(*({"type": "websocket.receive", "bytes": pcm(960, 960 * n)} for n in range(3)))
    talk.hang_up()
    await talk.pump()
    assert [(frame.rate_hz, frame.start, len(frame.samples)) for frame in talk.frames] == [
        (48_000, 0, 960),
        (48_000, 960, 960),
        (48_000, 1920, 960),
    ]
    assert talk.frames[2].samples[0] == 1920
    assert talk.lost is None


@pytest.mark.parametrize("content", [b"", b"\0", b"\0" * 641, b"\0" * 6402], ids=["empty", "one", "odd", "too long"])
async def test_what_is_no_sound_is_refused_and_the_connection_goes_on(content: bytes) -> None:
    talk = Talk(audio=AudioChoice(up_hz=16000))
    talk.wire.bring({"type": "websocket.receive", "bytes": content}, {"type": "websocket.receive", "bytes": pcm(320)})
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        await settled()
        talk.hang_up()
    assert [json.loads(text)["code"] for text in talk.wire.texts] == ["bad_audio"]
    assert [frame.start for frame in talk.frames] == [0]


async def test_sound_is_refused_where_text_only_was_agreed_on() -> None:
    talk = Talk()
    talk.connection.configure(None)
    talk.wire.bring({"type": "websocket.receive", "bytes": pcm(320)})
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        await settled()
        talk.hang_up()
    assert talk.frames == []
    assert "text only" in talk.wire.texts[0]


async def test_messages_and_voice_go_out_in_order() -> None:
    talk = Talk(audio=AudioChoice())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        for number in range(3):
            talk.connection.send(f"{number}")
            talk.connection.play(voice(number))
        await settled()
        talk.hang_up()
    assert talk.wire.texts == ["0", "1", "2"]
    assert talk.wire.voice == [voice(number).samples.tobytes() for number in range(3)]


async def test_nothing_is_played_to_who_did_not_ask_for_it() -> None:
    talk = Talk()
    talk.connection.configure(None)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        talk.connection.play(voice(1))
        talk.connection.flush()
        await settled()
        talk.hang_up()
    assert talk.wire.sent == []


async def test_a_late_device_loses_the_oldest_voice_and_no_message() -> None:
    talk = Talk(open=False, audio=AudioChoice())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        talk.connection.send("first")
        for number in range(60):
            talk.connection.play(voice(number))
        talk.connection.send("second")
        await settled()
        talk.wire.open.set()
        for _ in range(10):
            await settled()
        talk.hang_up()
    assert talk.wire.texts == ["first", "second"]
    assert [np.frombuffer(one, np.int16)[0] for one in talk.wire.voice] == list(range(10, 60))


async def test_a_flush_forgets_waiting_voice_and_tells_the_device() -> None:
    talk = Talk(open=False, audio=AudioChoice())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        talk.connection.send("first")
        await settled()
        talk.connection.play(voice(1))
        talk.connection.flush()
        talk.connection.play(voice(2))
        talk.wire.open.set()
        await settled()
        talk.hang_up()
    assert talk.wire.texts == ["first", '{"type":"flush"}']
    assert talk.wire.voice == [voice(2).samples.tobytes()]


async def test_a_device_that_lets_messages_pile_up_is_closed_with_4429() -> None:
    talk = Talk(open=False)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        await settled()
        for number in range(3000):
            talk.connection.send(f"{number}")
        await settled()
        assert talk.lost is not None
        talk.wire.open.set()
        await talk.connection.close(1000, "other reasons come second")
    assert talk.wire.sent[-1]["code"] == 4429


async def test_a_device_that_takes_nothing_in_does_not_hold_the_close_up() -> None:
    talk = Talk(open=False)
    talk.connection.send("never arrives")
    with anyio.fail_after(5):
        await talk.connection.close()
    assert talk.wire.sent == []


async def test_closing_sends_what_is_queued_first_and_may_be_repeated() -> None:
    talk = Talk(audio=AudioChoice())
    talk.connection.send("goodbye")
    talk.connection.play(voice(1))
    await talk.connection.close(1000, "over")
    await talk.connection.close(1011)
    assert [message["type"] for message in talk.wire.sent] == ["websocket.send", "websocket.send", "websocket.close"]
    assert (talk.wire.sent[-1]["code"], talk.wire.sent[-1]["reason"]) == (1000, "over")


@pytest.mark.parametrize(("code", "lost"), [(1000, False), (1001, False), (1005, False), (1006, True), (1012, True)])
async def test_how_it_was_closed_tells_a_device_that_left_from_one_that_was_lost(code: int, lost: bool) -> None:
    talk = Talk()
    talk.hang_up(code)
    await talk.pump()
    assert (talk.lost is not None) == lost
    await talk.connection.close()
    assert talk.wire.sent == []


async def test_a_wire_that_breaks_while_sending_ends_with_the_disconnect() -> None:
    talk = Talk()
    talk.wire.broken = True
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        talk.connection.send("lost")
        await settled()
        talk.hang_up(1006)
    assert talk.lost is not None


async def test_whoever_sends_much_can_wait_until_it_was_taken_in() -> None:
    talk = Talk(open=False)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        for number in range(600):
            talk.connection.send(f"{number}")
        drained = anyio.Event()

        async def wait() -> None:
            await talk.connection.wait_drained()
            drained.set()

        tasks.start_soon(wait)
        await settled()
        assert not drained.is_set()
        talk.wire.open.set()
        for _ in range(100):
            await settled()
        assert drained.is_set()
        await talk.connection.wait_drained()
        talk.hang_up()
    assert talk.wire.texts == [f"{number}" for number in range(600)]


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
async def test_voice_is_brought_to_the_rate_that_was_asked_for(rate_hz: Rate) -> None:
    talk = Talk(audio=AudioChoice(up_hz=rate_hz, down_hz=rate_hz))
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(24_000) / 24_000)).astype(np.int16)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.pump)
        for number in range(50):
            talk.connection.play(VoiceFrame(tone[number * 480 : (number + 1) * 480], 24_000, number * 20))
            await settled()
        talk.hang_up()
    assert {len(one) for one in talk.wire.voice} == {rate_hz // 50 * 2}
    heard = np.frombuffer(b"".join(talk.wire.voice), np.int16)
    assert rate_hz * 0.9 < len(heard) <= rate_hz
    spectrum = np.abs(np.fft.rfft(heard.astype(np.float64)))
    assert abs(int(np.argmax(spectrum)) * rate_hz / len(heard) - 440) < 2
    assert abs(np.sqrt(np.mean(heard.astype(np.float64) ** 2)) - 8000 / np.sqrt(2)) < 200
