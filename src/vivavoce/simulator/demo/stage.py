"""Where the demonstration is played: the real services on the configured store, with a clock that is set by hand.

The guide speaks for the AI, whatever language model is configured: a demonstration must cost nothing and reach nobody.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random

import anyio

from vivavoce.base.config import Config
from vivavoce.base.ids import NodeId
from vivavoce.base.locks import KeyedLocks
from vivavoce.bootstrap import installed_formats
from vivavoce.bus.memory import MemoryBus
from vivavoce.engine.ports import Models
from vivavoce.engine.pulse import Pulse
from vivavoce.jobs.handlers import handlers
from vivavoce.providers.guide.model import GuideLanguageModel
from vivavoce.providers.intent import RuleIntentRecogniser
from vivavoce.providers.scripted import (
    Heard,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    ScriptedVad,
    Voicing,
)
from vivavoce.services.changes import Records
from vivavoce.services.container import Services
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.ports import Store
from vivavoce.simulator.demo.clock import SetClock
from vivavoce.simulator.node import NoTape
from vivavoce.storage.audio_files import PyAvAudioFiles
from vivavoce.storage.files import DiskFiles
from vivavoce.storage.personas import FilePersonas

_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Stage:
    use: Services
    clock: SetClock
    chance: Random

    async def work(self) -> None:
        """Do all that is due by the stage's clock. Raises what a job raises."""
        do = handlers(self.use)
        while jobs := await self.use.store.claim_jobs(self.use.node, self.clock.now(), lease_s=60, limit=_AT_ONCE):
            for job in jobs:
                await do[job.kind](job)
                await self.use.store.finish_job(job)


@asynccontextmanager
async def stage(config: Config, store: Store, begins: datetime) -> AsyncGenerator[Stage]:
    """The services over `store`, at the time `begins`."""
    clock = SetClock(begins)
    records = Records(store, MemoryBus(), clock, lambda due: None)
    formats = installed_formats()
    personas = FilePersonas(language=config.models.language, voice=config.models.voice)
    models = _models()
    node = NodeId("demo")
    rooms = LiveRooms(
        node=node,
        records=records,
        formats=formats,
        personas=personas,
        models=models,
        pulse=Pulse(ScriptedVad()),
        new_tape=lambda id: NoTape(),
    )
    files = DiskFiles(config.store.data / "files")
    async with rooms, anyio.create_task_group():
        use = Services(node, records, files, PyAvAudioFiles(), formats, personas, models, rooms, KeyedLocks())
        yield Stage(use, clock, Random(2026))


def _models() -> Models:
    unheard = ScriptedSpeechToText(lambda: Heard(""))
    return Models(
        unheard, GuideLanguageModel(), ScriptedTextToSpeech(lambda sentence: Voicing(60)), RuleIntentRecogniser()
    )
