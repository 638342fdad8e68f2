"""Chains of providers: the first that works serves; one that fails is retried, then replaced by the next.

1. `ProviderUnavailable` and `MalformedReply` are tried once more after a moment; `ProviderRejected` is not.
2. A provider that failed for good is passed over for `COOL_DOWN_S`, unless all are.
3. What was given out cannot be taken back: once words or sound have gone out, a failure is raised to the engine, which
   knows what was heard. A recogniser is different: the next one gets the whole sound again.
4. Every provider that was given up is told to `on_failure` with the one that takes its place.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

import anyio
import numpy as np
import soxr

from vivavoce.engine.ports import (
    Extractor,
    LanguageModel,
    Prompt,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    Recognition,
    Samples,
    Speech,
    SpeechToText,
    TextToSpeech,
    Transcript,
)

COOL_DOWN_S: Final = 30.0
_PAUSE_S: Final = 0.2
_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Failure:
    """A provider was given up. fault: the error's class. replaced_by: None when it was the last."""

    port: str
    provider: str
    fault: str
    replaced_by: str | None


OnFailure = Callable[[Failure], None]


class _Named(Protocol):
    name: str


P = TypeVar("P", bound=_Named)
S = TypeVar("S")
T = TypeVar("T")


class _Chain(Generic[P]):
    """Who is to be tried, in order; remembers who failed lately."""

    def __init__(self, port: str, providers: Sequence[P], on_failure: OnFailure) -> None:
        if not providers:
            raise ValueError(f"no provider for {port}")
        self.providers = tuple(providers)
        self._port = port
        self._on_failure = on_failure
        self._rests_until_s = dict.fromkeys(range(len(providers)), 0.0)

    def in_order(self) -> list[P]:
        now_s = anyio.current_time()
        awake = [one for n, one in enumerate(self.providers) if self._rests_until_s[n] <= now_s]
        return awake or list(self.providers)

    def gave_up(self, provider: P, error: ProviderError, rest: Sequence[P]) -> None:
        self._rests_until_s[self.providers.index(provider)] = anyio.current_time() + COOL_DOWN_S
        instead = rest[0].name if rest else None
        self._on_failure(Failure(self._port, provider.name, type(error).__name__, instead))

    async def first_that_opens(
        self, stack: AsyncExitStack, open_one: Callable[[P], AbstractAsyncContextManager[S]]
    ) -> tuple[P, S]:
        """The first provider whose context could be entered, entered in `stack`. Raises the last ProviderError."""
        waiting = self.in_order()
        while True:
            provider = waiting.pop(0)
            try:
                return provider, await _opened(stack, open_one, provider)
            except ProviderError as error:
                self.gave_up(provider, error, waiting)
                if not waiting:
                    raise


async def _opened(stack: AsyncExitStack, open_one: Callable[[P], AbstractAsyncContextManager[S]], provider: P) -> S:
    for tried in range(1, _TRIES + 1):
        try:
            return await stack.enter_async_context(open_one(provider))
        except ProviderError as error:
            if tried == _TRIES or isinstance(error, ProviderRejected):
                raise
            await anyio.sleep(_PAUSE_S)
    raise AssertionError("unreachable")


class FallbackLanguageModel:
    """Implements engine.ports.LanguageModel. Named after the first of the chain."""

    def __init__(self, models: Sequence[LanguageModel], on_failure: OnFailure) -> None:
        self._chain = _Chain("language_model", models, on_failure)
        self.name = models[0].name

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        async with AsyncExitStack() as stack:
            model, words = await self._chain.first_that_opens(stack, lambda one: _begun(one.reply(prompt)))
            if prompt.written_by is not None:
                prompt.written_by(model.name)
            yield _reported(words, lambda error: self._chain.gave_up(model, error, ()))

    async def aclose(self) -> None:
        for model in self._chain.providers:
            await model.aclose()


class FallbackExtractor:
    """Implements engine.ports.Extractor. Named after the first of the chain."""

    def __init__(self, extractors: Sequence[Extractor], on_failure: OnFailure) -> None:
        self._chain = _Chain("language_model", extractors, on_failure)
        self.name = extractors[0].name

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        @asynccontextmanager
        async def filled(one: Extractor) -> AsyncGenerator[T]:
            yield await one.extract(form, instructions=instructions, text=text)

        async with AsyncExitStack() as stack:
            return (await self._chain.first_that_opens(stack, filled))[1]


class FallbackTextToSpeech:
    """Implements engine.ports.TextToSpeech at the first one's rate. A voice that one does not have is its own usual."""

    def __init__(self, voices: Sequence[TextToSpeech], on_failure: OnFailure, first_s: float = 4.0) -> None:
        """first_s: how long a voice may take to its first sound of a sentence."""
        self._chain = _Chain("text_to_speech", voices, on_failure)
        self.name = voices[0].name
        self.rate_hz = voices[0].rate_hz
        self._first_s = first_s

    @asynccontextmanager
    async def speak(self, sentence: str, *, voice: str, language: str) -> AsyncGenerator[AsyncIterator[Speech]]:
        def begun(one: TextToSpeech) -> AbstractAsyncContextManager[AsyncIterator[Speech]]:
            known = voice if voice in one.voices() else ""
            return _begun(one.speak(sentence, voice=known, language=language), self._first_s)

        async with AsyncExitStack() as stack:
            one, speech = await self._chain.first_that_opens(stack, begun)
            told = _reported(speech, lambda error: self._chain.gave_up(one, error, ()))
            yield told if one.rate_hz == self.rate_hz else _resampled(told, one.rate_hz, self.rate_hz)

    def voices(self) -> Sequence[str]:
        return self._chain.providers[0].voices()

    async def aclose(self) -> None:
        for one in self._chain.providers:
            await one.aclose()


class FallbackSpeechToText:
    """Implements engine.ports.SpeechToText."""

    def __init__(self, recognisers: Sequence[SpeechToText], on_failure: OnFailure, final_s: float = 6.0) -> None:
        """final_s: how long a recogniser may take from the end of speech to its last words."""
        self._chain = _Chain("speech_to_text", recognisers, on_failure)
        self.name = recognisers[0].name
        self._final_s = final_s

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AsyncGenerator[Recognition]:
        def open_one(one: SpeechToText) -> AbstractAsyncContextManager[Recognition]:
            return one.recognise(language=language, on_partial=on_partial, phrases=phrases)

        async with AsyncExitStack() as stack:
            first, recognition = await self._chain.first_that_opens(stack, open_one)
            yield _Again(self._chain, first, recognition, open_one, self._final_s)

    async def aclose(self) -> None:
        for one in self._chain.providers:
            await one.aclose()


class _Again:
    """One utterance, kept so that another recogniser can hear it too. Implements engine.ports.Recognition."""

    def __init__(
        self,
        chain: _Chain[SpeechToText],
        first: SpeechToText,
        recognition: Recognition,
        open_one: Callable[[SpeechToText], AbstractAsyncContextManager[Recognition]],
        final_s: float,
    ) -> None:
        self._chain = chain
        self._first = first
        self._recognition = recognition
        self._open_one = open_one
        self._final_s = final_s
        self._sound: list[Samples] = []

    def push(self, samples: Samples) -> None:
        self._sound.append(samples)  # bounded by the length of an utterance
        self._recognition.push(samples)

    async def finish(self) -> Transcript:
        rest = [one for one in self._chain.in_order() if one is not self._first]
        try:
            return await self._finished(self._recognition)
        except ProviderError as error:
            self._chain.gave_up(self._first, error, rest)
            if not rest:
                raise
        return await self._finish_with(rest)

    async def _finished(self, recognition: Recognition) -> Transcript:
        try:
            with anyio.fail_after(self._final_s):
                return await recognition.finish()
        except TimeoutError:
            raise ProviderUnavailable(f"no final words within {self._final_s:g} s") from None

    async def _finish_with(self, rest: list[SpeechToText]) -> Transcript:
        sound = np.concatenate(self._sound) if self._sound else np.zeros(0, np.int16)
        while True:
            one = rest.pop(0)
            try:
                async with self._open_one(one) as recognition:
                    if len(sound):
                        recognition.push(sound)
                    return await self._finished(recognition)
            except ProviderError as error:
                self._chain.gave_up(one, error, rest)
                if not rest:
                    raise


@asynccontextmanager
async def _begun(
    stream: AbstractAsyncContextManager[AsyncIterator[S]], within_s: float | None = None
) -> AsyncGenerator[AsyncIterator[S]]:
    """The stream once its first piece is there, so that a failure to begin shows on entering."""
    async with stream as pieces:
        try:
            with anyio.fail_after(within_s):
                first = [piece async for piece in _only_first(pieces)]
        except TimeoutError:
            raise ProviderUnavailable(f"nothing came within {within_s:g} s") from None
        yield _joined(first, pieces)


async def _only_first(pieces: AsyncIterator[S]) -> AsyncIterator[S]:
    async for piece in pieces:
        yield piece
        return


async def _joined(first: Sequence[S], pieces: AsyncIterator[S]) -> AsyncIterator[S]:
    for piece in first:
        yield piece
    async for piece in pieces:
        yield piece


async def _reported(pieces: AsyncIterator[S], failed: Callable[[ProviderError], None]) -> AsyncIterator[S]:
    try:
        async for piece in pieces:
            yield piece
    except ProviderError as error:
        failed(error)
        raise


async def _resampled(speech: AsyncIterator[Speech], from_hz: int, to_hz: int) -> AsyncIterator[Speech]:
    stream = soxr.ResampleStream(from_hz, to_hz, 1, dtype="int16")
    async for piece in speech:
        yield Speech(stream.resample_chunk(piece.samples), piece.words, piece.mouth)
    rest = stream.resample_chunk(np.zeros(0, np.int16), last=True)
    if len(rest):
        yield Speech(rest)
