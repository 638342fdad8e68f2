"""A connected device without a network: what it sends is put in by hand, what it is sent is kept."""

import math
from collections.abc import Callable

import anyio

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame


class MemoryConnection:
    """Implements engine.ports.Connection; `speak`, `write`, `leave` and `vanish` are the device's side.

    texts: messages sent to it. played: its share of the AI's voice. flushed: for each flush, how many frames had been
    played. code: how it was closed.
    """

    name = "memory"

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.played: list[VoiceFrame] = []
        self.flushed: list[int] = []
        self.code: int | None = None
        self._lost = False
        # unbounded: a test puts in what it likes, and nothing else fills it
        self._up, self._arriving = anyio.create_memory_object_stream[AudioFrame | str](math.inf)

    def speak(self, frame: AudioFrame) -> None:
        self._up.send_nowait(frame)

    def write(self, text: str) -> None:
        self._up.send_nowait(text)

    def leave(self) -> None:
        """Close properly."""
        self._up.close()

    def vanish(self) -> None:
        """Be gone without a word."""
        self._lost = True
        self._up.close()

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        async for item in self._arriving:
            if isinstance(item, str):
                on_text(item)
            else:
                on_audio(item)
        if self._lost:
            raise ConnectionLost("the device is gone")

    def send(self, text: str) -> None:
        if self.code is None:
            self.texts.append(text)

    def play(self, frame: VoiceFrame) -> None:
        if self.code is None:
            self.played.append(frame)

    def flush(self) -> None:
        self.flushed.append(len(self.played))

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if self.code is None:
            self.code = code
            self._up.close()
