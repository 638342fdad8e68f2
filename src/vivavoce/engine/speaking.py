"""One reply, from the model's first word to the last frame of its sound.

Two tasks work on it: one reads the model and cuts sentences, one gives them to the voice, at most one ahead of the
sentence that plays. Nothing sounds before the line-up is played, so a reply can be begun before it is wanted.

What fails is said, not hidden: a model that fails before its first word is asked once more; then one honest sentence
takes its place. A voice that fails leaves the text, which is shown instead.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Self

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from vivavoce.base.ids import ReplyId, TurnId
from vivavoce.domain.safety.is_ai import is_ai_text, says_ai
from vivavoce.domain.sessions.events import Noticed, ReplyKind
from vivavoce.engine.audio.chime import chime
from vivavoce.engine.playout import LineUp
from vivavoce.engine.ports import LanguageModel, MalformedReply, Prompt, ProviderError, Speech, TextToSpeech
from vivavoce.engine.sentences import SentenceSplitter, speakable
from vivavoce.engine.thinking import FALLBACKS

_AHEAD: Final = 8  # sentences that are written and not yet with the voice; then the model waits
_FIRST_WORD_S: Final = 30.0
_NEXT_WORD_S: Final = 15.0
_SOUND_WITHIN_S: Final = 15.0
BROKE_OFF: Final = "I am sorry, I lost my thread there."
SHOWN_ONLY: Final = "I cannot speak at the moment, so I write."


@dataclass(slots=True, eq=False)
class Reply:
    """The books of one reply. `no` is 0 and `id` None while it is a draft. Times on the session's clock, in ms.

    text: said as it is; None: the model writes it, from `prompt`. voiced: whether it is spoken or shown; None until its
    first sentence. marks: when each hop was first reached.
    wanted: set once it is no draft. acted: a tool was called for it, so it is not begun again.
    model: which language model writes it. chimes: a chime sounds before it; `chimed` says how many clips that took.
    """

    kind: ReplyKind
    answers: TurnId | None
    prompt: Prompt
    text: str | None = None
    draft_of: str | None = None
    no: int = 0
    id: ReplyId | None = None
    started_ms: int = 0
    written: str = ""
    fault: str | None = None
    voiced: bool | None = None
    closed: bool = False
    held_ms: int | None = None
    lineup: LineUp = field(default_factory=LineUp)
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    writing: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    notices: list[Noticed] = field(default_factory=list[Noticed])
    marks: dict[str, int] = field(default_factory=dict[str, int])
    wanted: anyio.Event = field(default_factory=anyio.Event)
    acted: bool = False
    model: str = ""
    chimes: bool = False
    chimed: int = 0

    def curtail(self) -> None:
        """End it after the sentence that is being said; the model writes no more."""
        self.writing.cancel()
        self.lineup.curtail()


@dataclass(frozen=True, slots=True)
class Mouthpiece:
    """What a reply is made with. voiced: whether anybody can hear. noticed: a notice was added to the reply."""

    llm: LanguageModel
    tts: TextToSpeech
    voice: str
    language: str
    voiced: Callable[[], bool]
    noticed: Callable[[Reply], None]
    now_ms: Callable[[], int]


async def perform(reply: Reply, by: Mouthpiece) -> None:
    """Write and voice the reply until all of it was played. Cancel to stop; what was heard is in the line-up."""
    async with anyio.create_task_group() as tasks:

        def start_voice(sentences: MemoryObjectReceiveStream[str]) -> None:
            tasks.start_soon(_voice, reply, sentences, by)

        with _Outlet(start_voice) as outlet:
            if reply.chimes:
                outlet.open()
            with reply.writing:
                await _write(reply, outlet, by)
            outlet.end(reply.lineup)
            await reply.lineup.wait_drained()
        tasks.cancel_scope.cancel()


class _Outlet:
    """Where sentences leave for the voice, which is started with the model's first word: until the model is asked,
    nothing else is done, and when the first sentence is there the voice waits for it."""

    def __init__(self, start_voice: Callable[[MemoryObjectReceiveStream[str]], None]) -> None:
        self._start_voice = start_voice
        self._ends: tuple[MemoryObjectSendStream[str], MemoryObjectReceiveStream[str]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._ends is not None:
            self._ends[0].close()
            self._ends[1].close()

    def open(self) -> MemoryObjectSendStream[str]:
        if self._ends is None:
            self._ends = anyio.create_memory_object_stream[str](_AHEAD)
            self._start_voice(self._ends[1])
        return self._ends[0]

    async def put(self, sentence: str) -> None:
        """Waits while the voice is `_AHEAD` sentences behind."""
        await self.open().send(sentence)

    def end(self, lineup: LineUp) -> None:
        """No more will come; the voice ends the line-up, or nobody did speak."""
        if self._ends is None:
            lineup.end()
        else:
            self._ends[0].close()


# --- words ------------------------------------------------------------------------------------------


async def _write(reply: Reply, to: _Outlet, by: Mouthpiece) -> None:
    splitter = SentenceSplitter()
    if reply.text is not None:
        await _add(reply, reply.text, splitter, to, by)
    else:
        await _ask_model(reply, splitter, to, by)
    if reply.kind is ReplyKind.GREETING and not says_ai(reply.written):
        await _add(reply, f" {is_ai_text(by.language)}", splitter, to, by)
    rest = splitter.rest()
    if rest.strip():
        await to.put(rest)
    if reply.fault is not None:
        await _own_up(reply, to, by)


async def _ask_model(reply: Reply, splitter: SentenceSplitter, to: _Outlet, by: Mouthpiece) -> None:
    """The model's words. One that fails before any word is asked again, once; then `reply.fault` is set."""
    for _ in range(2):
        reply.fault = await _try_model(reply, splitter, to, by)
        if reply.fault is None or reply.written.strip() or reply.acted:
            return


async def _try_model(reply: Reply, splitter: SentenceSplitter, to: _Outlet, by: Mouthpiece) -> str | None:
    """The class of the fault, if there was one."""
    try:
        await _read_model(reply, splitter, to, by)
    except (ProviderError, TimeoutError) as error:
        return type(error).__name__
    return None if reply.written.strip() else MalformedReply.__name__


async def _read_model(reply: Reply, splitter: SentenceSplitter, to: _Outlet, by: Mouthpiece) -> None:
    reply.model = by.llm.name
    with anyio.fail_after(_FIRST_WORD_S) as waiting:
        async with by.llm.reply(reply.prompt) as words:
            async for piece in words:
                waiting.deadline = float("inf")  # while sentences wait for the voice
                await _add(reply, piece, splitter, to, by)
                waiting.deadline = anyio.current_time() + _NEXT_WORD_S


async def _add(reply: Reply, piece: str, splitter: SentenceSplitter, to: _Outlet, by: Mouthpiece) -> None:
    if not piece:
        return
    reply.written += piece
    if "first_token" not in reply.marks:
        reply.marks["first_token"] = by.now_ms()
        to.open()
    for sentence in splitter.push(piece):
        _mark(reply, "first_sentence", by)
        await to.put(sentence)


async def _own_up(reply: Reply, to: _Outlet, by: Mouthpiece) -> None:
    honest = BROKE_OFF if reply.written.strip() else FALLBACKS[reply.kind]
    reply.model = reply.model if reply.written.strip() else ""
    reply.notices.append(Noticed("provider_lost", text=honest))
    by.noticed(reply)
    sentence = f" {honest}" if reply.written else honest
    reply.written += sentence
    await to.put(sentence)


def _mark(reply: Reply, hop: str, by: Mouthpiece) -> None:
    if hop not in reply.marks:
        reply.marks[hop] = by.now_ms()


# --- sound ------------------------------------------------------------------------------------------


async def _voice(reply: Reply, receive: MemoryObjectReceiveStream[str], by: Mouthpiece) -> None:
    lineup = reply.lineup
    async with receive:
        if reply.chimes and by.voiced():
            _ring(reply, by)
        async for sentence in receive:
            if lineup.clips:
                await lineup.wait_begun(len(lineup.clips) - 1)
            if lineup.closed:
                return
            await _speak(reply, sentence, by)
    lineup.end()


def _ring(reply: Reply, by: Mouthpiece) -> None:
    clip = reply.lineup.add("", by.tts.rate_hz)
    reply.chimed = 1
    reply.lineup.write(clip, Speech(chime(by.tts.rate_hz)))
    reply.lineup.close(clip)


async def _speak(reply: Reply, sentence: str, by: Mouthpiece) -> None:
    lineup = reply.lineup
    clip = lineup.add(sentence, by.tts.rate_hz)
    text = speakable(sentence)
    if reply.voiced is None:
        reply.voiced = by.voiced()  # and stays so: a device that drops for a moment hears the rest
    if text and reply.voiced:
        try:
            with anyio.fail_after(_SOUND_WITHIN_S) as waiting:
                async with by.tts.speak(text, voice=by.voice, language=by.language) as sound:
                    async for speech in sound:
                        waiting.deadline = float("inf")
                        _mark(reply, "first_audio", by)
                        lineup.write(clip, speech)
        except (ProviderError, TimeoutError):
            reply.voiced = False
            reply.notices.append(Noticed("provider_lost", text=SHOWN_ONLY))
            by.noticed(reply)
    lineup.close(clip)
