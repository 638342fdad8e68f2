"""The voices people can choose, and what eSpeak NG is told for each. Pure.

Picked by ear of a recogniser: of eSpeak NG's variants these gave the fewest misheard words (32 to 50 %, others up to
90 %), and they sound apart from each other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.worker_speech import primary_subtag


@dataclass(frozen=True, slots=True)
class Preset:
    """base: eSpeak NG's name of the language and accent. variant: who speaks. rate: words per minute.
    pitch, pitch_range: 0 to 100, 50 is the variant's own."""

    base: str
    variant: str
    rate: int = 158
    pitch: int = 50
    pitch_range: int = 50


VOICES: Final[Mapping[str, Preset]] = {
    "clara": Preset("en-us", "f2"),
    "adam": Preset("en-us", "adam", rate=156),
    "nora": Preset("en-us", "f5", rate=154, pitch=46),
    "diego": Preset("en-us", "Diogo", rate=160),
    "june": Preset("en-us", "f1", pitch=54, pitch_range=58),
    "alice": Preset("en-gb-x-rp", "f5"),
    "oliver": Preset("en-gb-x-rp", "m1", rate=156),
    "isla": Preset("en-gb-scotland", "f2"),
}

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ALSO_CALLED: Final = {"zh": "cmn", "no": "nb", "iw": "he", "in": "id"}  # what eSpeak NG calls them


def choose(voice: str, language: str) -> dict[str, Any]:
    """What the worker is asked, beside the text. The preset keeps its accent in its own language and lends its
    variant to any other. Raises ProviderRejected for an unknown voice or what is no language tag."""
    preset = VOICES.get(voice or next(iter(VOICES)))
    if preset is None:
        raise ProviderRejected(f"espeak has no voice called {voice}; it has {', '.join(VOICES)}")
    if not _LANGUAGE.fullmatch(language):
        raise ProviderRejected("espeak: that is no language tag")
    return {
        "voices": [f"{base}+{preset.variant}" for base in _bases(preset, language)],
        "rate": preset.rate,
        "pitch": preset.pitch,
        "pitch_range": preset.pitch_range,
    }


def _bases(preset: Preset, language: str) -> tuple[str, ...]:
    primary = primary_subtag(language)
    if primary == "en":
        return (preset.base,)
    exact = language.replace("_", "-").lower()
    return tuple(dict.fromkeys((exact, _ALSO_CALLED.get(primary, primary))))
