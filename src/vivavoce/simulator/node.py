"""A node that can be killed: the real services, rooms and worker over a store that outlives it."""

from collections.abc import AsyncGenerator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from random import Random
from typing import Final

import anyio
from anyio.abc import TaskGroup

from vivavoce.api.bound import BoundUseCases
from vivavoce.api.wiring import Wiring
from vivavoce.base.ids import NodeId, SeatId
from vivavoce.base.locks import KeyedLocks
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.sessions.intents import Intent, answer_to_close, wants_to_stop
from vivavoce.engine.ports import Models, ProviderError, ProviderUnavailable, Samples
from vivavoce.engine.pulse import Pulse
from vivavoce.formats import (
    coaching,
    coaching_room,
    face_to_face,
    interview,
    lock_in,
    silent_reflection,
    spoken_presence,
    written_clarity,
)
from vivavoce.jobs.handlers import handlers
from vivavoce.jobs.worker import Worker
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    ScriptedVad,
    Voicing,
)
from vivavoce.services import recover
from vivavoce.services.access.local import ensure_local
from vivavoce.services.changes import Records
from vivavoce.services.container import Services
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.ports import Job, JobKind, Store, Transaction
from vivavoce.simulator.virtual_time import VirtualClock
from vivavoce.storage.audio_files import PyAvAudioFiles
from vivavoce.storage.files import MemoryFiles
from vivavoce.storage.memory import MemoryStore
from vivavoce.storage.personas import FilePersonas

_ALL: Final = (
    *(coaching, coaching_room, face_to_face, interview, lock_in, silent_reflection, spoken_presence, written_clarity),
)
_EMPTY_S: Final = 900  # nobody waits a day here for who left a text half-written
FORMATS: Final = {
    module.FORMAT.name: replace(module.FORMAT, empty_s=min(module.FORMAT.empty_s, _EMPTY_S)) for module in _ALL
}
_MISHEARD: Final = ("I want to run more", "well I do not know", "tomorrow morning", "mm-hm", "", "because of my boss")


class Killed(BaseException):
    """Rolls back the transaction in which its node died. No `except Exception` of the node may see it."""


class MortalStore:
    """A node's connection to the store. Once the node is dead nothing gets through any more, commits included."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.dead = False

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return self._through(self._store.transaction())

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        return self._through(self._store.reading())

    @asynccontextmanager
    async def _through(self, inner: AbstractAsyncContextManager[Transaction]) -> AsyncGenerator[Transaction]:
        await self._alive()
        try:
            async with inner as tx:
                yield tx
                if self.dead:
                    raise Killed
        except Killed:
            await anyio.sleep_forever()

    async def _alive(self) -> None:
        if self.dead:
            await anyio.sleep_forever()

    async def claim_jobs(
        self, node: NodeId, now: datetime, *, lease_s: float, limit: int, kinds: Collection[JobKind] = tuple(JobKind)
    ) -> list[Job]:
        await self._alive()
        return await self._store.claim_jobs(node, now, lease_s=lease_s, limit=limit, kinds=kinds)

    async def reclaim_jobs(self, node: NodeId, now: datetime) -> None:
        await self._alive()
        await self._store.reclaim_jobs(node, now)

    async def finish_job(self, job: Job) -> None:
        await self._alive()
        await self._store.finish_job(job)

    async def retry_job(self, job: Job, due: datetime, error: str) -> None:
        await self._alive()
        await self._store.retry_job(job, due, error)

    async def bury_job(self, job: Job, error: str) -> None:
        await self._alive()
        await self._store.bury_job(job, error)

    async def next_due(self, kinds: Collection[JobKind] = tuple(JobKind)) -> datetime | None:
        await self._alive()
        return await self._store.next_due(kinds)

    async def scrub(self) -> None:
        await self._alive()
        await self._store.scrub()

    async def forget_jobs(self, due_before: datetime) -> None:
        await self._alive()
        await self._store.forget_jobs(due_before)

    async def ping(self) -> None:
        await self._alive()

    async def aclose(self) -> None:
        """The store outlives its nodes."""


@dataclass(frozen=True, slots=True)
class Faults:
    """How often (0..1) each model fails or lies, and how slow it is at worst, in seconds."""

    stt: float = 0.05
    llm: float = 0.05
    tts: float = 0.03
    slow_s: float = 1.5


class RuleIntents:
    """Implements engine.ports.IntentRecogniser with the rules, and lies now and then by giving up."""

    def __init__(self, chance: Random, faults: Faults) -> None:
        self._chance = chance
        self._faults = faults

    async def stop_intent(self, text: str, asked: bool) -> Intent:
        await anyio.sleep(self._chance.random() * 0.1)
        if self._chance.random() < self._faults.llm / 2:
            raise ProviderUnavailable("simulated")
        if asked:
            return answer_to_close(text)
        return Intent.STOP if wants_to_stop(text) else Intent.NONE


class NoTape:
    """Implements services.live_rooms.Tape: nothing is recorded."""

    def push(self, seat: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
        """Nothing is kept."""

    async def aclose(self) -> None:
        """Nothing to close."""


def unreliable_models(chance: Random, faults: Faults) -> Models:
    """Models that delay, fail before or in the middle, and write or hear nothing at all."""

    def fault(rate: float) -> ProviderError | None:
        return ProviderUnavailable("simulated") if chance.random() < rate else None

    def answer() -> Answer:
        text = chance.choice(("What would you like?", "I see. And then? What is next?", "Tell me more.", ""))
        if chance.random() > faults.llm:
            text = text or "Good. What matters most in that?"
        return Answer(
            text, chance.random() * faults.slow_s, chance.random() * 0.05, fault(faults.llm), chance.randrange(4)
        )

    def heard() -> Heard:
        return Heard(chance.choice(_MISHEARD), chance.random() * faults.slow_s / 3, fails=fault(faults.stt))

    def voicing() -> Voicing:
        return Voicing(60, chance.random() * faults.slow_s / 4, fault(faults.tts), chance.randrange(3))

    return Models(
        ScriptedSpeechToText(heard),
        ScriptedLanguageModel(lambda prompt: answer()),
        ScriptedTextToSpeech(lambda sentence: voicing(), rate_hz=8000),
        RuleIntents(chance, faults),
    )


@dataclass(slots=True)
class Node:
    """A running node. wiring: as the API sees it. tasks: what runs in it, and dies with it."""

    wiring: Wiring
    services: Services
    store: MortalStore
    scope: anyio.CancelScope
    tasks: TaskGroup

    def kill(self) -> None:
        """As kill -9: from here on nothing of it is stored or told."""
        self.store.dead = True
        self.scope.cancel()


@asynccontextmanager
async def running_node(name: str, store: MemoryStore, models: Models) -> AsyncGenerator[Node]:
    """A node at work, until the context is left or it is killed."""
    mortal = MortalStore(store)
    typed: Store = mortal
    worker: list[Worker] = []

    def wake(due: datetime) -> None:
        for one in worker:
            one.wake(due)

    records = Records(typed, MemoryBus(), VirtualClock(), wake)
    node, formats, personas, pulse = NodeId(name), FORMATS, FilePersonas(), Pulse(ScriptedVad())
    rooms = LiveRooms(
        node=node,
        records=records,
        formats=formats,
        personas=personas,
        models=models,
        pulse=pulse,
        new_tape=lambda id: NoTape(),
    )
    services = Services(node, records, MemoryFiles(), PyAvAudioFiles(), formats, personas, models, rooms, KeyedLocks())
    worker.append(Worker(typed, handlers(services), records.clock, node))
    wiring = Wiring(BoundUseCases(services), typed, records.clock, formats, personas)
    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pulse.run)
            tasks.start_soon(worker[0].run)
            await ensure_local(services)
            await recover.sweep(use=services)
            tasks.start_soon(partial(recover.watch, use=services))
            async with rooms:
                yield Node(wiring, services, mortal, scope, tasks)
            tasks.cancel_scope.cancel()
