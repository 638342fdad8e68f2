"""The recogniser that is always there: English, modest (about 30 % of words wrong in free human speech), local."""

import os
from dataclasses import dataclass, field
from typing import Final

from vivavoce.providers.worker_speech import WorkerSpeechToText
from vivavoce.providers.workers import WorkerPool, WorkerProgram

NAME: Final = "pocketsphinx"


def usual_workers() -> int:
    """One per processor, 1 to 4. A worker takes 130 MB and an eighth of a processor while somebody speaks."""
    return max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class PocketsphinxSettings:
    """workers: processes at most, and so people heard at the same time. wait_s: how long one more waits."""

    workers: int = field(default_factory=usual_workers)
    wait_s: float = 2.0


def pocketsphinx_speech_to_text(settings: PocketsphinxSettings | None = None) -> WorkerSpeechToText:
    """The recogniser; no process runs before `start()` or the first use."""
    settings = settings or PocketsphinxSettings()
    program = WorkerProgram(NAME, "vivavoce.providers.pocketsphinx.worker")
    pool = WorkerPool(program, size=settings.workers, wait_s=settings.wait_s)
    return WorkerSpeechToText(NAME, pool, languages=("en",))
