"""A simulated person's device: the client's side of the live protocol, in memory."""

import json
import math
from collections.abc import Callable
from typing import Any, Final

import anyio
import numpy as np

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ConnectionLost, VoiceFrame

Message = dict[str, Any]
_RATE_HZ: Final = 16_000
_LOUD: Final = AudioFrame(np.full(_RATE_HZ // 5, 8000, np.int16), _RATE_HZ, 0)  # 200 ms


class SimulatedDevice:
    """Implements engine.ports.Connection. What the server sends goes to `told`, in order."""

    name = "memory"

    def __init__(self, told: Callable[[Message], None]) -> None:
        self._told = told
        self._up, self._arriving = anyio.create_memory_object_stream[str | AudioFrame](math.inf)
        self.gone = anyio.Event()
        self.code: int | None = None

    # --- the server's side ---

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        async for item in self._arriving:
            if isinstance(item, str):
                on_text(item)
            else:
                on_audio(item)
        raise ConnectionLost("the simulated device went away")

    def send(self, text: str) -> None:
        if not self.gone.is_set():
            self._told(json.loads(text))

    def play(self, frame: VoiceFrame) -> None:
        """Nobody listens to the hum."""

    def flush(self) -> None:
        """Nothing is queued."""

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if not self.gone.is_set():
            self.code = code
            self.gone.set()

    # --- the person's side ---

    def say(self, type: str, **fields: object) -> None:
        if not self.gone.is_set():
            self._up.send_nowait(json.dumps({"type": type, **fields}))

    def make_sound(self) -> None:
        if not self.gone.is_set():
            self._up.send_nowait(_LOUD)

    def drop(self) -> None:
        """The network fails, or the browser crashes."""
        self._up.close()
        self.gone.set()
