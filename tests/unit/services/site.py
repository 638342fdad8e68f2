"""A node over a store in memory, with models that do what a test says."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

import anyio
import numpy as np

from vivavoce.base.clock import Clock
from vivavoce.base.ids import NodeId, SeatId, SessionId
from vivavoce.base.locks import KeyedLocks
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Event, PhaseChanged, ReplyKind, ReplyStarted, TurnHeard
from vivavoce.domain.sessions.session import Session
from vivavoce.engine.ports import Models, Prompt, Samples
from vivavoce.engine.pulse import Pulse
from vivavoce.formats.coaching import FORMAT
from vivavoce.jobs.handlers import handlers
from vivavoce.jobs.worker import Worker
from vivavoce.providers.intent import RuleIntentRecogniser
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    ScriptedVad,
    Voicing,
)
from vivavoce.services.access.local import ensure_local
from vivavoce.services.changes import Records
from vivavoce.services.container import Outside, Services
from vivavoce.services.format import Format
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.people.personas import AllPersonas
from vivavoce.services.ports import SYSTEM
from vivavoce.services.ports_outside import AudioFiles
from vivavoce.services.stored_log import whole_log
from vivavoce.simulator.device import Message, SimulatedDevice
from vivavoce.simulator.virtual_time import VirtualClock
from vivavoce.storage.audio_files import PyAvAudioFiles
from vivavoce.storage.files import MemoryFiles
from vivavoce.storage.memory import MemoryStore
from vivavoce.storage.personas import FilePersonas
from vivavoce.storage.pictures import PyAvPictures

ANSWER: Final = "I am an AI and I hear you. What would help?"
CALM: Final = replace(FORMAT, idle=None)  # a live room in which silence is allowed
F = TypeVar("F")


@dataclass(slots=True)
class Tape:
    """Implements services.live_rooms.Tape: who was kept."""

    kept: list[SeatId | None] = field(default_factory=list[SeatId | None])
    closed: bool = False

    def push(self, seat: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
        self.kept.append(seat)

    async def aclose(self) -> None:
        self.closed = True


@dataclass(slots=True)
class Script:
    """What the models do; a test may change it at any time."""

    answer: Callable[[Prompt], Answer] = lambda prompt: Answer(ANSWER)
    heard: Heard = field(default_factory=lambda: Heard("I want to sleep more"))

    def next_answer(self, prompt: Prompt) -> Answer:
        return self.answer(prompt)

    def next_heard(self) -> Heard:
        return self.heard


@dataclass(slots=True)
class Site:
    use: Services
    store: MemoryStore
    script: Script
    llm: ScriptedLanguageModel
    tapes: list[Tape]

    async def session(self, id: SessionId) -> Session:
        async with self.store.reading() as tx:
            return await tx.sessions.get(SYSTEM, id)

    async def log(self, id: SessionId) -> list[Event]:
        async with self.store.reading() as tx:
            return await whole_log(SYSTEM, id, tx)

    async def facts(self, id: SessionId, kind: type[F]) -> list[F]:
        return [event.fact for event in await self.log(id) if isinstance(event.fact, kind)]

    async def turns(self, id: SessionId) -> list[str]:
        return [fact.text for fact in await self.facts(id, TurnHeard)]

    async def replies(self, id: SessionId) -> list[ReplyKind]:
        return [fact.kind for fact in await self.facts(id, ReplyStarted)]

    async def phases(self, id: SessionId) -> list[str]:
        return [str(fact.phase) for fact in await self.facts(id, PhaseChanged)]


@asynccontextmanager
async def running_site(
    store: MemoryStore | None = None,
    *,
    node: str = "here",
    format: Format = CALM,
    bus: MemoryBus | None = None,
    clock: Clock | None = None,
    audio: AudioFiles | None = None,
    jobs: bool = True,
    outside: Outside | None = None,
) -> AsyncGenerator[Site]:
    """A node at work until the context is left. jobs: whether it does durable work."""
    script, tapes = Script(), list[Tape]()
    llm = ScriptedLanguageModel(script.next_answer)
    stt, tts = ScriptedSpeechToText(script.next_heard), ScriptedTextToSpeech(lambda sentence: Voicing(60), rate_hz=8000)
    models = Models(stt, llm, tts, RuleIntentRecogniser())
    store = store or MemoryStore()
    workers: list[Worker] = []

    def wake(due: datetime) -> None:
        for one in workers:
            one.wake(due)

    records = Records(store, bus or MemoryBus(), clock or VirtualClock(), wake)
    formats, personas, pulse = {format.name: format}, AllPersonas(FilePersonas(), store), Pulse(ScriptedVad())

    def new_tape(id: SessionId) -> Tape:
        tapes.append(Tape())
        return tapes[-1]

    rooms = LiveRooms(
        node=NodeId(node),
        records=records,
        formats=formats,
        personas=personas,
        models=models,
        pulse=pulse,
        new_tape=new_tape,
    )
    use = Services(
        NodeId(node),
        records,
        MemoryFiles(),
        audio or PyAvAudioFiles(),
        formats,
        personas,
        models,
        rooms,
        KeyedLocks(),
        pictures=PyAvPictures(),
        outside=outside or Outside(),
    )
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        if jobs:
            workers.append(Worker(store, handlers(use), records.clock, use.node))
            tasks.start_soon(workers[0].run)
        async with rooms:
            await ensure_local(use)
            yield Site(use, store, script, llm, tapes)
        tasks.cancel_scope.cancel()


async def opened(site: Site, **fields: object) -> SessionId:
    """A new session's id."""
    return (await open_session(LOCAL, replace(NewSession("coaching"), **fields), use=site.use)).id


def a_device() -> tuple[SimulatedDevice, list[Message]]:
    """A device, and what it is told."""
    told: list[Message] = []
    return SimulatedDevice(told.append), told


LOUD: Final = np.full(3200, 8000, np.int16)  # 200 ms at 16 kHz
