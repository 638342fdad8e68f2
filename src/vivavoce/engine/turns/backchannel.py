"""Backchannels: the small sounds of a listener ("mm-hm", "yeah", "I see") that claim no turn."""

import re
from typing import Final


def _set(words: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(words.split(separator))


_SINGLE: Final = _set(
    """mm mmm mhm hm hmm mm-hm mm-hmm mmhm mmhmm uh-huh uhhuh huh ah aha oh ooh um uh er yeah yes yep yup ya yah ok okay
    right sure cool great nice good fine wow true exactly absolutely totally definitely indeed interesting
    ja genau stimmt aha oui si sí claro"""
)
_PAIRS: Final = _set(
    "i see|got it|of course|all right|go on|that's right|makes sense|i know|no way|oh really|uh huh|mm hm|"
    "mm hmm|for sure|very good|i understand",
    "|",
)
_MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def is_backchannel(text: str) -> bool:
    """True when all of `text` are listener's sounds, at most four words of them."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if not words or len(words) > _MOST_WORDS:
        return False
    at = 0
    while at < len(words):
        if words[at] in _SINGLE:
            at += 1
        elif at + 1 < len(words) and f"{words[at]} {words[at + 1]}" in _PAIRS:
            at += 2
        else:
            return False
    return True


_TAKES_THE_TURN: Final = frozenset({"stop", "wait", "no", "hold", "sorry", "excuse", "but", "pause", "quiet"})


def has_words(text: str) -> bool:
    return _WORD.search(text) is not None


def surely_interrupts(partial: str) -> bool:
    """True once words that may still grow can no longer turn out to be a backchannel ("I" may become "I see")."""
    words = [word.lower() for word in _WORD.findall(partial)]
    return bool(words) and (words[0] in _TAKES_THE_TURN or (len(words) > 1 and not is_backchannel(partial)))
