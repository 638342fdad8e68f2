"""A recogniser that hears what the script says, whatever the sound was."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.ports import ProviderError, Samples, Transcript

_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Heard:
    """The final words, `delay_s` after the end. Partial words grow with the sound, a word per `word_ms`."""

    text: str
    delay_s: float = 0.0
    word_ms: int = 300
    fails: ProviderError | None = None


class ScriptedSpeechToText:
    """Implements engine.ports.SpeechToText. script: asked once for each utterance, when it begins.

    hints: the phrases it was told to expect, one entry per utterance.
    """

    def __init__(self, script: Callable[[], Heard], name: str = "scripted") -> None:
        self.name = name
        self.hints: list[tuple[str, ...]] = []
        self._script = script

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> "AsyncGenerator[ScriptedRecognition]":
        self.hints.append(tuple(phrases))
        yield ScriptedRecognition(self._script(), on_partial)

    async def aclose(self) -> None:
        """Nothing to close."""


class ScriptedRecognition:
    """Implements engine.ports.Recognition."""

    def __init__(self, heard: Heard, on_partial: Callable[[str], None]) -> None:
        self._heard = heard
        self._words = heard.text.split()
        self._on_partial = on_partial
        self._samples = 0
        self._told = 0

    def push(self, samples: Samples) -> None:
        self._samples += len(samples)
        ready = min(len(self._words), self._samples * 1000 // _RATE_HZ // self._heard.word_ms)
        if ready > self._told:
            self._told = ready
            self._on_partial(" ".join(self._words[:ready]))

    async def finish(self) -> Transcript:
        await anyio.sleep(self._heard.delay_s)
        if self._heard.fails is not None:
            raise self._heard.fails
        length_ms = self._samples * 1000 // _RATE_HZ
        each_ms = length_ms / max(1, len(self._words))
        words = [Word(word, round(n * each_ms), round((n + 1) * each_ms)) for n, word in enumerate(self._words)]
        return Transcript(" ".join(self._words), tuple(words), 1.0)
