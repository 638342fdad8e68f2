"""The pieces of a turn that can be quoted: sentences, and of a long one the part around what counts in it."""

import re
from typing import Final

from vivavoce.domain.reports.measures import count_words

_END: Final = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”'’])\s+|(?<=[。！？])|\n+")
_WORD: Final = re.compile(r"\S+")
MOST_WORDS: Final = 32  # of a quote
_BEFORE: Final = 6  # words kept in front of what counts


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def around(sentence: str, at: int) -> str:
    """The sentence, or the part of a long one in which place `at` lies: whole words, as they stand there."""
    if count_words(sentence) <= MOST_WORDS:
        return sentence
    spans = [match.span() for match in _WORD.finditer(sentence)]
    hit = next((number for number, (_, end) in enumerate(spans) if end > at), 0)
    first = hit if hit <= _BEFORE else hit - _clause(sentence, spans, hit)
    last = min(len(spans), first + MOST_WORDS) - 1
    return sentence[spans[first][0] : spans[last][1]].rstrip(",;:-–— ")


def _clause(sentence: str, spans: list[tuple[int, int]], hit: int) -> int:
    """How many words before `hit` belong to its clause, at most `_BEFORE`."""
    for back in range(1, _BEFORE + 1):
        start, end = spans[hit - back]
        if sentence[start:end].endswith((",", ";", ":")) or sentence[start:end].lower() in {"and", "but", "so"}:
            return back - 1
    return 0
