"""A room with scripted models and one device in memory, for tests on a virtual clock."""

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import anyio
import anyio.lowlevel
import numpy as np

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import Fact, ReplyEnded, TurnHeard
from vivavoce.domain.sessions.intents import Intent, answer_to_close, wants_to_stop
from vivavoce.domain.sessions.session import EndReason, Role, Seat
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Models, Prompt
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.room import Room, RoomSettings
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    ScriptedVad,
    Voicing,
)
from vivavoce.simulator.virtual_time import VirtualClock
from vivavoce.transports.memory import MemoryConnection

ANA, BEN = SeatId("sea_ana"), SeatId("sea_ben")
PAST = replace(Transcript("Ada"), opened=True)
SETTINGS = RoomSettings("Ada", "You are Ada.", "hum", endpointing=Endpointing(fixed_ms=200))
F = TypeVar("F", bound=Fact)
_LOUD = np.full(320, 8000, np.int16)
_QUIET = np.zeros(320, np.int16)


class RuleIntents:
    async def stop_intent(self, text: str, asked: bool) -> Intent:
        if asked:
            return answer_to_close(text)
        return Intent.STOP if wants_to_stop(text) else Intent.NONE


@dataclass
class FactLog:
    """Implements RoomLog. delay_s: how slow the store is."""

    facts: list[Fact] = field(default_factory=list[Fact])
    delay_s: float = 0.0

    async def record(self, facts: Sequence[Fact]) -> None:
        await anyio.sleep(self.delay_s)
        self.facts.extend(facts)


@dataclass
class Scene:
    room: Room
    device: MemoryConnection
    log: FactLog
    signals: list[dict[str, object]]
    llm: ScriptedLanguageModel
    tts: ScriptedTextToSpeech
    stt: ScriptedSpeechToText
    reason: EndReason | None = None
    _heard: dict[SeatId, int] = field(default_factory=dict[SeatId, int])

    async def speak(self, ms: int, seat: SeatId = ANA, rate_hz: int = 16_000) -> None:
        await self._sound(_LOUD, ms, seat, rate_hz)

    async def quiet(self, ms: int, seat: SeatId = ANA) -> None:
        await self._sound(_QUIET, ms, seat, 16_000)

    async def _sound(self, samples: np.ndarray[Any, np.dtype[np.int16]], ms: int, seat: SeatId, rate_hz: int) -> None:
        whole = np.resize(samples, rate_hz // 50)
        for _ in range(ms // 20):
            await anyio.sleep(0.02)
            start = self._heard.get(seat, 0)
            self._heard[seat] = start + len(whole)
            self.room.hear(seat, AudioFrame(whole, rate_hz, start))

    def all(self, kind: type[F]) -> list[F]:
        return [fact for fact in self.log.facts if isinstance(fact, kind)]

    def said(self) -> list[str]:
        return [turn.text for turn in self.all(TurnHeard)]

    def heard(self) -> list[str]:
        return [reply.heard for reply in self.all(ReplyEnded)]

    def told(self, type: str) -> list[dict[str, object]]:
        return [signal for signal in self.signals if signal["type"] == type]

    def voice(self) -> np.ndarray[Any, np.dtype[np.int16]]:
        """All that the device played."""
        return np.concatenate([frame.samples for frame in self.device.played] or [np.zeros(0, np.int16)])


def in_turn(answers: Iterable[str | Answer]) -> Callable[[Prompt], Answer]:
    """Answers one after the other, the last for ever."""
    left = [answer if isinstance(answer, Answer) else Answer(answer) for answer in answers]
    return lambda prompt: left.pop(0) if len(left) > 1 else left[0]


def hearing(words: Iterable[str | Heard]) -> Callable[[], Heard]:
    left = [each if isinstance(each, Heard) else Heard(each, word_ms=100_000) for each in words]
    return lambda: left.pop(0) if left else Heard("")


@asynccontextmanager
async def scene(
    *,
    answers: Iterable[str | Answer] = ("Good.",),
    words: Iterable[str | Heard] = (),
    voicing: Callable[[str], Voicing] = lambda sentence: Voicing(),
    settings: RoomSettings = SETTINGS,
    past: Transcript = PAST,
    started_ms_ago: int = 0,
    audio: bool = True,
    attached: bool = True,
    log: FactLog | None = None,
) -> AsyncGenerator[Scene]:
    """A running room. Ana sits in it with a device; the session had begun, so nobody is greeted."""
    signals: list[dict[str, object]] = []
    pulse = Pulse(ScriptedVad())
    llm, tts = ScriptedLanguageModel(in_turn(answers)), ScriptedTextToSpeech(voicing)
    stt = ScriptedSpeechToText(hearing(words))
    log = log or FactLog()
    room = Room(
        settings,
        past,
        started_ms_ago=started_ms_ago,
        models=Models(stt, llm, tts, RuleIntents()),
        pulse=pulse,
        log=log,
        signal=signals.append,
        clock_ms=VirtualClock().monotonic_ms,
    )
    one = Scene(room, MemoryConnection(), log, signals, llm, tts, stt)

    async def run() -> None:
        one.reason = await room.run()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        tasks.start_soon(run)
        await anyio.lowlevel.checkpoint()
        room.join(Seat(ANA, "Ana", Role.HOST))
        if attached:
            room.attach(ANA, one.device, input="open", audio=audio)
        yield one
        tasks.cancel_scope.cancel()
