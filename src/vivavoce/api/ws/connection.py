"""engine.ports.Connection over a WebSocket, on plain ASGI: 100 messages a second of each room go through here.

Up: a binary frame becomes an AudioFrame over the received bytes, without a copy. Down: messages and voice wait in two
bounded queues for one writer. Voice that waits too long loses its oldest (it would be late anyway); messages must not
get lost, so a device that lets them pile up is closed with 4429 and connects again with `after`.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

import anyio
import numpy as np
from starlette.types import Receive, Send

from vivavoce.api.live.messages import AudioChoice, Failure, Flush
from vivavoce.api.ws.voice import DownVoice
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame

_MAX_FRAME_MS: Final = 200
_VOICE_FRAMES: Final = 50  # 1 s; when full the oldest goes
_TEXTS: Final = 2048  # messages that wait; when full, or
_CHARACTERS: Final = 4 * 1024 * 1024  # this long together, the device is closed
_LOW: Final = 256  # waiting messages that count as drained
_TOO_SLOW: Final = (4429, "too slow for what it was sent: connect again")
_CLEAN: Final = frozenset({1000, 1001, 1005})  # the device closed it, or its page went away
_GONE: Final = (OSError, RuntimeError)  # what ASGI servers raise for a message that comes after the end
_FLUSH: Final = Flush().model_dump_json()
_EARLY: Final = AudioFrame(np.zeros(1, np.int16), 16_000, 0)  # stands for sound before hello, which ends a connection


class WebSocketConnection:
    """A WebSocket that was accepted. `pump` runs it; everything else only queues. close_s: for what is still queued."""

    name = "websocket"

    def __init__(self, receive: Receive, send: Send, *, close_s: float = 1.0) -> None:
        self._receive, self._send, self._close_s = receive, send, close_s
        self._texts: deque[str] = deque()
        self._characters = 0
        self._voice: deque[bytes] = deque(maxlen=_VOICE_FRAMES)
        self._wake = asyncio.Event()  # set and cleared 50 times a second: an anyio.Event each time costs 2 µs more
        self._drained: anyio.Event | None = None  # wanted by whoever waits for it
        self._writer_over: anyio.Event | None = None  # while a writer runs
        self._scope = anyio.CancelScope()  # of the pump
        self._ending: tuple[int, str] | None = None
        self._closing: tuple[int, str] | None = None
        self._gone = False
        self._up_hz: int | None = None  # None: no hello yet; 0: text only
        self._start = 0
        self._down: DownVoice | None = None

    def configure(self, audio: AudioChoice | None) -> None:
        """Take and give voice at these rates from now on; None: text only."""
        self._up_hz = audio.up_hz if audio is not None else 0
        self._down = DownVoice(audio.down_hz) if audio is not None else None

    # --- engine.ports.Connection ---

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        """See engine.ports.Connection. Raises ConnectionLost. Call once."""
        code = 1006
        try:
            with self._scope:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(self._write)
                    code = await self._read(on_audio, on_text)
                    self._gone = True
                    tasks.cancel_scope.cancel()
        except ExceptionGroup as group:  # what a callback raised, as it was
            raise group.exceptions[0] from None
        if self._drained is not None:
            self._drained.set()
        if self._ending is not None or code not in _CLEAN:
            raise ConnectionLost(f"closed with {code}")

    def send(self, text: str) -> None:
        """See engine.ports.Connection."""
        if self._ending is not None:
            return
        self._texts.append(text)
        self._characters += len(text)
        if len(self._texts) > _TEXTS or self._characters > _CHARACTERS:
            self._ending = _TOO_SLOW
            self._texts.clear()
            self._voice.clear()
            self._scope.cancel()
        self._wake.set()

    def play(self, frame: VoiceFrame) -> None:
        """See engine.ports.Connection. Before `hello` asked for it there is nobody to play to."""
        if self._down is not None:
            self._voice.extend(self._down.frames(frame))
            self._wake.set()

    def flush(self) -> None:
        """See engine.ports.Connection. The device is told to do the same."""
        self._voice.clear()
        if self._down is not None:
            self._down.reset()
            self.send(_FLUSH)

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """See engine.ports.Connection. A code that the connection found itself comes first."""
        if self._closing is not None:
            return
        self._closing = self._ending or (code, reason)
        with anyio.move_on_after(self._close_s):
            if self._writer_over is not None:
                self._wake.set()
                await self._writer_over.wait()
            if not self._gone:
                await self._write()  # there was no writer, or it was stopped on its way

    async def wait_drained(self) -> None:
        """Until few messages wait, or the device is gone."""
        if len(self._texts) > _LOW and not self._gone:
            self._drained = anyio.Event()
            await self._drained.wait()
            self._drained = None

    # --- up ---

    async def _read(self, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> int:
        """Until the device is gone; with which code it closed."""
        receive = self._receive
        while True:
            message = await receive()
            content = message.get("bytes")
            if content is not None:
                frame = self._frame(content)
                if frame is not None:
                    on_audio(frame)
            elif message["type"] == "websocket.receive":
                on_text(message["text"])
            else:
                return message.get("code", 1005)

    def _frame(self, content: bytes) -> AudioFrame | None:
        """None where it is not what was agreed on: the device is told, and the connection goes on."""
        rate_hz, length = self._up_hz, len(content)
        if rate_hz is None:
            return _EARLY
        if rate_hz == 0:
            return self._refuse("hello asked for text only: connect again with `audio`.")
        if length & 1 or length == 0 or length > rate_hz * _MAX_FRAME_MS // 500:
            return self._refuse(f"A frame holds whole samples of 2 bytes, at least one and at most {_MAX_FRAME_MS} ms.")
        frame = AudioFrame(np.frombuffer(content, "<i2"), rate_hz, self._start)
        self._start += length >> 1
        return frame

    def _refuse(self, detail: str) -> None:
        self.send(Failure(code="bad_audio", detail=detail).model_dump_json())

    # --- down ---

    async def _write(self) -> None:
        """Write what is queued as it comes, until `close`; one at a time."""
        over = self._writer_over = anyio.Event()
        try:
            while True:
                if self._texts or self._voice:
                    await self._write_queued()
                elif self._closing is not None:
                    code, reason = self._closing
                    await self._send({"type": "websocket.close", "code": code, "reason": reason})
                    self._gone = True
                    return
                else:
                    self._wake.clear()
                    await self._wake.wait()
        except _GONE:
            self._gone = True  # the reading side hears of it too, and ends the pump
        finally:
            self._writer_over = None
            over.set()

    async def _write_queued(self) -> None:
        """Messages first. Each leaves the queue once it is written, so that being cancelled loses none."""
        send, texts, voice = self._send, self._texts, self._voice
        while texts or voice:
            if texts:
                await send({"type": "websocket.send", "text": texts[0]})
                self._characters -= len(texts.popleft()) if texts else 0
            else:
                await send({"type": "websocket.send", "bytes": voice.popleft()})
            if self._drained is not None and len(texts) <= _LOW:
                self._drained.set()
