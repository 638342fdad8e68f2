"""Models whose libraries load when they are first needed, or before in a thread: they take up to a second."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from threading import Lock
from typing import Protocol, TypeVar

import anyio
import anyio.to_thread
import numpy as np
from numpy.typing import NDArray

from vivavoce.engine.ports import Extractor, LanguageModel, Prompt, Vad

T = TypeVar("T")


class LateLanguageModel:
    """Implements engine.ports.LanguageModel over the one that `load` makes, once. load: runs in a thread."""

    def __init__(self, name: str, load: Callable[[], LanguageModel]) -> None:
        self.name = name
        self._load = load
        self._model: LanguageModel | None = None
        self._loading = anyio.Lock()

    async def ready(self) -> LanguageModel:
        """The model, loaded. Raises ProviderError if it cannot be made."""
        async with self._loading:
            if self._model is None:
                self._model = await anyio.to_thread.run_sync(self._load)
            return self._model

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        model = self._model or await self.ready()
        async with model.reply(prompt) as words:
            yield words

    async def aclose(self) -> None:
        if self._model is not None:
            await self._model.aclose()


class OpenExtractor(Extractor, Protocol):
    """An extractor that holds connections."""

    async def aclose(self) -> None: ...


class LateExtractor:
    """Implements engine.ports.Extractor over the one that `load` makes, once. load: runs in a thread."""

    def __init__(self, name: str, load: Callable[[], OpenExtractor]) -> None:
        self.name = name
        self._load = load
        self._extractor: OpenExtractor | None = None
        self._loading = anyio.Lock()

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        async with self._loading:
            if self._extractor is None:
                self._extractor = await anyio.to_thread.run_sync(self._load)
        return await self._extractor.extract(form, instructions=instructions, text=text)

    async def aclose(self) -> None:
        if self._extractor is not None:
            await self._extractor.aclose()


class LateVad:
    """Implements engine.ports.Vad over the one that `make` makes, once, with its first slot at the latest."""

    def __init__(self, make: Callable[[], Vad]) -> None:
        self._make = make
        self._vad: Vad | None = None
        self._loading = Lock()

    def load(self) -> Vad:
        """The voice activity model, loaded: 0.1 s. May be called in a thread."""
        with self._loading:
            if self._vad is None:
                self._vad = self._make()
            return self._vad

    def open(self) -> int:
        return (self._vad or self.load()).open()

    def close(self, slot: int) -> None:
        self.load().close(slot)

    def reset(self, slot: int) -> None:
        self.load().reset(slot)

    def probabilities(self, slots: Sequence[int], windows: NDArray[np.float32]) -> NDArray[np.float32]:
        return (self._vad or self.load()).probabilities(slots, windows)
