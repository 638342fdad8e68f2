"""What pocketsphinx says, as words: its silence and noise markers and pronunciation numbers taken away. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

FRAME_MS: Final = 10  # its default of 100 frames a second

_MARKER: Final = re.compile(r"<.*>|\[.*\]|\+\+.*\+\+")  # <s>, <sil>, [NOISE], ++BREATH++
_VARIANT: Final = re.compile(r"\(\d+\)$")  # to(2): the second way to pronounce "to"


@dataclass(frozen=True, slots=True)
class Segment:
    """One word of the result. probability: 0..1. Frames are of 10 ms, the last one included."""

    word: str
    start_frame: int
    end_frame: int
    probability: float


def plain(word: str) -> str:
    """The word as it is written, `I` in upper case, or nothing for a marker."""
    if _MARKER.fullmatch(word):
        return ""
    spelled = _VARIANT.sub("", word)
    return "I" + spelled[1:] if spelled == "i" or spelled.startswith("i'") else spelled


def text_of(words: Iterable[str]) -> str:
    return " ".join(spelled for word in words if (spelled := plain(word)))


def result(segments: Sequence[Segment]) -> dict[str, Any]:
    """Payload of DONE. confidence: the mean of the words' posterior probabilities, None without words."""
    spoken = [segment for segment in segments if plain(segment.word)]
    words = [
        (plain(segment.word), segment.start_frame * FRAME_MS, (segment.end_frame + 1) * FRAME_MS) for segment in spoken
    ]
    mean = sum(segment.probability for segment in spoken) / len(spoken) if spoken else None
    return {
        "text": " ".join(word for word, _, _ in words),
        "words": words,
        "confidence": None if mean is None else round(min(1.0, max(0.0, mean)), 3),
    }
