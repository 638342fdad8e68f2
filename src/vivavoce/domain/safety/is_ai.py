"""Everybody is told that they are talking with an AI: whether a text says so, and the sentence that does. Pure."""

import re
from collections.abc import Mapping
from typing import Final

_SAYS: Final = re.compile(
    r"\b(?:AI|A\.I\.|KI|IA)\b"
    r"|\bartificial intelligence\b|\b[Kk]ünstliche Intelligenz\b|\binteligencia artificial\b"
    r"|\bintelligence artificielle\b"
)
_SENTENCES: Final[Mapping[str, str]] = {
    "en": "You are talking with an AI.",
    "de": "Du sprichst mit einer KI.",
    "es": "Estás hablando con una IA.",
    "fr": "Vous parlez avec une IA.",
}


def says_ai(text: str) -> bool:
    """Whether the text says that an AI is speaking, in English, German, Spanish or French."""
    return _SAYS.search(text) is not None


def is_ai_text(language: str = "en") -> str:
    """The sentence that says so. English where there is none in the language."""
    return _SENTENCES.get(language[:2].lower(), _SENTENCES["en"])
