"""Recognisers and voices that live in worker processes, seen from the server.

A recognition holds its worker from first to last. A sentence holds its worker only while it is being made, which is
faster than it is heard, unless the listener is slow: then the worker waits.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio
import numpy as np
from anyio.abc import ObjectReceiveStream, ObjectSendStream

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.ports import (
    Mouth,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    Recognition,
    Samples,
    Speech,
    Transcript,
)
from vivavoce.providers.messages import BrokenStream, Kind, Message, counted, decode_piece, read_words
from vivavoce.providers.workers import MAX_BEHIND_BYTES, WorkerJob, WorkerPool, plain_task_group

_SEND_BYTES: Final = 32_000  # 1 s of audio: what one message carries at most
_PIECES_AHEAD: Final = 256  # of 100 ms or more; when the listener is this far behind, the worker waits


class WorkerSpeechToText:
    """Implements `SpeechToText` over a pool of workers that answer AUDIO with PARTIAL and FINISH with DONE."""

    def __init__(self, name: str, pool: WorkerPool, *, languages: Sequence[str]) -> None:
        """languages: what the model knows, as primary subtags (`en`)."""
        self.name = name
        self.pool = pool
        self._languages = languages

    async def start(self, count: int = 1) -> None:
        """Load the model in `count` workers ahead of the first use. Raises ProviderError."""
        await self.pool.start(count)

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AsyncGenerator[Recognition]:
        """As the port says. Raises ProviderRejected for a language the model does not know."""
        if primary_subtag(language) not in self._languages:
            raise ProviderRejected(f"{self.name} does not know the language {language}")
        request = {"phrases": list(phrases)} if phrases else {}
        async with self.pool.job(request) as job, plain_task_group() as tg:
            recognition = _WorkerRecognition(job, on_partial)
            tg.start_soon(recognition.send_audio)
            tg.start_soon(recognition.listen)
            yield recognition

    async def aclose(self) -> None:
        await self.pool.aclose()


def primary_subtag(language: str) -> str:
    """`en` of `en-GB` (RFC 5646)."""
    return language.replace("_", "-").split("-", 1)[0].lower()


class _WorkerRecognition:
    """Audio waits in `_waiting`, sent by one task; another reads what the worker says.

    Full means that the worker is 30 s behind: the recognition then fails, for lost audio would be lost words.
    """

    def __init__(self, job: WorkerJob, on_partial: Callable[[str], None]) -> None:
        self._job = job
        self._on_partial = on_partial
        self._waiting = bytearray()
        self._pushed_bytes = 0
        self._heard_bytes = 0
        self._complete = False  # no more will be pushed
        self._news = anyio.Event()  # something is waiting, or it is complete
        self._over = anyio.Event()
        self._outcome: Transcript | ProviderError | None = None

    def push(self, samples: Samples) -> None:
        if self._outcome is not None or not samples.size:
            return
        self._pushed_bytes += samples.nbytes
        if self._pushed_bytes - self._heard_bytes > MAX_BEHIND_BYTES:
            self._settle(ProviderUnavailable("the recogniser is 30 s behind"))
            return
        self._waiting += samples.astype("<i2", copy=False).tobytes()
        self._news.set()

    async def finish(self) -> Transcript:
        self._complete = True
        self._news.set()
        while not self._over.is_set():
            heard = self._heard_bytes
            with anyio.move_on_after(self._job.answer_s):
                await self._over.wait()
            if not self._over.is_set() and self._heard_bytes == heard:
                raise self._job.hangs()
        if isinstance(self._outcome, Transcript):
            return self._outcome
        raise self._outcome or ProviderUnavailable("the recognition was left")

    async def send_audio(self) -> None:
        try:
            while not (self._complete and not self._waiting):
                await self._news.wait()
                self._news = anyio.Event()
                while self._waiting:
                    chunk = bytes(self._waiting[:_SEND_BYTES])
                    del self._waiting[:_SEND_BYTES]
                    await self._job.send(Kind.AUDIO, chunk)
            await self._job.send(Kind.FINISH)
        except ProviderError as reason:
            self._settle(reason)

    async def listen(self) -> None:
        try:
            while self._outcome is None:
                self._take(await self._job.receive())
        except ProviderError as reason:
            self._settle(reason)
        except BrokenStream as reason:
            self._settle(self._job.nonsense(str(reason)))

    def _take(self, message: Message) -> None:
        match message:
            case Message(Kind.HEARD, _, count):
                self._heard_bytes = counted(count)
            case Message(Kind.PARTIAL, _, text):
                self._on_partial(text.decode(errors="replace"))
            case Message(Kind.DONE):
                self._settle(_transcript(message.json()))
            case _:
                raise BrokenStream("a recogniser does not say that")

    def _settle(self, outcome: Transcript | ProviderError) -> None:
        """The first outcome counts."""
        if self._outcome is None:
            self._outcome = outcome
            self._waiting.clear()
            self._over.set()


def _transcript(value: Any) -> Transcript:
    match value:
        case {"text": str(text), "words": words, "confidence": float() | int() | None as confidence}:
            return Transcript(text, tuple(Word(*word) for word in read_words(words)), confidence)
        case _:
            raise BrokenStream("a result has no text, words and confidence")


class WorkerTextToSpeech:
    """Implements `TextToSpeech` over a pool of workers that answer BEGIN with PIECEs and DONE.

    `choose` turns (voice, language) into the request for the worker, beside the text; it raises ProviderRejected.
    """

    def __init__(
        self,
        name: str,
        pool: WorkerPool,
        *,
        rate_hz: int,
        voices: Sequence[str],
        choose: Callable[[str, str], Mapping[str, Any]],
    ) -> None:
        self.name = name
        self.rate_hz = rate_hz
        self.pool = pool
        self._voices = voices
        self._choose = choose

    def voices(self) -> Sequence[str]:
        return self._voices

    async def start(self, count: int = 1) -> None:
        """Load the voice in `count` workers ahead of the first use. Raises ProviderError."""
        await self.pool.start(count)

    @asynccontextmanager
    async def speak(self, sentence: str, *, voice: str, language: str) -> AsyncGenerator[AsyncIterator[Speech]]:
        """As the port says. An empty `voice` is the first of `voices()`; an unknown one is ProviderRejected. A
        sentence with nothing to pronounce gives no pieces."""
        request = {**self._choose(voice, language), "text": sentence}
        send, receive = anyio.create_memory_object_stream[Speech | ProviderError](_PIECES_AHEAD)
        with receive:
            async with plain_task_group() as tg:
                tg.start_soon(_make, self.pool, request, send)
                yield _pieces(receive)

    async def aclose(self) -> None:
        await self.pool.aclose()


async def _pieces(made: ObjectReceiveStream[Speech | ProviderError]) -> AsyncIterator[Speech]:
    async for piece in made:
        if isinstance(piece, ProviderError):
            raise piece
        yield piece


async def _make(pool: WorkerPool, request: Mapping[str, Any], send: ObjectSendStream[Speech | ProviderError]) -> None:
    """Have a worker speak, and hand on its pieces or, as the last, its failure."""
    async with send:
        try:
            async with pool.job(request) as job:
                while not job.over:
                    message = await job.receive_in_time()
                    if message.kind is Kind.PIECE:
                        await send.send(_speech(message, job))
        except ProviderError as reason:
            await send.send(reason)


def _speech(message: Message, job: WorkerJob) -> Speech:
    try:
        piece = decode_piece(message.payload)
    except BrokenStream as reason:
        raise job.nonsense(str(reason)) from None
    samples = np.frombuffer(piece.pcm, "<i2").astype(np.int16, copy=False)
    words = tuple(Word(text, start, end) for text, start, end in piece.words)
    return Speech(samples, words, tuple(Mouth(at, shape) for at, shape in piece.mouth))
