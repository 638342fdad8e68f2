"""The voice that is always there: clear rather than beautiful, some hundred languages, local, at once."""

from dataclasses import dataclass
from typing import Final

from vivavoce.providers.espeak.voices import VOICES, choose
from vivavoce.providers.worker_speech import WorkerTextToSpeech
from vivavoce.providers.workers import WorkerPool, WorkerProgram

NAME: Final = "espeak"
RATE_HZ: Final = 24_000  # what the worker resamples to


@dataclass(frozen=True, slots=True)
class EspeakSettings:
    """workers: processes at most, each speaks one sentence at a time, in milliseconds. wait_s: how long a sentence
    waits for one; a worker may be held by a listener who has a minute of speech ahead."""

    workers: int = 2
    wait_s: float = 5.0


def espeak_text_to_speech(settings: EspeakSettings | None = None) -> WorkerTextToSpeech:
    """The voice; no process runs before `start()` or the first sentence."""
    settings = settings or EspeakSettings()
    program = WorkerProgram(NAME, "vivavoce.providers.espeak.worker")
    pool = WorkerPool(program, size=settings.workers, wait_s=settings.wait_s)
    return WorkerTextToSpeech(NAME, pool, rate_hz=RATE_HZ, voices=tuple(VOICES), choose=choose)
