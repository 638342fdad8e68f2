"""What this installation is made of, told honestly to screens and to operators."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

from vivavoce.domain.errors import Unavailable
from vivavoce.services.container import Services

OFFLINE: Final = frozenset({"guide", "pocketsphinx", "espeak", "sherpa"})
"""Parts that run on this machine; what they are called begins with one of these."""

NOTES: Final[Mapping[str, str]] = {
    "guide": "No language model is configured. A rule-built guide leads the conversation and knows nothing itself.",
    "pocketsphinx": "The built-in recogniser often mishears free speech. Typing always works.",
    "espeak": "The built-in voice is clear but sounds synthetic.",
}


async def status(*, use: Services) -> Mapping[str, object]:
    """The models in use: `name`, whether they run `offline`, and a `note` where people should know more."""
    models = use.models
    return {
        "version": version("vivavoce"),
        "mode": "local",
        "language_model": _part(models.llm.name),
        "speech_to_text": _part(models.stt.name),
        "text_to_speech": _part(models.tts.name),
    }


async def readiness(*, use: Services) -> list[str]:
    """Sentences about what keeps this node from serving; none when it is ready."""
    try:
        await use.store.ping()
    except Unavailable as error:
        return [str(error)]
    return []


def _part(name: str) -> dict[str, object]:
    kind = name.partition(":")[0]
    return {"name": name, "offline": kind in OFFLINE, "note": NOTES.get(kind)}
