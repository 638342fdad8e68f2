"""A voice that hums: a tone as long as the words would take, with word times and mouth shapes."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio
import numpy as np

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.ports import Mouth, ProviderError, Samples, Speech

_TONE_HZ = 220


@dataclass(frozen=True, slots=True)
class Voicing:
    """How one sentence is spoken. fails: raised after `fails_after` words."""

    word_ms: int = 300
    first_s: float = 0.0
    fails: ProviderError | None = None
    fails_after: int = 0


class ScriptedTextToSpeech:
    """Implements engine.ports.TextToSpeech. sentences: all that it was given to say."""

    def __init__(self, script: Callable[[str], Voicing] = lambda sentence: Voicing(), rate_hz: int = 24_000) -> None:
        self.name = "scripted"
        self.rate_hz = rate_hz
        self.sentences: list[str] = []
        self._script = script
        self._tones: dict[int, Samples] = {}

    @asynccontextmanager
    async def speak(self, sentence: str, *, voice: str, language: str) -> AsyncGenerator[AsyncIterator[Speech]]:
        self.sentences.append(sentence)
        yield self._spoken(sentence, self._script(sentence))

    def voices(self) -> Sequence[str]:
        return ["hum"]

    async def aclose(self) -> None:
        """Nothing to close."""

    async def _spoken(self, sentence: str, voicing: Voicing) -> AsyncIterator[Speech]:
        await anyio.sleep(voicing.first_s)
        for number, word in enumerate(sentence.split()):
            if voicing.fails is not None and number >= voicing.fails_after:
                raise voicing.fails
            start_ms, end_ms = number * voicing.word_ms, (number + 1) * voicing.word_ms
            mouth = (Mouth(start_ms, "aa"), Mouth(start_ms + voicing.word_ms // 2, "sil"))
            yield Speech(self._tone(voicing.word_ms), (Word(word, start_ms, end_ms),), mouth)

    def _tone(self, length_ms: int) -> Samples:
        if length_ms not in self._tones:
            times = np.arange(self.rate_hz * length_ms // 1000) / self.rate_hz
            self._tones[length_ms] = (6000 * np.sin(2 * np.pi * _TONE_HZ * times)).astype(np.int16)
        return self._tones[length_ms]
