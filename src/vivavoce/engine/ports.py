"""What a live room needs from outside: models, and the devices of the people in it.

ProviderError: what a model adapter raises, in place of its vendor's exceptions
├── ProviderUnavailable   down, slow, overloaded, crashed: retry, then fall back
├── ProviderRejected      key, quota, unknown model or voice: do not retry, fall back
└── MalformedReply        it answered nonsense: retry once, then fall back
ConnectionLost            what a device's connection raises when it is gone
ToolFailed                what a tool raises when it could not do what it was asked
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from vivavoce.domain.sessions.events import ReplyKind, ToolCalled, Word
from vivavoce.domain.sessions.intents import Intent
from vivavoce.engine.audio.frame import AudioFrame

Samples = NDArray[np.int16]
T = TypeVar("T")


class ProviderError(Exception):
    """Base of what a model adapter raises. Never holds what people said, nor a secret."""


class ProviderUnavailable(ProviderError): ...


class ProviderRejected(ProviderError): ...


class MalformedReply(ProviderError): ...


class ConnectionLost(Exception):
    """The device at the other end is gone."""


class ToolFailed(Exception):
    """A tool could not do what it was asked. Its text is told to the model, and to nobody else."""


# --- voice activity ---------------------------------------------------------------------------------


class Vad(Protocol):
    """Speech probability of many tracks at once. 16 kHz, windows of 512 samples (32 ms).

    Tracks are slots of one batch, so that a whole process pays one model call per beat.
    """

    def open(self) -> int:
        """A fresh slot."""
        ...

    def close(self, slot: int) -> None: ...

    def reset(self, slot: int) -> None: ...

    def probabilities(self, slots: Sequence[int], windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Speech probability, shape (len(slots),), of `windows`, shape (len(slots), 512), in -1..1.

        Synchronous; a slot stands at most once in `slots`. Keeps each slot's state and 64 samples of context.
        """
        ...


# --- speech to text ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said; word times in ms from the first sample pushed. Empty text: nothing was understood."""

    text: str
    words: tuple[Word, ...] = ()
    confidence: float | None = None  # 0..1


class Recognition(Protocol):
    """One utterance being recognised."""

    def push(self, samples: Samples) -> None:
        """Hand over more of it: int16 mono 16 kHz, any length. Never blocks."""
        ...

    async def finish(self) -> Transcript:
        """The final words of all pushed so far. Call once. Raises ProviderError."""
        ...


class SpeechToText(Protocol):
    name: str

    def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AbstractAsyncContextManager[Recognition]:
        """Start on one utterance. Leaving the context frees what it held, finished or not.

        `on_partial` is called in the event loop with all the words so far, each time they change.
        phrases: a hint, which a recogniser may ignore: the utterance is likely to begin with one of these, such as what
        calls the AI. Pocketsphinx listens for them; sherpa does not, as its hotwords need the slower beam search.
        Raises ProviderUnavailable when no worker is free in time.
        """
        ...

    async def aclose(self) -> None: ...


# --- language model ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the conversation as it was heard. speaker: a person's name, or None for the AI."""

    speaker: str | None
    text: str
    interrupted: bool = False  # the AI was cut off after `text`
    kind: ReplyKind | None = None  # why the AI spoke; None for people


@dataclass(frozen=True, slots=True)
class ClientTool:
    """A function that runs in a connected device. parameters: JSON schema of the object that `call` is given.

    `call` gives what the device answers, any JSON value, and raises ToolFailed. It has no deadline of its own.
    """

    name: str
    description: str
    parameters: Mapping[str, object]
    call: Callable[[Mapping[str, object]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class ToolUse:
    """That a reply may call tools: those of the platform, and `client`, those of the devices that are there.

    wait_wanted: returns once the reply is more than a draft; nothing is called before. called: told of each call that
    is over. filler: what is said when a call takes long and nothing was said yet; empty: nothing.
    """

    client: tuple[ClientTool, ...]
    wait_wanted: Callable[[], Awaitable[None]]
    called: Callable[[ToolCalled], None]
    filler: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """All a model is told for one reply.

    instructions: who the AI is, the format's rules, what is known about the people.
    history: what was heard, oldest first; the line to answer, if any, is the last.
    cue: what this reply is for; `task` says the same in words, for models that read.
    tools: None where the reply is to call none. written_by: a chain of models tells it which one writes.
    """

    instructions: str
    history: tuple[Line, ...]
    cue: ReplyKind
    task: str = ""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])  # persona_name, person_name, language, ...
    tools: ToolUse | None = None
    written_by: Callable[[str], None] | None = None


class LanguageModel(Protocol):
    name: str

    def reply(self, prompt: Prompt) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """The reply's text in pieces as the model writes. Leaving the context stops the model.

        An empty piece says that a tool is at work: asking again would call it again. The iterator and the context
        raise ProviderError and nothing else of the vendor's.
        """
        ...

    async def aclose(self) -> None: ...


class Extractor(Protocol):
    """A language model that fills in a form: structured output."""

    name: str

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        """A `form`, a frozen dataclass of plain fields, tuples and further dataclasses, as `text` says it.

        The fields' names and the docstrings tell the model what is wanted. Validated: what does not fit is asked for
        once more. Raises ProviderError.
        """
        ...


# --- text to speech ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mouth:
    """A mouth shape from `at_ms` on. shape: one of the 15 Oculus/Meta visemes (sil, PP, FF, TH, DD, kk, CH, SS,
    nn, RR, aa, E, I, O, U)."""

    at_ms: int
    shape: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A piece of a spoken sentence. Words and shapes are those that begin in it; times in ms from the sentence's
    start. Both are empty where the voice does not tell."""

    samples: Samples  # int16 mono at TextToSpeech.rate_hz
    words: tuple[Word, ...] = ()
    mouth: tuple[Mouth, ...] = ()


class TextToSpeech(Protocol):
    name: str
    rate_hz: int

    def speak(self, sentence: str, *, voice: str, language: str) -> AbstractAsyncContextManager[AsyncIterator[Speech]]:
        """The sentence's sound in pieces, faster than real time. Leaving the context stops the voice."""
        ...

    def voices(self) -> Sequence[str]: ...

    async def aclose(self) -> None: ...


# --- end of turn (optional model) -------------------------------------------------------------------


class EndOfTurn(Protocol):
    """How likely it is that the speaker is done, from words, and sound where the model takes it."""

    def probability(self, text: str, samples: Samples) -> float:
        """0..1; `samples` are the last seconds at 16 kHz. Synchronous, at most 5 ms; else run it elsewhere."""
        ...


# --- intent -----------------------------------------------------------------------------------------


class IntentRecogniser(Protocol):
    async def stop_intent(self, text: str, asked: bool) -> Intent:
        """Does the person want to stop? asked: the AI has just asked whether to close. Raises ProviderError."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """All models a session works with; each may be a chain of fallbacks."""

    stt: SpeechToText
    llm: LanguageModel
    tts: TextToSpeech
    intents: IntentRecogniser
    end_of_turn: EndOfTurn | None = None
    extractor: Extractor | None = None  # None where only the guide is configured


# --- devices ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoiceFrame:
    """20 ms of the AI's voice as played to the whole room. The same object is handed to every device of the room,
    so that an encoder can encode it once."""

    samples: Samples  # int16 mono
    rate_hz: int
    at_ms: int  # on the room's playout clock


class Connection(Protocol):
    """One connected device of one seat: the narrow port every transport implements."""

    name: str  # websocket, webrtc, memory

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        """Deliver what arrives until the device closes (returns) or is lost (raises ConnectionLost).

        Both callbacks are synchronous and run in the event loop.
        """
        ...

    def send(self, text: str) -> None:
        """Queue one JSON message, in order. Never blocks; a device too slow for its bounded queue is dropped."""
        ...

    def play(self, frame: VoiceFrame) -> None:
        """20 ms of the AI's voice, due now. Never blocks; a late device loses the oldest."""
        ...

    def flush(self) -> None:
        """Forget voice that was handed over but not played: somebody barged in. The device is told `flush`."""
        ...

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Send what is queued, then close. Safe to repeat."""
        ...
