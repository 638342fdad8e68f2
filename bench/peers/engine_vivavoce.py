"""Vivavoce's engine behind the peer benchmark's adapter: a real room per session, with the benchmark's fake providers.

What stands between the microphone and the sink is the product's own code: Room, hearing, floor, speaking, playout, one
pulse and one Silero batch for all rooms. Left out, as with the peers: network, codecs, store.

Variants (comma-separated words)
  (none)      a turn ends after the plan's fixed silence, answers are begun when it is over: as the peers do it
  adaptive    the product's default: the silence depends on the words
  speculative answers are begun before the silence is over
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import anyio
import anyio.lowlevel
import numpy as np
from anyio.abc import TaskGroup
from workload import Plan, Probe, fake_llm, fake_stt, fake_tts

from vivavoce.base.clock import SystemClock
from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import Fact
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.domain.sessions.transcript import Transcript as Past
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Models, Prompt, Samples, Speech, Transcript, VoiceFrame
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.room import Room, RoomSettings
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.providers.silero.vad import SileroVad

NAME = "vivavoce"
_SEAT = SeatId("sea_user")


class Recognition:
    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    def push(self, samples: Samples) -> None:
        pass

    async def finish(self) -> Transcript:
        self._probe.stt_end()
        return Transcript(await fake_stt(self._probe))


class SpeechToText:
    name = "fake"

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AsyncIterator[Recognition]:
        yield Recognition(self._probe)

    async def aclose(self) -> None:
        pass


class LanguageModel:
    name = "fake"

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncIterator[AsyncIterator[str]]:
        yield fake_llm(self._probe)

    async def aclose(self) -> None:
        pass


class TextToSpeech:
    name = "fake"

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self.rate_hz = probe.plan.tts_rate

    @asynccontextmanager
    async def speak(self, sentence: str, *, voice: str, language: str) -> AsyncIterator[AsyncIterator[Speech]]:
        yield self._sound(sentence)

    async def _sound(self, sentence: str) -> AsyncIterator[Speech]:
        async for pcm in fake_tts(self._probe, sentence):
            yield Speech(np.frombuffer(pcm, np.int16))

    def voices(self) -> Sequence[str]:
        return ()

    async def aclose(self) -> None:
        pass


class NoIntents:
    async def stop_intent(self, text: str, asked: bool) -> Intent:
        return Intent.NONE


class NoLog:
    async def record(self, facts: Sequence[Fact]) -> None:
        pass


class Device:
    """The sink as a connected device."""

    name = "bench"

    def __init__(self, probe: Probe) -> None:
        self._sink = probe.sink

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        await anyio.sleep_forever()

    def send(self, text: str) -> None:
        pass

    def play(self, frame: VoiceFrame) -> None:
        self._sink.emit(frame.samples.tobytes())

    def flush(self) -> None:
        self._sink.clear()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        pass


class Session:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._heard = 0
        self.scope = anyio.CancelScope()

    def push(self, pcm: bytes) -> None:
        samples = np.frombuffer(pcm, np.int16)
        self._room.hear(_SEAT, AudioFrame(samples, 16_000, self._heard))
        self._heard += len(samples)

    async def run(self) -> None:
        with self.scope:
            await self._room.run()

    async def close(self) -> None:
        self.scope.cancel()


class Engine:
    def __init__(self, plan: Plan, variant: str) -> None:
        self._plan = plan
        self._variant = frozenset(word for word in variant.split(",") if word)
        self._stack = AsyncExitStack()
        self._pulse = Pulse(SileroVad())

    async def start(self) -> None:
        self._tasks: TaskGroup = await self._stack.enter_async_context(anyio.create_task_group())
        self._tasks.start_soon(self._pulse.run)

    async def open(self, probe: Probe) -> Session:
        room = Room(
            RoomSettings(
                "Bench", "", "", greeting="", endpointing=self._endpointing(), time_limit_s=None, wrap_up=True
            ),
            replace(Past("Bench"), opened=True),
            started_ms_ago=0,
            models=Models(SpeechToText(probe), LanguageModel(probe), TextToSpeech(probe), NoIntents()),
            pulse=self._pulse,
            log=NoLog(),
            signal=lambda message: None,
            clock_ms=SystemClock().monotonic_ms,
        )
        session = Session(room)
        room.join(Seat(_SEAT, "User", Role.HOST))
        room.attach(_SEAT, Device(probe))
        self._tasks.start_soon(session.run)
        await anyio.lowlevel.checkpoint()
        return session

    async def stop(self) -> None:
        self._tasks.cancel_scope.cancel()
        await self._stack.aclose()

    def _endpointing(self) -> Endpointing:
        fixed_ms = None if "adaptive" in self._variant else round(self._plan.vad_stop * 1000)
        return Endpointing(fixed_ms=fixed_ms, speculative="speculative" in self._variant)
