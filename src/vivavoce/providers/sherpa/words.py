"""Words with times from a transducer's pieces of words. Pure."""

import math
from collections.abc import Sequence
from typing import Any, Final

_MARKS: Final = ("▁", " ")  # how a piece says that a word begins
_LAST_MS: Final = 200  # a piece has a start only; the last word is given this much after its last piece


def result(
    pieces: Sequence[str], times_s: Sequence[float], log_probs: Sequence[float], length_ms: int
) -> dict[str, Any]:
    """Payload of DONE. times_s: where each piece starts. log_probs: of the pieces, may be empty."""
    words = _words(pieces, times_s, length_ms)
    confidence = math.exp(sum(log_probs) / len(log_probs)) if words and log_probs else None
    return {
        "text": " ".join(word for word, _, _ in words),
        "words": words,
        "confidence": None if confidence is None else round(min(1.0, confidence), 3),
    }


def _words(pieces: Sequence[str], times_s: Sequence[float], length_ms: int) -> list[tuple[str, int, int]]:
    groups: list[tuple[str, int, int]] = []  # text, start, start of its last piece
    for piece, time_s in zip(pieces, times_s, strict=False):
        at_ms = round(1000 * time_s)
        letters = piece.lstrip("".join(_MARKS))
        if not groups or piece.startswith(_MARKS):
            groups.append((letters, at_ms, at_ms))
        else:
            text, start_ms, _ = groups[-1]
            groups[-1] = (text + letters, start_ms, at_ms)
    shouted = all(text.upper() == text for text, _, _ in groups)
    words: list[tuple[str, int, int]] = []
    for index, (text, start_ms, last_ms) in enumerate(groups):
        next_ms = groups[index + 1][1] if index + 1 < len(groups) else max(length_ms, last_ms)
        if text:
            words.append((spoken(text) if shouted else text, start_ms, min(last_ms + _LAST_MS, next_ms)))
    return words


def spoken(word: str) -> str:
    """A word of a model that only knows capitals, as it is written in a sentence."""
    lower = word.lower()
    return "I" + lower[1:] if lower == "i" or lower.startswith("i'") else lower


def sentence(text: str) -> str:
    """Partial words, the same way."""
    return " ".join(spoken(word) for word in text.split()) if text.upper() == text else text.strip()
