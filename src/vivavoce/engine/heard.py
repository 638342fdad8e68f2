"""What of a sentence was heard when its sound stopped in the middle. Pure.

A word was heard when it was played to its end. Without word times the place is estimated from how much of the sound
was played, and moved back to the space before it.
"""

from collections.abc import Sequence
from typing import Final

from vivavoce.domain.sessions.events import Word

_MS_PER_CHARACTER: Final = 65  # ordinary speech, about 15 characters a second; while the sound's length is unknown


def heard_until(text: str, words: Sequence[Word], played_ms: int, length_ms: int | None) -> int:
    """How many characters of `text` were heard. length_ms: of the whole sound, None while it is still being made."""
    if words:
        return _by_words(text, words, played_ms)
    if length_ms is not None and played_ms >= length_ms:
        return len(text)
    whole_ms = length_ms or max(played_ms, _MS_PER_CHARACTER * len(text))
    reached = int(len(text) * played_ms / whole_ms) if whole_ms else 0
    return text.rfind(" ", 0, reached + 1) + 1


def _by_words(text: str, words: Sequence[Word], played_ms: int) -> int:
    lowered, at, until = text.lower(), 0, 0
    for word in words:
        found = lowered.find(word.text.lower().strip(), at)
        if found >= 0:
            at = found + len(word.text.strip())
        if word.end_ms > played_ms:
            break
        until = at
    else:
        if words[-1].end_ms <= played_ms and not any(char.isalnum() for char in text[until:]):
            return len(text)
    while 0 < until < len(text) and not text[until].isspace():
        until += 1  # the punctuation behind the word
    return until


def word_start_ms(words: Sequence[Word], at_ms: int) -> int | None:
    """Where the word that sounds at `at_ms` began; `at_ms` itself between words; None without word times."""
    if not words:
        return None
    for word in words:
        if word.start_ms <= at_ms < word.end_ms:
            return word.start_ms
    return at_ms
