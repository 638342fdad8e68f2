"""The streaming recogniser."""

from typing import Final

from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.sherpa.available import model_folder
from vivavoce.providers.sherpa.files import NoModel
from vivavoce.providers.sherpa.settings import SherpaSettings
from vivavoce.providers.worker_speech import WorkerSpeechToText
from vivavoce.providers.workers import WorkerPool, WorkerProgram

NAME: Final = "sherpa"


def sherpa_speech_to_text(settings: SherpaSettings) -> WorkerSpeechToText:
    """The recogniser; no process runs before `start()` or the first use. Raises ProviderRejected for missing files."""
    try:
        folder = model_folder("stt", settings.model, settings.folder)
    except NoModel as reason:
        raise ProviderRejected(f"{NAME}: {reason}") from None
    options = {"folder": str(folder), "threads": settings.threads}
    program = WorkerProgram(NAME, "vivavoce.providers.sherpa.recogniser_worker", options)
    pool = WorkerPool(program, size=settings.workers, wait_s=settings.wait_s)
    return WorkerSpeechToText(NAME, pool, languages=("en",))
