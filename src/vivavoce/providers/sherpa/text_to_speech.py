"""The voices: Kokoro or Piper."""

import re
from typing import Any, Final

from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.sherpa.available import model_folder
from vivavoce.providers.sherpa.files import KokoroFiles, NoModel, voice_files
from vivavoce.providers.sherpa.settings import SherpaSettings
from vivavoce.providers.worker_speech import WorkerTextToSpeech, primary_subtag
from vivavoce.providers.workers import WorkerPool, WorkerProgram

NAME: Final = "sherpa"
RATE_HZ: Final = 24_000  # Kokoro's own; the worker resamples Piper's

# the eleven speakers of kokoro-en-v0_19 in the order of their numbers (sherpa-onnx's page on Kokoro, read 2025-11)
KOKORO_VOICES: Final = (
    "af",
    "af_bella",
    "af_nicole",
    "af_sarah",
    "af_sky",
    "am_adam",
    "am_michael",
    "bf_emma",
    "bf_isabella",
    "bm_george",
    "bm_lewis",
)
_NUMBER: Final = re.compile(r"\d{1,3}")


def sherpa_text_to_speech(settings: SherpaSettings) -> WorkerTextToSpeech:
    """The voice; no process runs before `start()` or the first use. Raises ProviderRejected for missing files.

    A voice is a name of `voices()` or, for models with other speakers, the speaker's number.
    """
    try:
        folder = model_folder("tts", settings.model, settings.folder)
        files = voice_files(folder)
    except NoModel as reason:
        raise ProviderRejected(f"{NAME}: {reason}") from None
    voices = KOKORO_VOICES if isinstance(files, KokoroFiles) else ("0",)
    options = {"folder": str(folder), "threads": settings.threads, "rate_hz": RATE_HZ}
    program = WorkerProgram(NAME, "vivavoce.providers.sherpa.voice_worker", options, answer_s=30.0)
    pool = WorkerPool(program, size=settings.workers, wait_s=settings.wait_s)

    def choose(voice: str, language: str) -> dict[str, Any]:
        if primary_subtag(language) != "en":
            raise ProviderRejected(f"{NAME} does not know the language {language}")
        return {"speaker": _speaker(voice or voices[0], voices), "british": voice.startswith("b")}

    return WorkerTextToSpeech(NAME, pool, rate_hz=RATE_HZ, voices=voices, choose=choose)


def _speaker(voice: str, voices: tuple[str, ...]) -> int:
    if voice in voices:
        return voices.index(voice)
    if _NUMBER.fullmatch(voice):
        return int(voice)
    raise ProviderRejected(f"{NAME} has no voice called {voice}; it has {', '.join(voices)}")
